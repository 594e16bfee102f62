import SQL

/// The payments of orders of the past in bulk, with what is posted of them.
enum LoadPaymentQueries {
    /// Writes what came for the paid ones of the orders of these ids, each in one payment.
    static func insert(_ orders: ClosedRange<Int64>, _ tx: Transaction) throws {
        let chosen: Query = "BETWEEN \(orders.lowerBound) AND \(orders.upperBound)"
        try tx.execute(
            """
            INSERT INTO payments (transaction_id, order_id, order_number, user_id, gateway, payment_method, amount,
            currency, authorized_amount, captured_amount, refunded_amount, fee_amount, progress, status, refund_status,
            gateway_response, created_at, updated_at)
            SELECT order_number, id, order_number, user_id, CASE WHEN payment_method = 'cod' THEN 'cod' ELSE 'manual' END,
            payment_method, total, currency, total, total, 0, 0, 2, 'completed', 'none', 'null', created_at, updated_at
            FROM orders WHERE id \(chosen) AND payment_status = 'paid' AND total > 0 ORDER BY id
            """)
        try tx.execute(
            """
            INSERT INTO ledger_transactions (kind, order_id, payment_id, created_at)
            SELECT 'capture', order_id, id, created_at FROM payments WHERE order_id \(chosen) ORDER BY id
            """)
        try tx.execute(
            """
            INSERT INTO ledger_entries (transaction_id, account, debit, credit, currency, order_id, payment_id,
            created_at) SELECT t.id, CASE WHEN p.gateway = 'cod' THEN 'clearing:cod' ELSE 'clearing:manual' END,
            p.amount, 0, p.currency, p.order_id, p.id, p.created_at \(posted(chosen))
            UNION ALL SELECT t.id, 'receivable', 0, p.amount, p.currency, p.order_id, p.id, p.created_at \(posted(chosen))
            """)
    }

    private static func posted(_ chosen: Query) -> Query {
        "FROM ledger_transactions t JOIN payments p ON p.id = t.payment_id WHERE t.order_id \(chosen)"
    }
}

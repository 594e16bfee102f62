import Commerce
import Modules
import SQL

/// What payments keep of a person, and how it goes: amounts, ids and dates stay for the books.
enum PaymentErasureQueries {
    /// What goes into a user's archive.
    static let archive: [ArchivePart] = [
        ArchivePart(
            "payments",
            [
                "id", "order_number", "gateway", "payment_method", "transaction_id", "amount", "currency", "status",
                "refunded_amount", "created_at",
            ]
        ) { "payments \($0.own)" },
        ArchivePart("refunds", ["id", "payment_id", "amount", "currency", "reason", "status", "created_at"]) {
            "refunds WHERE requested_by_id = \($0.id) ORDER BY id"
        },
        ArchivePart(
            "payment_methods",
            ["gateway", "method_type", "last4", "card_brand", "expiry_month", "expiry_year", "created_at"]
        ) { "payment_methods \($0.own)" },
    ]

    /// Deletes the methods that gateways keep for a user, and the user's id there. Returns how many.
    static func erase(of user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [SavedMethodID] = try tx.column(
            "SELECT id FROM payment_methods WHERE user_id = \(user) LIMIT \(limit)")
        if !ids.isEmpty { try tx.execute("DELETE FROM payment_methods WHERE id IN (\(list: ids))") }
        return try ids.count + tx.execute("DELETE FROM gateway_customers WHERE user_id = \(user)")
    }

    /// Returns the beginnings of the paths under which staff changed the payments of these orders, and their refunds.
    static func paths(of orders: [OrderID], _ connection: Connection) throws -> [String] {
        let payments: [PaymentID] = try connection.column(
            "SELECT id FROM payments WHERE order_id IN (\(list: orders))")
        let refunds: [RefundID] = try connection.column("SELECT id FROM refunds WHERE order_id IN (\(list: orders))")
        return payments.flatMap { ["/api/admin/payments/\($0)/", "/api/payments/\($0)/"] }
            + refunds.map { "/api/admin/refunds/\($0)/" }
    }

    /// Clears what gateways told and were told of the payers of these orders, and what was said about refunds.
    static func eraseResponses(of orders: [OrderID], _ tx: Transaction) throws {
        let payments: [PaymentID] = try tx.column("SELECT id FROM payments WHERE order_id IN (\(list: orders))")
        guard !payments.isEmpty else { return }
        try tx.execute(
            """
            UPDATE payments
            SET gateway_response = 'null', next_action = NULL, return_url = '', failure_reason = '', user_id = NULL
            WHERE id IN (\(list: payments))
            """)
        try tx.execute(
            """
            UPDATE payment_operations SET request = \(try PaymentOperation.Request().stored()), error = ''
            WHERE payment_id IN (\(list: payments))
            """)
        try tx.execute(
            """
            UPDATE refunds SET reason = '', decision_note = '', failure_reason = '', requested_by_id = NULL
            WHERE payment_id IN (\(list: payments))
            """)
        try tx.execute("UPDATE disputes SET reason = '' WHERE payment_id IN (\(list: payments))")
        try tx.execute(
            """
            UPDATE webhook_events SET payload = '', error = '', clear_at = NULL WHERE payment_id IN (\(list: payments))
            """)
    }
}

import Commerce
import SQL

/// The statements of the ledger's audit over the tables of payments: one for each comparison, whatever the number of rows.
enum LedgerAuditQueries {
    /// Compares the entries of each transaction with each other.
    static func transactions(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT t.id, CAST(COALESCE(SUM(e.debit), 0) AS SIGNED), CAST(COALESCE(SUM(e.credit), 0) AS SIGNED),
            COUNT(DISTINCT e.currency), \(strays) FROM ledger_transactions t
            LEFT JOIN ledger_entries e ON e.transaction_id = t.id GROUP BY t.id
            HAVING SUM(e.debit) <> SUM(e.credit) OR COUNT(DISTINCT e.currency) <> 1 OR \(strays) > 0
            ORDER BY t.id LIMIT 1000
            """
        ) { row in
            let subject = LedgerDifference.Subject.transaction(try row())
            return [
                LedgerDifference.between(.balance, subject, try row(), try row()),
                .between(.oneCurrency, subject, try row(), 1), .between(.ownEntries, subject, try row(), 0),
            ].compactMap { $0 }
        }.flatMap { $0 }
    }

    private static let strays: Query = """
        CAST(COALESCE(SUM(CASE WHEN COALESCE(e.order_id, 0) <> COALESCE(t.order_id, 0) OR COALESCE(e.payment_id, 0) <> COALESCE(t.payment_id, 0)
        THEN 1 ELSE 0 END), 0) AS SIGNED)
        """

    /// Finds transactions of payments that there are not, or that are another order's.
    static func owners(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT t.id, COALESCE(t.order_id, 0), COALESCE(t.payment_id, 0) FROM ledger_transactions t
            LEFT JOIN payments p ON p.id = t.payment_id
            WHERE (t.kind NOT IN (\(list: orderKinds + vendorKinds)) AND p.id IS NULL)
            OR (t.payment_id IS NOT NULL AND (t.kind IN (\(list: orderKinds + vendorKinds)) OR p.order_id <> t.order_id))
            OR (CASE WHEN t.order_id IS NULL THEN 1 ELSE 0 END
            <> CASE WHEN t.kind IN (\(list: vendorKinds)) THEN 1 ELSE 0 END)
            ORDER BY t.id LIMIT 1000
            """
        ) { row in
            LedgerDifference(
                .owner, .transaction(try row()), found: "order \(try row(Int.self)), payment \(try row(Int.self))",
                expected: "none such")
        }
    }

    /// What is about an order and no payment.
    private static let orderKinds = [LedgerPosting.Kind.invoice, .creditNote, .vendorShare].map(\.rawValue)
    /// What is about neither.
    private static let vendorKinds = [LedgerPosting.Kind.vendorAdjustment, .payout, .payoutReversal].map(\.rawValue)

    /// Compares what is posted of each payment with its row, and that with its refunds and disputes.
    static func payments(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT p.id, \(posted("captured")), p.captured_amount, \(posted("fees")), p.fee_amount,
            \(posted("refunded")), p.refunded_amount, \(posted("disputed")), \(held), \(posted("clearing")),
            \(completed), \(counted) FROM payments p
            LEFT JOIN (\(postings)) l ON l.payment_id = p.id
            LEFT JOIN (SELECT payment_id, SUM(CASE WHEN status = 'completed' THEN amount ELSE 0 END) AS completed,
            SUM(CASE WHEN status IN ('pending', 'completed') THEN amount ELSE 0 END) AS counted
            FROM refunds GROUP BY payment_id) r ON r.payment_id = p.id
            LEFT JOIN (SELECT payment_id, SUM(CASE WHEN status = 'won' THEN 0 ELSE amount END) AS held
            FROM disputes GROUP BY payment_id) d ON d.payment_id = p.id
            WHERE \(posted("captured")) <> p.captured_amount OR \(posted("fees")) <> p.fee_amount
            OR \(posted("refunded")) <> p.refunded_amount OR \(posted("disputed")) <> \(held)
            OR \(posted("clearing")) <> p.captured_amount - p.fee_amount - p.refunded_amount - \(held)
            OR \(completed) <> p.refunded_amount OR \(counted) > p.captured_amount
            ORDER BY p.id LIMIT 1000
            """
        ) { try differences(&$0) }.flatMap { $0 }
    }

    /// Sums up what is posted of each payment, by what it is posted as.
    private static let postings: Query = """
        SELECT t.payment_id,
        SUM(CASE WHEN t.kind = 'capture' AND e.account = 'receivable' THEN e.credit - e.debit ELSE 0 END) AS captured,
        SUM(CASE WHEN t.kind = 'fee' AND e.account = 'fees' THEN e.debit - e.credit ELSE 0 END) AS fees,
        SUM(CASE WHEN t.kind IN ('refund', 'refund_reversal') AND e.account = 'receivable' THEN e.debit - e.credit
        ELSE 0 END) AS refunded,
        SUM(CASE WHEN t.kind IN ('dispute', 'dispute_reversal') AND e.account = 'disputes' THEN e.debit - e.credit
        ELSE 0 END) AS disputed,
        SUM(CASE WHEN SUBSTR(e.account, 1, 9) = 'clearing:' AND SUBSTR(e.account, 10) = q.gateway
        THEN e.debit - e.credit ELSE 0 END) AS clearing
        FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
        JOIN payments q ON q.id = t.payment_id GROUP BY t.payment_id
        """

    private static let held = whole("d.held")
    private static let completed = whole("r.completed")
    private static let counted = whole("r.counted")

    private static func posted(_ column: Query) -> Query { whole("l.\(column)") }

    /// Returns a sum that may be missing as a whole number.
    private static func whole(_ sum: Query) -> Query { "CAST(COALESCE(\(sum), 0) AS SIGNED)" }

    private static func differences(_ row: inout RowReader) throws -> [LedgerDifference] {
        let subject = LedgerDifference.Subject.payment(try row())
        let (captures, captured): (Int, Int) = (try row(), try row())
        let (fees, fee): (Int, Int) = (try row(), try row())
        let (refunds, refunded): (Int, Int) = (try row(), try row())
        let (disputes, held): (Int, Int) = (try row(), try row())
        let (clearing, completed, counted): (Int, Int, Int) = (try row(), try row(), try row())
        return [
            LedgerDifference.between(.captures, subject, captures, captured),
            .between(.fees, subject, fees, fee), .between(.refunds, subject, refunds, refunded),
            .between(.disputes, subject, disputes, held),
            .between(.clearing, subject, clearing, captured - fee - refunded - held),
            .between(.completedRefunds, subject, refunded, completed),
            .between(.refundsWithinCaptured, subject, counted, min(counted, captured)),
        ].compactMap { $0 }
    }

    /// Compares what is posted of each refund with its row.
    static func refunds(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT r.id, CAST(COALESCE(l.posted, 0) AS SIGNED), CASE WHEN r.status = 'completed' THEN r.amount ELSE 0 END
            FROM refunds r LEFT JOIN (SELECT t.refund_id, SUM(e.debit - e.credit) AS posted FROM ledger_transactions t
            JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = 'receivable'
            WHERE t.refund_id IS NOT NULL GROUP BY t.refund_id) l ON l.refund_id = r.id
            WHERE COALESCE(l.posted, 0) <> CASE WHEN r.status = 'completed' THEN r.amount ELSE 0 END
            ORDER BY r.id LIMIT 1000
            """
        ) { LedgerDifference(.refund, .refund(try $0()), found: try $0(Int.self), expected: try $0(Int.self)) }
    }
}

/// The statements that put payments together by what their statuses follow from.
enum PaymentClassQueries {
    static func all(_ connection: Connection) throws -> [PaymentClass] {
        try connection.all("SELECT DISTINCT \(PaymentClass.columns) FROM (\(classes)) c")
    }

    static func payments(_ kind: PaymentClass, _ connection: Connection) throws -> [PaymentID] {
        try connection.column(
            """
            SELECT id FROM (\(classes)) c WHERE progress = \(kind.progress) AND status = \(kind.status)
            AND refund_status = \(kind.refundStatus) AND is_authorized = \(kind.isAuthorized)
            AND is_captured = \(kind.isCaptured) AND refunded = \(kind.refunded) AND has_pending = \(kind.hasPending)
            AND has_requested = \(kind.hasRequested) AND has_failed = \(kind.hasFailed) ORDER BY id LIMIT 1000
            """)
    }

    private static let classes: Query = """
        SELECT p.id, p.progress, p.status, p.refund_status,
        CASE WHEN p.authorized_amount > 0 THEN 1 ELSE 0 END AS is_authorized,
        CASE WHEN p.captured_amount > 0 THEN 1 ELSE 0 END AS is_captured,
        CASE WHEN p.refunded_amount = 0 THEN 0 WHEN p.refunded_amount >= p.captured_amount THEN 2 ELSE 1 END AS refunded,
        COALESCE(r.has_pending, 0) AS has_pending, COALESCE(r.has_requested, 0) AS has_requested,
        COALESCE(r.has_failed, 0) AS has_failed
        FROM payments p LEFT JOIN (SELECT payment_id, MAX(CASE WHEN status = 'pending' THEN 1 ELSE 0 END) AS has_pending,
        MAX(CASE WHEN status = 'requested' THEN 1 ELSE 0 END) AS has_requested,
        MAX(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS has_failed
        FROM refunds GROUP BY payment_id) r ON r.payment_id = p.id
        """
}

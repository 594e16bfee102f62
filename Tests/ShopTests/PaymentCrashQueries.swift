import Primitives
import SQL

/// What must hold between a shop's payments, orders and ledger, and what the sandbox has at its side, once all jobs have run.
enum PaymentCrashQueries {
    /// Returns every rule that is broken, with how many rows break it.
    static func broken(_ connection: Connection) throws -> [String] {
        try rules.compactMap { name, query in
            let count = try connection.value(query, as: Int.self) ?? 0
            return count == 0 ? nil : "\(name): \(count)"
        }
    }

    /// Returns how often happened what the test is about.
    static func scope(_ connection: Connection) throws -> [String: Int] {
        try happenings.mapValues { try connection.value($0, as: Int.self) ?? 0 }
    }

    /// What was answered, as the rows have it.
    struct Rows {
        let orders: Set<String>
        let payments: Set<Int>
        let paid: Set<Int>
        /// The amounts of completed refunds.
        let refunds: [Int: String]
    }

    static func rows(_ connection: Connection) throws -> Rows {
        let refunds: [(Int, Int)] = try connection.tuples("SELECT id, amount FROM refunds WHERE status = 'completed'")
        return Rows(
            orders: Set(try connection.column("SELECT order_number FROM orders", as: String.self)),
            payments: Set(try connection.column("SELECT id FROM payments", as: Int.self)),
            paid: Set(
                try connection.column("SELECT id FROM payments WHERE captured_amount = amount", as: Int.self)),
            refunds: Dictionary(uniqueKeysWithValues: refunds.map { ($0.0, text($0.1)) }))
    }

    /// Returns how many jobs of payments and mails are still to be done.
    static func waitingJobs(_ connection: Connection) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) FROM jobs WHERE state <> 2
            AND (kind = 'mail.send' OR (kind LIKE 'payments.%' AND kind <> 'payments.expire_order'))
            """, as: Int.self) ?? 0
    }

    private static func text(_ cents: Int) -> String {
        let rest = String(cents % 100)
        return "\(cents / 100)." + (rest.utf8.count == 1 ? "0" + rest : rest)
    }

    private static let happenings: [String: Query] = [
        "payments that were captured": "SELECT COUNT(*) FROM payments WHERE captured_amount > 0",
        "payments that failed": "SELECT COUNT(*) FROM payments WHERE failure_reason <> ''",
        "orders that were cancelled": "SELECT COUNT(*) FROM orders WHERE status = 'cancelled'",
        "refunds": "SELECT COUNT(*) FROM refunds WHERE status = 'completed'",
        "webhooks that were not lost": "SELECT COUNT(*) FROM webhook_events WHERE status = 'done'",
        "webhooks that were lost":
            "SELECT (SELECT COUNT(*) FROM sandbox_events) - (SELECT COUNT(*) FROM webhook_events)",
    ]
}

extension PaymentCrashQueries {
    private static let rules: [(String, Query)] = payments + orders + refunds + ledger

    private static let payments: [(String, Query)] = [
        (
            "payments that the sandbox has captured and the shop has not completed",
            """
            SELECT COUNT(*) FROM sandbox_payments s LEFT JOIN payments p ON p.transaction_id = s.transaction_id
            WHERE s.captured > 0 AND (p.id IS NULL OR p.captured_amount <> s.captured OR p.fee_amount <> s.fee
            OR p.status NOT IN ('completed', 'partially_refunded', 'refunded'))
            """
        ),
        (
            "payments that the shop has captured and the sandbox has not",
            """
            SELECT COUNT(*) FROM payments p WHERE p.captured_amount > 0 AND NOT EXISTS (SELECT 1 FROM sandbox_payments s
            WHERE s.transaction_id = p.transaction_id AND s.captured = p.captured_amount)
            """
        ),
        (
            "payments that the sandbox has twice",
            """
            SELECT COUNT(*) FROM (SELECT transaction_id FROM sandbox_payments GROUP BY transaction_id
            HAVING COUNT(*) > 1) t
            """
        ),
        (
            "questions to the sandbox that nobody has brought to an end",
            "SELECT COUNT(*) FROM payment_operations WHERE status = 'pending'"
        ),
        (
            "webhooks that nobody has worked on",
            "SELECT COUNT(*) FROM webhook_events WHERE status NOT IN ('done', 'ignored')"
        ),
    ]

    private static let orders: [(String, Query)] = [
        (
            "orders that are charged twice",
            """
            SELECT COUNT(*) FROM (SELECT order_id FROM payments WHERE captured_amount > 0 GROUP BY order_id
            HAVING COUNT(*) > 1) t
            """
        ),
        (
            "orders that are charged and not paid",
            """
            SELECT COUNT(*) FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.captured_amount > 0
            AND (p.captured_amount <> o.total OR o.payment_status NOT IN ('paid', 'partially_refunded', 'refunded'))
            """
        ),
        (
            "orders that are paid and not charged",
            """
            SELECT COUNT(*) FROM orders o WHERE o.payment_status IN ('paid', 'partially_refunded', 'refunded')
            AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id AND p.captured_amount > 0)
            """
        ),
        (
            "paid orders without their one mail",
            """
            SELECT COUNT(*) FROM orders o WHERE o.payment_status IN ('paid', 'partially_refunded', 'refunded')
            AND (SELECT COUNT(*) FROM mailbox m
            WHERE REPLACE(m.subject, 'We have received your payment for order ', '') = o.order_number) <> 1
            """
        ),
    ]

    private static let refunds: [(String, Query)] = [
        (
            "refunds that are on their way",
            "SELECT COUNT(*) FROM refunds WHERE status = 'pending'"
        ),
        (
            "refunds that the sandbox has made twice",
            "SELECT COUNT(*) FROM (SELECT shop_refund FROM sandbox_refunds GROUP BY shop_refund HAVING COUNT(*) > 1) t"
        ),
        (
            "refunds that the sandbox has made otherwise than the shop",
            """
            SELECT COUNT(*) FROM sandbox_refunds s LEFT JOIN refunds r ON r.id = s.shop_refund
            WHERE r.id IS NULL OR r.status <> s.status OR r.amount <> s.amount
            """
        ),
        (
            "refunds that the sandbox has not made",
            """
            SELECT COUNT(*) FROM refunds r WHERE r.status = 'completed'
            AND NOT EXISTS (SELECT 1 FROM sandbox_refunds s WHERE s.shop_refund = r.id)
            """
        ),
        (
            "payments whose refunds do not add up",
            """
            SELECT COUNT(*) FROM payments p WHERE p.refunded_amount > p.captured_amount OR p.refunded_amount <>
            COALESCE((SELECT SUM(r.amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'completed'), 0)
            """
        ),
    ]

    private static let ledger: [(String, Query)] = [
        (
            "transactions of the ledger that do not sum to zero",
            """
            SELECT COUNT(*) FROM (SELECT t.id FROM ledger_transactions t
            LEFT JOIN ledger_entries e ON e.transaction_id = t.id GROUP BY t.id
            HAVING COALESCE(SUM(e.debit), 0) = 0 OR SUM(e.debit) <> SUM(e.credit)) t
            """
        ),
        (
            "payments of which the ledger has another amount at the gateway",
            """
            SELECT COUNT(*) FROM payments p WHERE p.captured_amount - p.refunded_amount - p.fee_amount <>
            COALESCE((SELECT SUM(e.debit) - SUM(e.credit) FROM ledger_entries e
            WHERE e.payment_id = p.id AND e.account = 'clearing:sandbox'), 0)
            """
        ),
        (
            "paid orders that are not invoiced once",
            """
            SELECT COUNT(*) FROM orders o WHERE o.payment_status IN ('paid', 'partially_refunded', 'refunded')
            AND o.status <> 'cancelled'
            AND (SELECT COUNT(*) FROM ledger_transactions t WHERE t.order_id = o.id AND t.kind = 'invoice') <> 1
            """
        ),
    ]
}

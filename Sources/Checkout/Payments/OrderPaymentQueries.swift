import Commerce
import Orders
import Payments
import SQL

/// The statement that compares what orders say of their money with the payments that came for them; what came to an order that had
/// been paid already does not count.
enum OrderPaymentQueries {
    static func differences(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT a.id, a.is_settled, a.captured, a.needed, a.due, a.payment_status, a.expected FROM (
            SELECT o.id, o.payment_status, \(isSettled) AS is_settled, \(whole("p.captured")) AS captured,
            \(whole("p.captured - p.refunded")) AS received,
            o.total - \(whole("r.unowed")) AS needed,
            CASE WHEN o.status = 'cancelled' AND o.total = \(whole("r.worth")) THEN o.total
            ELSE o.total - \(whole("r.worth")) END AS due,
            CASE WHEN COALESCE(p.refunded, 0) = 0 THEN 'paid' WHEN p.refunded >= p.captured THEN 'refunded'
            ELSE 'partially_refunded' END AS expected
            FROM orders o
            LEFT JOIN (SELECT order_id, SUM(captured_amount) AS captured, SUM(refunded_amount) AS refunded
            FROM payments WHERE is_surplus = 0 GROUP BY order_id) p ON p.order_id = o.id
            LEFT JOIN (SELECT order_id, SUM(refund_amount) AS worth, SUM(refund_amount - owed_amount) AS unowed
            FROM returns WHERE status = 'received' GROUP BY order_id) r ON r.order_id = o.id
            ) a WHERE (a.is_settled = 1 AND (a.captured < a.needed OR a.payment_status <> a.expected))
            OR (a.is_settled = 0 AND a.received > 0 AND a.received >= a.due) ORDER BY a.id LIMIT 1000
            """
        ) { try differences(&$0) }.flatMap { $0 }
    }

    private static let isSettled: Query =
        "CASE WHEN o.payment_status IN ('paid', 'partially_refunded', 'refunded') THEN 1 ELSE 0 END"

    private static func whole(_ sum: Query) -> Query { "CAST(COALESCE(\(sum), 0) AS SIGNED)" }

    private static func differences(_ row: inout RowReader) throws -> [LedgerDifference] {
        let (id, isSettled): (OrderID, Bool) = (try row(), try row())
        let (captured, needed, due): (Int, Int, Int) = (try row(), try row(), try row())
        let (status, expected): (String, String) = (try row(), try row())
        let subject = LedgerDifference.Subject.order(id)
        guard isSettled else { return [LedgerDifference(.unpaid, subject, found: captured, expected: due)] }
        var found: [LedgerDifference] = []
        if captured < needed { found.append(LedgerDifference(.paid, subject, found: captured, expected: needed)) }
        if status != expected {
            found.append(LedgerDifference(.paymentStatus, subject, found: status, expected: expected))
        }
        return found
    }
}

import Commerce
import SQL

/// What the table of orders has beside the orders themselves, for many at once.
enum OrderTableQueries {
    /// What came back or was canceled of an order.
    struct Credit: Sendable, Hashable {
        /// Its value, with tax.
        let value: Money
        /// The part of it that was paid and has to be paid back.
        let owed: Money
    }

    /// Returns the numbers of the documents of these orders, their returns' and cancellations' too, the first first.
    static func papers(of orders: [OrderID], _ connection: Connection) throws -> [OrderID: [Invoice]] {
        guard !orders.isEmpty else { return [:] }
        let found = try connection.all(
            """
            SELECT order_id, \(Invoice.columns) FROM invoices WHERE order_id IN (\(list: orders)) ORDER BY order_id, id
            """
        ) { row in (order: try row(OrderID.self), invoice: try Invoice(row: &row)) }
        return Dictionary(grouping: found, by: \.order).mapValues { $0.map(\.invoice) }
    }

    /// Returns what came back or was canceled of these orders; those of which nothing did are left out.
    static func credits(of orders: [OrderID], _ connection: Connection) throws -> [OrderID: Credit] {
        guard !orders.isEmpty else { return [:] }
        let found = try connection.all(
            """
            SELECT order_id, CAST(COALESCE(SUM(refund_amount), 0) AS SIGNED),
            CAST(COALESCE(SUM(owed_amount), 0) AS SIGNED) FROM returns
            WHERE order_id IN (\(list: orders)) GROUP BY order_id
            """
        ) { row in (order: try row(OrderID.self), credit: Credit(value: try row(), owed: try row())) }
        return Dictionary(found.map { ($0.order, $0.credit) }) { first, _ in first }
    }
}

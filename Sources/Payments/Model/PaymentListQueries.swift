import Commerce
import Primitives
import SQL
import Web

/// The statements of staff's lists of payments and disputes.
enum PaymentListQueries {
    /// The conditions on the payments of a list; nil leaves one out.
    struct PaymentFilter: Sendable {
        var status: PaymentState?
        var gateway: GatewayCode?
        var order: OrderID?
        var user: UserID?
        var from: Timestamp?
        var until: Timestamp?
        var isSurplus: Bool?
        var search: RowSearch<PaymentID>?
        var sorting = Ordering<AgeSortKey>.newestFirst

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let status { conditions.append("status = \(status)") }
            if let gateway { conditions.append("gateway = \(gateway)") }
            if let order { conditions.append("order_id = \(order)") }
            if let user { conditions.append("user_id = \(user)") }
            if let from { conditions.append("created_at >= \(from)") }
            if let until { conditions.append("created_at < \(until)") }
            if let isSurplus { conditions.append("is_surplus = \(isSurplus)") }
            if let search { conditions.append(search.holds("id")) }
            return conditions.joined(by: " AND ")
        }
    }

    /// Returns the search for payments by their order's number, our own id or one of their gateway's.
    static func search(_ name: String) -> RowSearch<PaymentID> {
        RowSearch(
            """
            SELECT id FROM payments WHERE transaction_id = \(name)
            UNION SELECT id FROM payments WHERE gateway_reference = \(name)
            UNION SELECT id FROM payments WHERE gateway_transaction_id = \(name)
            UNION SELECT payments.id FROM orders JOIN payments ON payments.order_id = orders.id
            WHERE orders.order_number = \(name.uppercased())
            """)
    }

    /// Returns the numbers that customers see of these orders.
    static func orderNumbers(of orders: [OrderID], _ connection: Connection) throws -> [OrderID: String] {
        guard !orders.isEmpty else { return [:] }
        let found = try connection.all("SELECT id, order_number FROM orders WHERE id IN (\(list: orders))") { row in
            (order: try row(OrderID.self), number: try row(String.self))
        }
        return Dictionary(found.map { ($0.order, $0.number) }) { first, _ in first }
    }

    /// Returns a query that counts the payments of a list.
    static func counting(_ filter: PaymentFilter) -> Query {
        "SELECT COUNT(*) FROM payments WHERE \(filter.condition)"
    }

    /// Returns a page of payments. What lies before the page is skipped by the index alone: rows are wide.
    static func list(_ filter: PaymentFilter, _ page: PageRequest, _ connection: Connection) throws -> [Payment] {
        try connection.all(
            .page(
                of: "\(Payment.columns)", from: "payments", where: filter.condition,
                by: "created_at \(filter.sorting.direction), id \(filter.sorting.direction)", page.limit))
    }

    /// Sums up what was captured of a user's payments in a currency, and what of it was refunded.
    static func totals(
        of user: UserID, in currency: Currency, _ connection: Connection
    ) throws -> (captured: Money, refunded: Money) {
        let found = try connection.first(
            """
            SELECT CAST(COALESCE(SUM(captured_amount), 0) AS SIGNED), CAST(COALESCE(SUM(refunded_amount), 0) AS SIGNED)
            FROM payments WHERE user_id = \(user) AND currency = \(currency.code)
            """
        ) { row in (captured: try row(Money.self), refunded: try row(Money.self)) }
        return found ?? (captured: .zero, refunded: .zero)
    }

    /// The conditions on the disputes of a list; nil leaves one out.
    struct DisputeFilter: Sendable {
        var status: GatewayDispute.Status?
        var payment: PaymentID?
        var order: OrderID?
        var sorting = Ordering<AgeSortKey>.newestFirst

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let status { conditions.append("status = \(status)") }
            if let payment { conditions.append("payment_id = \(payment)") }
            if let order { conditions.append("order_id = \(order)") }
            return conditions.joined(by: " AND ")
        }
    }

    static func count(_ filter: DisputeFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM disputes WHERE \(filter.condition)") ?? 0
    }

    static func disputes(
        _ filter: DisputeFilter, _ page: PageRequest, _ connection: Connection
    ) throws -> [Dispute] {
        try connection.all(
            """
            SELECT \(Dispute.columns) FROM disputes WHERE \(filter.condition)
            ORDER BY created_at \(filter.sorting.direction), id \(filter.sorting.direction) \(page.limit)
            """)
    }
}

import Commerce
import Primitives
import SQL
import Web

/// The statements of staff's lists of payments, refunds, disputes and webhook events.
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
        /// An order's number, or one of the payment's ids.
        var search: String?
        /// The payments that ``search`` found.
        var found: [PaymentID]?
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
            if let found { conditions.append(found.isEmpty ? "1 = 0" : "id IN (\(list: found))") }
            return conditions.joined(by: " AND ")
        }
    }

    /// Returns the payments that go by a name: of their order, our own or one of their gateway's.
    static func named(_ name: String, _ connection: Connection) throws -> [PaymentID] {
        try connection.column(
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
        let sorting: Query = "ORDER BY created_at \(filter.sorting.direction), id \(filter.sorting.direction)"
        return try connection.all(
            """
            SELECT \(Payment.columns) FROM
            (SELECT id AS chosen FROM payments WHERE \(filter.condition) \(sorting) \(page.limit)) page
            JOIN payments ON id = chosen \(sorting)
            """)
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

    /// The conditions on the refunds or disputes of a list; nil leaves one out.
    struct ClaimFilter<Status: SQLEncodable & Sendable>: Sendable {
        var status: Status?
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

    static func count(refunds filter: ClaimFilter<RefundStatus>, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM refunds WHERE \(filter.condition)") ?? 0
    }

    static func refunds(
        _ filter: ClaimFilter<RefundStatus>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Refund] {
        try connection.all(
            """
            SELECT \(Refund.columns) FROM refunds WHERE \(filter.condition)
            ORDER BY created_at \(filter.sorting.direction), id \(filter.sorting.direction) \(page.limit)
            """)
    }

    static func count(disputes filter: ClaimFilter<GatewayDispute.Status>, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM disputes WHERE \(filter.condition)") ?? 0
    }

    static func disputes(
        _ filter: ClaimFilter<GatewayDispute.Status>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Dispute] {
        try connection.all(
            """
            SELECT \(Dispute.columns) FROM disputes WHERE \(filter.condition)
            ORDER BY created_at \(filter.sorting.direction), id \(filter.sorting.direction) \(page.limit)
            """)
    }

    /// The conditions on the events of a list; nil leaves one out.
    struct EventFilter: Sendable {
        var gateway: GatewayCode?
        var status: WebhookEvent.Status?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let gateway { conditions.append("gateway = \(gateway)") }
            if let status { conditions.append("status = \(status)") }
            return conditions.joined(by: " AND ")
        }
    }

    static func count(_ filter: EventFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM webhook_events WHERE \(filter.condition)") ?? 0
    }

    static func events(_ filter: EventFilter, _ page: PageRequest, _ connection: Connection) throws -> [WebhookEvent] {
        try connection.all(
            """
            SELECT \(WebhookEvent.columns) FROM webhook_events WHERE \(filter.condition)
            ORDER BY received_at DESC, id DESC \(page.limit)
            """)
    }
}

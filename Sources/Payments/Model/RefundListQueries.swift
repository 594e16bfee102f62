import Commerce
import Primitives
import SQL
import Web

/// The statements of staff's list of refunds.
enum RefundListQueries {
    /// The conditions on the refunds of a list; nil leaves one out.
    struct Filter: Sendable {
        var status: RefundStatus?
        var payment: PaymentID?
        var order: OrderID?
        var search: RowSearch<RefundID>?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let status { conditions.append("status = \(status)") }
            if let payment { conditions.append("payment_id = \(payment)") }
            if let order { conditions.append("order_id = \(order)") }
            if let search { conditions.append(search.holds("id")) }
            return conditions.joined(by: " AND ")
        }

        /// Returns the hint of the index that has the list in the order of `key`; nothing where something else finds fewer
        /// rows.
        func walk(by key: SortKey, _ dialect: Dialect) -> Query {
            guard payment == nil, order == nil, search?.isDone != true else { return .empty }
            return switch (key, status != nil) {
            case (.createdAt, false): dialect.through("ix_refunds_created_at")
            case (.createdAt, true): dialect.through("ix_refunds_status_created_at")
            case (.amount, false): dialect.through("ix_refunds_amount")
            case (.amount, true): dialect.through("ix_refunds_status_amount")
            }
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case amount

        var sqlName: StaticString {
            switch self {
            case .createdAt: "created_at"
            case .amount: "amount"
            }
        }
    }

    /// Returns the search for refunds by their order's number, their own id at the gateway, or what their payment goes by.
    static func search(_ name: String) -> RowSearch<RefundID> {
        RowSearch(
            """
            SELECT id FROM refunds WHERE gateway_refund_id = \(name)
            UNION \(paid) WHERE payments.transaction_id = \(name)
            UNION \(paid) WHERE payments.gateway_reference = \(name)
            UNION \(paid) WHERE payments.gateway_transaction_id = \(name)
            UNION SELECT refunds.id FROM orders JOIN refunds ON refunds.order_id = orders.id
            WHERE orders.order_number = \(name.uppercased())
            """)
    }

    private static let paid: Query = "SELECT refunds.id FROM payments JOIN refunds ON refunds.payment_id = payments.id"

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM refunds WHERE \(filter.condition)") ?? 0
    }

    /// Returns a page of refunds. What lies before the page is skipped by the index alone.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Refund] {
        try connection.all(
            .page(
                of: "\(Refund.columns)", from: "refunds", through: filter.walk(by: order.key, connection.dialect),
                where: filter.condition, by: "\(order.key) \(order.direction), id \(order.direction)", page.limit))
    }
}

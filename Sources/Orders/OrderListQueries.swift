import Commerce
import Primitives
import SQL
import Web

/// Lists of orders.
enum OrderListQueries {
    /// Which orders a list shows.
    struct Filter: Sendable {
        /// Nil for those of all users.
        var user: UserID?
        var status: OrderStatus?
        var paymentStatus: PaymentStatus?
        /// The beginning of an order number, or a whole e-mail address.
        var search: String?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let user { conditions.append("user_id = \(user)") }
            if let status { conditions.append("status = \(status)") }
            if let paymentStatus { conditions.append("payment_status = \(paymentStatus)") }
            if let search { conditions.append(Self.matches(search)) }
            return conditions.joined(by: " AND ")
        }

        /// `~` comes after every character of an order number.
        private static func matches(_ text: String) -> Query {
            let start = text.uppercased()
            return "((order_number >= \(start) AND order_number < \(start + "~")) OR email = \(text.lowercased()))"
        }
    }

    enum Key: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case total

        var sqlName: StaticString {
            switch self {
            case .createdAt: "created_at"
            case .updatedAt: "updated_at"
            case .total: "total"
            }
        }
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM orders WHERE \(filter.condition)") ?? 0
    }

    static func orders(
        _ filter: Filter, by order: Ordering<Key>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Order] {
        let found: [Order] = try connection.all(
            """
            SELECT \(Order.columns) FROM orders WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """)
        return try OrderQueries.withItems(found, connection)
    }
}

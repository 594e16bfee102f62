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
        var paymentMethod: PaymentMethod?
        /// Orders with something of this vendor.
        var vendor: VendorID?
        /// Placed from this moment on.
        var from: Timestamp?
        /// Placed before this moment.
        var until: Timestamp?
        var minTotal: Money?
        var maxTotal: Money?
        /// The code of the coupon that was used.
        var coupon: String?
        /// The beginning of an order number, a whole e-mail address, or the SKU of something in the order.
        var search: String?

        var condition: Query {
            var conditions: [Query] = []
            if let user { conditions.append("user_id = \(user)") }
            if let status { conditions.append("status = \(status)") }
            if let paymentStatus { conditions.append("payment_status = \(paymentStatus)") }
            if let paymentMethod { conditions.append("payment_method = \(paymentMethod)") }
            if let vendor { conditions.append("id IN (SELECT order_id FROM order_items WHERE vendor_id = \(vendor))") }
            if let from { conditions.append("created_at >= \(from)") }
            if let until { conditions.append("created_at < \(until)") }
            if let minTotal { conditions.append("total >= \(minTotal)") }
            if let maxTotal { conditions.append("total <= \(maxTotal)") }
            if let coupon { conditions.append("coupon_code = \(coupon.uppercased())") }
            if let search { conditions.append(Self.matches(search)) }
            return conditions.isEmpty ? "1 = 1" : conditions.joined(by: " AND ")
        }

        /// Looked up by index one by one: an order list is long. `~` comes after every character of an order number. The
        /// union stands in a table of its own, or MariaDB would ask it again for every order.
        private static func matches(_ text: String) -> Query {
            let start = text.uppercased()
            return """
                id IN (SELECT found.id FROM (
                SELECT id FROM orders WHERE order_number >= \(start) AND order_number < \(start + "~")
                UNION SELECT id FROM orders WHERE email = \(text.lowercased())
                UNION SELECT order_id FROM order_items WHERE sku = \(text)) found)
                """
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

    /// Counts the orders of a list.
    static func counting(_ filter: Filter) -> Query { "SELECT COUNT(*) FROM orders WHERE \(filter.condition)" }

    /// The orders after one, in the order in which they were placed, without their items.
    static func orders(
        _ filter: Filter, after id: OrderID, limit: Int, _ connection: Connection
    ) throws -> [Order] {
        try connection.all(
            """
            SELECT \(Order.columns) FROM orders WHERE id > \(id) AND \(filter.condition) ORDER BY id LIMIT \(limit)
            """)
    }

    /// A page of orders with their items. What lies before the page is skipped by the index alone: rows are wide.
    static func orders(
        _ filter: Filter, by order: Ordering<Key>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Order] {
        let walk = filter.search == nil ? connection.dialect.walk(order.key) : .empty
        let ids = try connection.column(
            """
            SELECT id FROM orders WHERE \(filter.condition) \(walk)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """, as: OrderID.self)
        guard !ids.isEmpty else { return [] }
        let found: [Order] = try connection.all("SELECT \(Order.columns) FROM orders WHERE id IN (\(list: ids))")
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return try OrderQueries.withItems(ids.compactMap { byID[$0] }, connection)
    }
}

import Commerce
import Primitives
import SQL
import Web

/// Lists of orders.
enum OrderListQueries {
    /// The conditions on the orders of a list; nil leaves one out.
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
        /// The orders that a search means.
        var search: RowSearch<OrderID>?

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
            if let search { conditions.append(search.holds("id")) }
            return conditions.isEmpty ? "1 = 1" : conditions.joined(by: " AND ")
        }

        /// Returns the index that has the orders of the list in the order of `key`; nil where something else finds
        /// fewer rows.
        func index(by key: SortKey) -> StaticString? {
            guard vendor == nil, search == nil else { return nil }
            if coupon != nil { return key == .createdAt ? "ix_orders_coupon_code_created_at" : nil }
            return switch (key, user != nil, status != nil, paymentMethod != nil, paymentStatus != nil) {
            case (.createdAt, false, false, false, false): "ix_orders_created_at"
            case (.createdAt, true, false, false, false): "ix_orders_user_id_created_at"
            case (.createdAt, false, true, false, false): "ix_orders_status_created_at"
            case (.createdAt, false, false, true, false): "ix_orders_payment_method_created_at"
            case (.createdAt, false, false, false, true): "ix_orders_payment_status_created_at"
            case (.createdAt, false, false, true, true): "ix_orders_payment_method_payment_status_created_at"
            case (.total, false, false, false, false): "ix_orders_total"
            case (.total, false, true, false, false): "ix_orders_status_total"
            default: nil
            }
        }

    }

    /// Returns the search for orders by the beginning of an order number, a whole e-mail address, or the SKU of something in
    /// the order, each by its own index: an order list is long. `~` comes after every character of an order number.
    static func search(_ text: String) -> RowSearch<OrderID> {
        let start = text.uppercased()
        return RowSearch(
            """
            SELECT id FROM orders WHERE order_number >= \(start) AND order_number < \(start + "~")
            UNION SELECT id FROM orders WHERE email = \(EmailAddress(text)?.text ?? text.lowercased())
            UNION SELECT order_id FROM order_items
            WHERE sku IN (\(list: Set([text, text.uppercased(), text.lowercased()])))
            """)
    }

    enum SortKey: String, CaseIterable, SQLName {
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

    /// Counts the orders of each status that some order has.
    static let byStatus: Query = "SELECT status, COUNT(*) FROM orders GROUP BY status"

    /// Returns a query that counts the orders of a list.
    static func counting(_ filter: Filter) -> Query { "SELECT COUNT(*) FROM orders WHERE \(filter.condition)" }

    /// Returns the orders with ids above `id`, in ascending order, without their items.
    static func orders(
        _ filter: Filter, after id: OrderID, limit: Int, _ connection: Connection
    ) throws -> [Order] {
        try connection.all(
            """
            SELECT \(Order.columns) FROM orders WHERE id > \(id) AND \(filter.condition) ORDER BY id LIMIT \(limit)
            """)
    }

    /// Returns a page of orders with their items. What lies before the page is skipped by the index alone: rows are
    /// wide.
    static func orders(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Order] {
        let found: [Order] = try connection.all(
            .page(
                of: Order.columns, from: "orders", through: connection.dialect.forceIndex(filter.index(by: order.key)),
                where: filter.condition, by: "\(order.key) \(order.direction), id \(order.direction)", page.limit))
        return try OrderQueries.withItems(found, connection)
    }
}

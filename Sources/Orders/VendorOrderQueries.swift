import Commerce
import Primitives
import SQL
import Web

/// The statements on the parts of orders that vendors sell.
enum VendorOrderQueries {
    /// The conditions on the orders of a vendor's list; nil leaves one out.
    struct Filter: Sendable {
        var vendor: VendorID
        /// Of the vendor's part.
        var status: OrderStatus?
        var paymentStatus: PaymentStatus?
        /// Placed from this moment on.
        var from: Timestamp?
        /// Placed before this moment.
        var until: Timestamp?
        /// The beginning of an order number, or the SKU of something of the vendor's.
        var search: String?

        /// What is true of lines `i` of the list's orders, which the index of the vendor's lines walks.
        var condition: Query {
            var conditions: [Query] = ["i.vendor_id = \(vendor)"]
            if let status { conditions.append(Self.isPart(status)) }
            let ofOrders = orderConditions
            if !ofOrders.isEmpty {
                conditions.append(
                    """
                    EXISTS (SELECT 1 FROM orders o WHERE o.id = i.order_id AND \(ofOrders.joined(by: " AND ")))
                    """)
            }
            if let search { conditions.append(matches(search)) }
            return conditions.joined(by: " AND ")
        }

        private var orderConditions: [Query] {
            var conditions: [Query] = []
            if let paymentStatus { conditions.append("o.payment_status = \(paymentStatus)") }
            if let from { conditions.append("o.created_at >= \(from)") }
            if let until { conditions.append("o.created_at < \(until)") }
            return conditions
        }

        /// Returns whether the least advanced live line of the part has this status.
        private static func isPart(_ status: OrderStatus) -> Query {
            let before = OrderStatus.allCases.prefix { $0 != status }
            let others: Query =
                """
                SELECT 1 FROM order_items x WHERE x.order_id = i.order_id AND x.vendor_id = i.vendor_id
                """
            if status == .cancelled {
                return "NOT EXISTS (\(others) AND x.status <> \(OrderStatus.cancelled))"
            }
            guard !before.isEmpty else { return "i.status = \(status)" }
            return "i.status = \(status) AND NOT EXISTS (\(others) AND x.status IN (\(list: Array(before))))"
        }

        /// `~` comes after every character of an order number.
        private func matches(_ text: String) -> Query {
            let start = text.uppercased()
            return """
                (i.sku IN (\(list: [text, text.uppercased(), text.lowercased()])) OR EXISTS (SELECT 1 FROM orders n
                WHERE n.id = i.order_id AND n.order_number >= \(start) AND n.order_number < \(start + "~")))
                """
        }
    }

    /// Returns a query that counts the orders of a list.
    static func counting(_ filter: Filter) -> Query {
        "SELECT COUNT(DISTINCT i.order_id) FROM order_items i WHERE \(filter.condition)"
    }

    /// Returns a page of a vendor's parts with their lines, in one statement. Ids grow as orders are placed. The few rows
    /// of the page are put in order here.
    static func list(
        _ filter: Filter, descending: Bool, _ page: PageRequest, _ connection: Connection
    ) throws -> [VendorOrder] {
        let direction: Query = descending ? "DESC" : "ASC"
        let rows = try connection.all(
            """
            SELECT o.id, o.order_number, o.currency, o.shipping_address, o.created_at,
            COALESCE((SELECT s.carrier FROM shipments s WHERE s.id = (SELECT MAX(p.shipment_id) FROM shipment_items p
            WHERE p.order_item_id = i.id)), ''), \(lineColumns)
            FROM (SELECT DISTINCT i.order_id FROM order_items i WHERE \(filter.condition)
            ORDER BY i.order_id \(direction) \(page.limit)) page
            JOIN orders o ON o.id = page.order_id
            JOIN order_items i ON i.order_id = o.id AND i.vendor_id = \(filter.vendor)
            """
        ) { row in
            VendorOrder(
                id: try row(), number: try row(), currency: try row(), shippingAddress: try OrderColumns.address(row()),
                createdAt: try row(), carrier: try row(), item: try OrderItem(row: &row))
        }
        return joined(rows).sorted { ($0.id < $1.id) != descending }
    }

    /// Puts lines of one order together, in the order in which they were placed.
    private static func joined(_ rows: [VendorOrder]) -> [VendorOrder] {
        Dictionary(grouping: rows, by: \.id).values.compactMap { parts in
            let parts = parts.sorted { ($0.items.first?.id.rawValue ?? 0) < ($1.items.first?.id.rawValue ?? 0) }
            guard var whole = parts.first else { return nil }
            whole.items = parts.flatMap(\.items)
            whole.carrier = parts.last { !$0.carrier.isEmpty }?.carrier ?? ""
            return whole
        }
    }

    /// The columns of `OrderItem` as those of `order_items i`.
    private static let lineColumns: Query = """
        i.id, i.product_id, i.variant_key, i.product_name, i.sku, i.options, i.vendor_id, i.tax_class, i.quantity,
        i.price, i.subtotal, i.discount, i.tax, i.status, i.tracking_number, i.shipped_quantity, i.delivered_quantity,
        i.returned_quantity, i.refunded_quantity, i.tax_rate, i.tax_name, i.cancelled_quantity
        """

    /// Returns whether a user's order holds something of a vendor's of which at least a unit has been delivered.
    static func hasReceived(
        _ order: OrderID, by user: UserID, of vendor: VendorID, _ connection: Connection
    ) throws -> Bool {
        try connection.value(
            """
            SELECT COUNT(*) FROM orders o JOIN order_items i ON i.order_id = o.id
            WHERE o.id = \(order) AND o.user_id = \(user) AND i.vendor_id = \(vendor) AND i.delivered_quantity > 0
            """, as: Int.self) ?? 0 > 0
    }
}

extension VendorOrder {
    fileprivate init(
        id: OrderID, number: String, currency: String, shippingAddress: PostalAddress, createdAt: Timestamp,
        carrier: String, item: OrderItem
    ) {
        self.init(
            id: id, number: number, currency: currency, shippingAddress: shippingAddress, carrier: carrier,
            createdAt: createdAt, items: [item])
    }
}

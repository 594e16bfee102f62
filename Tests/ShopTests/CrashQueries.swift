import Primitives
import SQL

/// What must hold in the rows of a shop at any moment, whatever happened to its process.
enum CrashQueries {
    /// Returns every rule that is broken, with how many rows break it.
    static func broken(_ connection: Connection) throws -> [String] {
        try rules.compactMap { name, query in
            let count = try connection.value(query, as: Int.self) ?? 0
            return count == 0 ? nil : "\(name): \(count)"
        }
    }

    static func orderNumbers(_ connection: Connection) throws -> Set<String> {
        Set(try connection.column("SELECT order_number FROM orders", as: String.self))
    }

    /// Returns the subjects of all mails that confirm an order, doubles included.
    static func confirmations(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT subject FROM mailbox WHERE subject LIKE 'Your order %'", as: String.self)
    }

    /// Returns the texts of all text messages, doubles included.
    static func textMessages(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT text_content FROM mailbox WHERE channel = 'sms'", as: String.self)
    }

    static func textMessageCount(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM mailbox WHERE channel = 'sms'", as: Int.self) ?? 0
    }

    private static let rules: [(String, Query)] = [
        (
            "orders without both of their lines",
            """
            SELECT COUNT(*) FROM orders o WHERE (SELECT COUNT(*) FROM order_items i WHERE i.order_id = o.id) <> 2
            """
        ),
        (
            "orders whose lines do not add up",
            """
            SELECT COUNT(*) FROM orders o
            WHERE o.subtotal <> (SELECT SUM(i.subtotal) FROM order_items i WHERE i.order_id = o.id)
            """
        ),
        (
            "orders without a history",
            """
            SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id)
            """
        ),
        (
            "order lines without their reservation",
            """
            SELECT COUNT(*) FROM order_items i WHERE i.quantity <> COALESCE((SELECT SUM(r.quantity) FROM reservations r
            WHERE r.order_id = i.order_id AND r.product_id = i.product_id AND r.state = 'held'), 0)
            """
        ),
        (
            "reservations without their order",
            """
            SELECT COUNT(*) FROM reservations r WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = r.order_id)
            """
        ),
        (
            "stock rows that hold another number than is reserved",
            """
            SELECT COUNT(*) FROM stock s WHERE s.reserved <> COALESCE((SELECT SUM(r.quantity) FROM reservations r
            WHERE r.product_id = s.product_id AND r.variant_key = s.variant_key AND r.warehouse_id = s.warehouse_id
            AND r.state = 'held'), 0)
            """
        ),
        (
            "totals that are not the sum of their stock rows",
            """
            SELECT COUNT(*) FROM stock_totals t
            WHERE t.reserved <> (SELECT SUM(s.reserved) FROM stock s
            WHERE s.product_id = t.product_id AND s.variant_key = t.variant_key)
            OR t.on_hand <> (SELECT SUM(s.on_hand) FROM stock s
            WHERE s.product_id = t.product_id AND s.variant_key = t.variant_key)
            """
        ),
        (
            "orders more or fewer than carts that became one",
            """
            SELECT ABS((SELECT COUNT(*) FROM orders) - (SELECT COUNT(*) FROM carts WHERE status = 'ordered'))
            """
        ),
    ]
}

import Commerce
import Modules
import SQL

/// Takes a person out of their orders. The books keep their amounts; an order with an invoice keeps its names, because
/// the law demands that invoices are kept, and is listed.
enum OrderErasureQueries {
    /// What goes into a user's archive.
    static let archive: [ArchivePart] = [
        ArchivePart(
            "orders",
            [
                "order_number", "email", "status", "payment_status", "payment_method", "currency", "subtotal",
                "discount_amount", "shipping_cost", "tax", "total", "coupon_code", "shipping_address",
                "billing_address", "notes", "created_at",
            ]
        ) { "orders \($0.own)" },
        ArchivePart(
            "order_items", ["order_id", "product_name", "sku", "quantity", "price", "subtotal", "discount", "tax"]
        ) { "order_items WHERE order_id IN \(orders(of: $0)) ORDER BY id" },
        ArchivePart("returns", ["order_id", "kind", "status", "note", "refund_amount", "created_at"]) {
            "returns WHERE order_id IN \(orders(of: $0)) ORDER BY id"
        },
    ]

    private static func orders(of user: ArchivedUser) -> Query {
        "(SELECT id FROM orders WHERE user_id = \(user.id))"
    }

    /// Whether an order `o` has not come to its end: goods, money or a return are under way. Money for one that was
    /// never invoiced has to be refunded first.
    private static let isUnderWay: Query = """
        (o.status IN ('pending', 'processing', 'shipped')
        OR (o.status = 'delivered' AND o.total > 0 AND o.payment_status IN ('pending', 'authorized', 'failed'))
        OR (o.status = 'cancelled' AND o.total > 0 AND o.payment_status IN ('authorized', 'paid')
        AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.order_id = o.id))
        OR EXISTS (SELECT 1 FROM returns r WHERE r.order_id = o.id AND r.status IN ('requested', 'approved')))
        """

    /// Returns all orders of a user, and those of a guest under an address for as long as it was theirs.
    static func orders(of user: ErasedUser, _ connection: Connection) throws -> [OrderID] {
        let own = try connection.column("SELECT id FROM orders WHERE user_id = \(user.id)", as: OrderID.self)
        let guests = try user.addresses.flatMap { address in
            try connection.column(
                """
                SELECT id FROM orders WHERE email = \(address.email) AND user_id IS NULL
                AND created_at <= \(address.until)
                """, as: OrderID.self)
        }
        return Set(own + guests).sorted { $0.rawValue < $1.rawValue }
    }

    /// Returns those of `orders` of which something has not left yet.
    static func unsent(_ orders: [OrderID], _ connection: Connection) throws -> [OrderID] {
        try connection.column(
            "SELECT id FROM orders WHERE id IN (\(list: orders)) AND status IN ('pending', 'processing') ORDER BY id")
    }

    /// Marks orders to be erased when they have come to their end.
    static func hold(_ orders: [OrderID], _ tx: Transaction) throws {
        let rows = orders.map { [SQLValue].row($0) }
        try tx.execute("\(tx.dialect.insertOrIgnore) erasure_orders (order_id) VALUES \(rows: rows)")
    }

    /// Returns at most `limit` orders of erased people that have come to their end.
    static func ended(limit: Int, _ connection: Connection) throws -> [OrderID] {
        try connection.column(
            """
            SELECT e.order_id FROM erasure_orders e JOIN orders o ON o.id = e.order_id WHERE NOT \(isUnderWay)
            ORDER BY e.order_id LIMIT \(limit)
            """)
    }

    static func found(_ ids: [OrderID], _ connection: Connection) throws -> [ErasedOrder] {
        try connection.all("SELECT id, order_number, user_id, email FROM orders WHERE id IN (\(list: ids)) ORDER BY id")
    }

    static func finish(_ ids: [OrderID], _ tx: Transaction) throws {
        try tx.execute("DELETE FROM erasure_orders WHERE order_id IN (\(list: ids))")
    }

    /// Takes names out of orders that no invoice needs them in, and out of all of them what was written beside.
    static func erase(_ ids: [OrderID], _ tx: Transaction) throws {
        let orders: Query = "(\(list: ids))"
        let nowhere = #"{"full_name":"","country":""}"#
        try tx.execute(
            """
            UPDATE orders SET email = '', shipping_address = \(nowhere), billing_address = \(nowhere)
            WHERE id IN \(orders) AND id NOT IN
            (SELECT order_id FROM invoices WHERE order_id IN \(orders) AND series = 'invoice')
            """)
        try tx.execute("UPDATE orders SET access_token_hash = '', notes = '' WHERE id IN \(orders)")
        try tx.execute("UPDATE order_events SET note = '' WHERE order_id IN \(orders)")
        try tx.execute("UPDATE order_notes SET text = '' WHERE order_id IN \(orders)")
        try tx.execute("UPDATE shipments SET note = '' WHERE order_id IN \(orders)")
        let returns = try tx.column("SELECT id FROM returns WHERE order_id IN \(orders)", as: ReturnID.self)
        guard !returns.isEmpty else { return }
        try tx.execute("UPDATE returns SET note = '', staff_note = '' WHERE id IN (\(list: returns))")
        try tx.execute("UPDATE return_items SET reason = '' WHERE return_id IN (\(list: returns))")
    }

    /// Returns the beginnings of the paths under which staff changed orders and their returns.
    static func paths(of orders: [ErasedOrder], _ connection: Connection) throws -> [String] {
        let returns = try connection.column(
            "SELECT id FROM returns WHERE order_id IN (\(list: orders.map(\.id)))", as: ReturnID.self)
        let keys = orders.flatMap { ["\($0.id)", $0.number] }
        return keys.flatMap { ["/api/admin/orders/\($0)/", "/api/orders/\($0)/"] }
            + returns.map { "/api/admin/returns/\($0)/" }
    }

    /// Returns the numbers of invoices that keep the names of a person.
    static func retained(_ email: String, _ connection: Connection) throws -> [String] {
        try connection.all(
            """
            SELECT i.year, i.sequence, o.order_number FROM invoices i JOIN orders o ON o.id = i.order_id
            WHERE o.email = \(email) AND i.series = 'invoice' ORDER BY i.year, i.sequence
            """
        ) { "invoice \(try $0(Int.self))/\(try $0(Int.self)) of order \(try $0(String.self))" }
    }

    /// Returns the orders of a person that are erased when they have come to their end, in words.
    static func underWay(_ email: String, _ connection: Connection) throws -> [String] {
        try connection.all(
            """
            SELECT o.order_number, o.status, o.payment_status FROM erasure_orders e JOIN orders o ON o.id = e.order_id
            WHERE o.email = \(email) ORDER BY o.id
            """
        ) { "order \(try $0(String.self)) (\(try $0(String.self)), payment \(try $0(String.self)))" }
    }

    /// Returns how many rows of a table with one row for each order may name a person: those of orders that are
    /// invoiced or under way.
    static func rowsKept(_ email: String, _ connection: Connection) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) FROM orders WHERE email = \(email)
            AND (id IN (SELECT order_id FROM invoices WHERE series = 'invoice')
            OR id IN (SELECT order_id FROM erasure_orders))
            """) ?? 0
    }
}

extension ErasedOrder: RowDecodable {
    /// Decodes id, number, user and e-mail.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.init(id: try row(), number: try row(), user: try row(), email: try row())
    }
}

import Commerce
import SQL

/// Statements that read the tables which the demo shop fills.
enum DemoQueries {
    static func productCount(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM products") ?? 0
    }

    static func orderCount(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM orders") ?? 0
    }

    /// Returns those of these addresses that are users'.
    static func users(among emails: [String], _ connection: Connection) throws -> Set<String> {
        guard !emails.isEmpty else { return [] }
        return Set(try connection.column("SELECT email FROM users WHERE email IN (\(list: emails))", as: String.self))
    }

    static func user(_ email: String, _ connection: Connection) throws -> UserID? {
        try connection.value("SELECT id FROM users WHERE email = \(email)", as: UserID.self)
    }

    /// Returns those of these SKUs, in lower case, that something has.
    static func skus(among skus: [String], _ connection: Connection) throws -> Set<String> {
        guard !skus.isEmpty else { return [] }
        return Set(try connection.column("SELECT sku FROM skus WHERE sku IN (\(list: skus))", as: String.self))
    }

    /// Returns the ids of categories that are there by name.
    static func categories(_ connection: Connection) throws -> [String: CategoryID] {
        let rows: [(String, CategoryID)] = try connection.tuples("SELECT name, id FROM categories ORDER BY id")
        return Dictionary(rows) { first, _ in first }
    }

    /// Returns who got which product delivered, the earliest orders first.
    static func deliveries(
        _ connection: Connection
    ) throws -> [(user: UserID, email: String, product: ProductID)] {
        try connection.all(
            """
            SELECT o.user_id, u.email, i.product_id FROM orders o JOIN order_items i ON i.order_id = o.id
            JOIN users u ON u.id = o.user_id JOIN products p ON p.id = i.product_id
            WHERE i.delivered_quantity > 0 AND p.is_listed = 1
            GROUP BY o.user_id, u.email, i.product_id ORDER BY MIN(o.id), i.product_id
            """
        ) { (try $0(), try $0(), try $0()) }
    }

    /// Returns the stock rows of the demo's goods from which no more than `few` units can be bought.
    static func stock(atMost few: Int, _ connection: Connection) throws -> [StockID] {
        try connection.column(
            "SELECT id FROM stock WHERE on_hand - reserved <= \(few) ORDER BY id", as: StockID.self)
    }

    /// Returns sellables of these products that can be bought, a few for each order.
    static func sellables(of products: [ProductID], _ connection: Connection) throws -> [SellableID] {
        let query: Query = """
            SELECT product_id, variant_key FROM stock_totals
            WHERE product_id IN (\(list: products)) AND on_hand - reserved >= 10 ORDER BY product_id, variant_key
            """
        return try connection.all(query) { SellableID(product: try $0(), variantKey: try $0()) }
    }
}

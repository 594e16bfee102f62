import Commerce
import SQL

/// What the demo shop asks of the tables it fills.
enum DemoQueries {
    static func productCount(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM products") ?? 0
    }

    /// Sellables of these products that can be bought, a few of each order's worth.
    static func sellables(of products: [ProductID], _ connection: Connection) throws -> [SellableID] {
        let query: Query = """
            SELECT product_id, variant_key FROM stock_totals
            WHERE product_id IN (\(list: products)) AND on_hand - reserved >= 10 ORDER BY product_id, variant_key
            """
        return try connection.rows(query).map { try SellableID(product: $0[0], variantKey: $0[1]) }
    }
}

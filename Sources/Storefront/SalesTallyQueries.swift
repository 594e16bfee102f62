import Commerce
import Primitives
import SQL

/// The statements of `product_sales`.
enum SalesTallyQueries {
    private static let rowsPerInsert = 500

    /// Counts the units of orders placed since a moment that were not canceled, less what came back, by product.
    static func sold(since start: Timestamp, _ connection: Connection) throws -> [Int64: Int64] {
        try counts(
            """
            SELECT i.product_id, CAST(SUM(i.quantity - i.refunded_quantity) AS SIGNED) FROM orders o
            JOIN order_items i ON i.order_id = o.id WHERE o.created_at >= \(start) AND o.status <> 'cancelled'
            AND i.status <> 'cancelled' GROUP BY i.product_id
            """, connection)
    }

    /// Replaces all counts by these and returns how many changed.
    static func write(_ sold: [Int64: Int64], _ tx: Transaction) throws -> Int {
        let known = try counts("SELECT product_id, units_90d FROM product_sales", tx)
        let changed = sold.filter { known[$0.key] != $0.value }
        let gone = known.keys.filter { sold[$0] == nil }
        for chunk in changed.sorted(by: { $0.key < $1.key }).chunked(by: rowsPerInsert) {
            try tx.execute(
                """
                INSERT INTO product_sales (product_id, units_90d)
                VALUES \(rows: chunk.map { [.integer($0.key), .integer($0.value)] })
                \(tx.dialect.onConflict("product_id")) units_90d = \(tx.dialect.excluded("units_90d"))
                """)
        }
        for chunk in gone.sorted().chunked(by: rowsPerInsert) {
            try tx.execute("DELETE FROM product_sales WHERE product_id IN (\(list: chunk))")
        }
        return changed.count + gone.count
    }

    private static func counts(_ query: Query, _ connection: Connection) throws -> [Int64: Int64] {
        Dictionary(uniqueKeysWithValues: try connection.tuples(query))
    }
}

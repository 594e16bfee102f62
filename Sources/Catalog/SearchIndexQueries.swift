import Commerce
import SQL

/// The statements of `search_index`.
enum SearchIndexQueries {
    /// Returns whether the index is being filled, or was filled by other rules than those of `version`.
    static func isBehind(_ version: Int, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT COUNT(*) FROM search_index WHERE version <> \(version) OR next_product IS NOT NULL", as: Int.self
        ) ?? 0 > 0
    }

    /// Locks the index and returns the last product that is indexed by the rules of `version`, 0 before the first; nil
    /// when all are.
    static func progress(toward version: Int, _ tx: Transaction) throws -> Int64? {
        let state = try tx.tuple(
            "SELECT version, next_product FROM search_index WHERE slot = 1 \(tx.dialect.forUpdate)",
            as: (Int, Int64?).self)
        guard let (filled, next) = state else { return nil }
        return filled == version ? next : 0
    }

    static func advance(to product: ProductID?, _ version: Int, _ tx: Transaction) throws {
        try tx.execute("UPDATE search_index SET version = \(version), next_product = \(product) WHERE slot = 1")
    }

    /// Locks and returns the next products that are not deleted.
    static func products(after last: Int64, limit: Int, _ tx: Transaction) throws -> [Product] {
        try tx.all(
            """
            SELECT \(Product.columns) FROM products WHERE id > \(last) AND deleted_at IS NULL ORDER BY id LIMIT \(limit)
            \(tx.dialect.forUpdate)
            """)
    }

    /// Folds anew the name by which lists are ordered.
    static func setNameKey(_ product: Product, _ tx: Transaction) throws {
        let key = product.draft.nameKey
        try tx.execute("UPDATE products SET name_key = \(key) WHERE id = \(product.id) AND name_key <> \(key)")
    }
}

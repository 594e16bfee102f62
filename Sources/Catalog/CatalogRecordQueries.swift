import Commerce
import SQL

/// Reads whole rows of the catalog for bulk reads and writes, which name products by SKU.
public enum CatalogRecordQueries {
    /// Returns what is sold under `sku` now; nil where no live product or variant carries it.
    ///
    /// - Throws: `SQLError`.
    public static func sellable(sku: String, _ connection: Connection) throws -> SellableID? {
        let holder = try connection.first(
            """
            SELECT k.product_id, k.variant_key, COALESCE(v.sku, p.sku) FROM skus k
            JOIN products p ON p.id = k.product_id
            LEFT JOIN product_variants v ON v.id = k.variant_key
            WHERE k.sku = \(SKUQueries.key(sku)) AND p.deleted_at IS NULL
            AND (k.variant_key = 0 OR v.deleted_at IS NULL)
            """
        ) { (id: SellableID(product: try $0(), variantKey: try $0()), sku: try $0(String.self)) }
        guard let holder, SKUQueries.key(holder.sku) == SKUQueries.key(sku) else { return nil }
        return holder.id
    }

    /// Returns the product with this id; nil where there is none or it is deleted.
    ///
    /// - Throws: `SQLError`.
    public static func product(_ id: ProductID, _ connection: Connection) throws -> Product? {
        try connection.first(
            "SELECT \(Product.columns) FROM products WHERE id = \(id) AND deleted_at IS NULL")
    }

    /// Returns a product's variants that are not deleted, in their order.
    ///
    /// - Throws: `SQLError`.
    public static func variants(of product: ProductID, _ connection: Connection) throws -> [ProductVariant] {
        try VariantQueries.all(of: product, connection)
    }

    /// Returns the next products in the order of their SKUs in lower case, behind `sku`.
    ///
    /// - Throws: `SQLError`.
    public static func products(after sku: String, limit: Int, _ connection: Connection) throws -> (
        products: [Product], last: String?
    ) {
        let keys: [(sku: String, id: ProductID)] = try connection.all(
            """
            SELECT k.sku, k.product_id FROM skus k JOIN products p ON p.id = k.product_id
            WHERE k.sku > \(sku) AND k.variant_key = 0 AND p.deleted_at IS NULL ORDER BY k.sku LIMIT \(limit)
            """
        ) { (try $0(), try $0()) }
        guard let last = keys.last else { return ([], nil) }
        let found: [Product] = try connection.all(
            "SELECT \(Product.columns) FROM products WHERE id IN (\(list: keys.map(\.id)))")
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        // A product holds every SKU that it ever had; it stands in the row of the one that it has now.
        let products = keys.compactMap { key in
            byID[key.id].flatMap { SKUQueries.key($0.draft.sku) == key.sku ? $0 : nil }
        }
        return (products, last.sku)
    }

    /// Returns the variants of these products that are not deleted, by product, in their order.
    ///
    /// - Throws: `SQLError`.
    public static func variants(
        of products: [ProductID], _ connection: Connection
    ) throws -> [ProductID: [ProductVariant]] {
        guard !products.isEmpty else { return [:] }
        let found: [ProductVariant] = try connection.all(
            """
            SELECT \(ProductVariant.columns) FROM product_variants
            WHERE product_id IN (\(list: products)) AND deleted_at IS NULL ORDER BY product_id, position, id
            """)
        return Dictionary(grouping: found, by: \.productID)
    }
}

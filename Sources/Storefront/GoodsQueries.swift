import Catalog
import Commerce
import SQL

/// The statements by which rooms that know goods by id learn what they are called, and which are meant by a name.
public enum GoodsQueries {
    /// Returns what each of these is called, deleted ones too, as a ``SellableNameReader``.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func names(
        _ ids: [SellableID], _ connection: Connection
    ) throws -> [SellableID: SellableName] {
        let products = ids.filter { $0.variant == nil }.map(\.product)
        let variants = ids.compactMap(\.variant)
        guard !ids.isEmpty else { return [:] }
        let walk = connection.dialect.forceIndex("PRIMARY")
        let parts: [Query] = [
            products.isEmpty ? .empty : whole(products, walk), variants.isEmpty ? .empty : byVariant(variants, walk),
        ]
        let found = try connection.all(parts.joined(by: " UNION ALL ")) { row in
            (
                SellableID(product: try row(), variantKey: try row()),
                SellableName(product: try row(), sku: try row(), options: try VariantOption.list(row()))
            )
        }
        return Dictionary(found) { first, _ in first }
    }

    /// Returns what is sold under a SKU now; nil where nothing is.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func sellable(sku: String, _ connection: Connection) throws -> SellableID? {
        try CatalogRecordQueries.sellable(sku: sku, connection)
    }

    /// Returns a subselect of the ids of the products that have a text in their names.
    @Sendable public static func named(_ text: String) -> Query {
        "SELECT n.id FROM products n WHERE INSTR(n.name_key, \(ProductDraft.nameKey(of: text))) > 0"
    }

    private static func whole(_ ids: [ProductID], _ walk: Query) -> Query {
        "SELECT p.id, 0, p.name, p.sku, '[]' FROM products p \(walk) WHERE p.id IN (\(list: ids))"
    }

    private static func byVariant(_ ids: [VariantID], _ walk: Query) -> Query {
        """
        SELECT v.product_id, v.id, p.name, v.sku, v.options FROM product_variants v \(walk)
        JOIN products p ON p.id = v.product_id WHERE v.id IN (\(list: ids))
        """
    }
}

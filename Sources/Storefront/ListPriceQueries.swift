import Catalog
import Commerce
import SQL

/// The statements from which the prices in lists follow.
enum ListPriceQueries {
    /// Returns the variants of these products that are not deleted, by product.
    static func variants(
        of products: [ProductID], _ connection: Connection
    ) throws -> [ProductID: [ListPrices.Variant]] {
        guard !products.isEmpty else { return [:] }
        var found: [ProductID: [ListPrices.Variant]] = [:]
        let variants = try connection.all(
            """
            SELECT o.product_id, o.price, o.price_adjustment, o.is_active, EXISTS (SELECT 1 FROM stock_totals t
            WHERE t.product_id = o.product_id AND t.variant_key = o.id AND t.on_hand > t.reserved)
            FROM product_variants o WHERE o.product_id IN (\(list: products)) AND o.deleted_at IS NULL
            """
        ) { row in
            (
                product: try row(ProductID.self),
                variant: ListPrices.Variant(
                    price: VariantPrice(price: try row(), adjustment: try row()), isActive: try row(),
                    isAvailable: try row())
            )
        }
        for (product, variant) in variants { found[product, default: []].append(variant) }
        return found
    }

    /// Returns the prices between the lowest and the highest of products that have several.
    static func between(_ several: [ProductID], _ connection: Connection) throws -> [ProductID: [Money]] {
        guard !several.isEmpty else { return [:] }
        return try ProductPriceQueries.between(several.count > productsByID ? nil : several, connection)
    }

    /// The most products that are read by their ids; for more, the prices of all are read.
    private static let productsByID = 500
}

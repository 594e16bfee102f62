import Catalog
import Commerce
import Pictures
import SQL

/// The statements behind a product's own page: three, whatever belongs to it.
enum ProductDetailQueries {
    /// The readers of a product's page.
    enum Audience {
        /// Only what is listed, and active variants.
        case everyone
        /// All that is not deleted.
        case staff
    }

    /// Returns the product that `reference` names with all that belongs to it; nil where the audience sees none.
    static func read(
        _ reference: Reference, for audience: Audience, _ currency: Currency, baseURL: String,
        _ connection: Connection
    ) throws -> ProductDetail? {
        guard let found = try product(reference, for: audience, connection) else { return nil }
        let images = try ImageQueries.all(of: found.row.id, connection)
        let variants = try variants(of: found.row, for: audience, currency, baseURL: baseURL, connection)
        return ProductDetail(
            found.row.item(currency, baseURL: baseURL), basePrice: currency.price(found.row.basePrice), found.more,
            images: images.map { ImageBody($0, baseURL: baseURL) }, variants: variants)
    }

    private static func product(
        _ reference: Reference, for audience: Audience, _ connection: Connection
    ) throws -> Found? {
        let wanted: Query =
            switch reference {
            case .id(let id): "p.id = \(id)"
            case .slug(let slug): "p.slug = \(slug)"
            }
        let seen: Query = audience == .staff ? "p.deleted_at IS NULL" : "p.is_listed = 1"
        return try connection.first(
            "SELECT \(Found.columns) FROM products p \(ProductRow.joins) WHERE \(wanted) AND \(seen)")
    }

    private static func variants(
        of product: ProductRow, for audience: Audience, _ currency: Currency, baseURL: String,
        _ connection: Connection
    ) throws -> [VariantBody] {
        let seen: Query = audience == .staff ? "o.deleted_at IS NULL" : "o.is_active = 1 AND o.deleted_at IS NULL"
        let rows = try connection.rows(
            """
            SELECT o.id, o.sku, o.options, o.price, o.price_adjustment, o.is_active, o.version,
            COALESCE(t.on_hand - t.reserved, 0), o.image_key
            FROM product_variants o LEFT JOIN stock_totals t ON t.product_id = o.product_id AND t.variant_key = o.id
            WHERE o.product_id = \(product.id) AND \(seen) ORDER BY o.position, o.id
            """)
        return try rows.compactMap { row in
            let price = VariantPrice(price: try row[3], adjustment: try row[4])
            guard audience == .staff || price.isPayable(base: product.basePrice) else { return nil }
            let draft = VariantDraft(
                sku: try row[1], options: try VariantOption.list(row[2]), price: price, isActive: try row[5])
            return try VariantBody(
                id: try row[0], draft: draft, base: product.basePrice,
                image: (try row[8] as String?).map { MediaURL.of($0, baseURL) }, stockQuantity: try row[7],
                version: try row[6], currency: currency)
        }
    }

    private struct Found: RowDecodable {
        static let columns: Query = """
            \(ProductRow.columns), p.description, p.is_active, p.approval_status, p.tax_class, p.weight_grams,
            p.length_mm, p.width_mm, p.height_mm, p.version, p.created_at, p.updated_at
            """

        let row: ProductRow
        let more: ProductDetail.More

        /// Decodes the columns of `columns`, in their order.
        ///
        /// - Throws: `SQLError` of kind `.decoding`.
        init(row: Row) throws {
            self.row = try ProductRow(row: row)
            let first = ProductRow.width
            self.more = ProductDetail.More(
                description: try row[first], isActive: try row[first + 1], approval: try row[first + 2],
                taxClass: try row[first + 3], weight: try row[first + 4],
                dimensions: try ProductDimensions(row: row, from: first + 5), version: try row[first + 8],
                createdAt: try row[first + 9], updatedAt: try row[first + 10])
        }
    }
}

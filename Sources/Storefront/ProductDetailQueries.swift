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
        let variants = try connection.all(
            """
            SELECT o.id, o.sku, o.options, o.price, o.price_adjustment, o.is_active, o.image_key,
            COALESCE(t.on_hand - t.reserved, 0), o.version
            FROM product_variants o LEFT JOIN stock_totals t ON t.product_id = o.product_id AND t.variant_key = o.id
            WHERE o.product_id = \(product.id) AND \(seen) ORDER BY o.position, o.id
            """, as: FoundVariant.self)
        return try variants.compactMap { variant in
            guard audience == .staff || variant.draft.price.isPayable(base: product.basePrice) else { return nil }
            return try VariantBody(
                id: variant.id, draft: variant.draft, base: product.basePrice,
                image: variant.imageKey.map { MediaURL.of($0, baseURL) }, stockQuantity: variant.available,
                version: variant.version, currency: currency)
        }
    }

    private struct FoundVariant: RowDecodable {
        let id: VariantID
        let draft: VariantDraft
        let imageKey: String?
        let available: Int
        let version: Int

        init(row: inout RowReader) throws {
            id = try row()
            draft = VariantDraft(
                sku: try row(), options: try VariantOption.list(row()),
                price: VariantPrice(price: try row(), adjustment: try row()), isActive: try row())
            imageKey = try row()
            available = try row()
            version = try row()
        }
    }

    private struct Found: RowDecodable {
        static let columns: Query = "\(ProductRow.columns), \(ProductDetail.More.columns)"

        let row: ProductRow
        let more: ProductDetail.More

        init(row: inout RowReader) throws {
            self.row = try ProductRow(row: &row)
            more = try ProductDetail.More(row: &row)
        }
    }
}

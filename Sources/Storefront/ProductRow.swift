import Catalog
import Commerce
import Pictures
import SQL

/// A product as a list shows it, joined with what other apps store about it.
struct ProductRow: RowDecodable {
    static let columns: Query = """
        p.id, p.name, p.slug, p.sku, p.short_description, p.price_low, p.compare_at_price, c.id, c.name, c.slug,
        v.id, v.name, v.slug, p.image_key, \(StockSQL.available), r.rating_sum, r.rating_count, p.is_featured,
        p.price_high, p.price
        """

    /// The joins beside `products p` that `columns` reads from.
    static let joins: Query = """
        LEFT JOIN categories c ON c.id = p.category_id LEFT JOIN vendors v ON v.id = p.vendor_id
        LEFT JOIN product_ratings r ON r.product_id = p.id
        """

    let id: ProductID
    let name: String
    let slug: String
    let sku: String
    let shortDescription: String
    /// The lowest price at which it can be bought.
    let price: Money
    let priceMax: Money
    /// The product's own price, from which its variants' adjustments start.
    let basePrice: Money
    let compareAtPrice: Money?
    let category: CategoryLabel?
    let vendor: VendorLabel?
    let imageKey: String?
    let available: Int
    let rating: Rating
    let isFeatured: Bool

    init(row: inout RowReader) throws {
        id = try row()
        name = try row()
        slug = try row()
        sku = try row()
        shortDescription = try row()
        price = try row()
        compareAtPrice = try row()
        category = try row.optional(3) { CategoryLabel(id: try $0(), name: try $0(), slug: try $0()) }
        vendor = try row.optional(3) { VendorLabel(id: try $0(), name: try $0(), slug: try $0()) }
        imageKey = try row()
        available = try row()
        rating = Rating(sum: try row() ?? 0, count: try row() ?? 0)
        isFeatured = try row()
        priceMax = try row()
        basePrice = try row()
    }

    /// Returns the row as responses show it.
    func item(_ currency: Currency, baseURL: String) -> ProductItem {
        ProductItem(
            id: id, name: name, slug: slug, sku: sku, shortDescription: shortDescription, price: currency.price(price),
            priceMax: currency.price(priceMax), compareAtPrice: compareAtPrice.map(currency.price), category: category,
            vendor: vendor,
            image: imageKey.map { MediaURL.of($0, baseURL) }, stockQuantity: available, rating: rating,
            isFeatured: isFeatured)
    }
}

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

    /// The number of `columns`.
    static let width = 20

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

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: Row) throws {
        id = try row[0]
        name = try row[1]
        slug = try row[2]
        sku = try row[3]
        shortDescription = try row[4]
        price = try row[5]
        compareAtPrice = try row[6]
        category =
            row.raw(7) == .null ? nil : CategoryLabel(id: try row[7], name: try row[8], slug: try row[9])
        vendor = row.raw(10) == .null ? nil : VendorLabel(id: try row[10], name: try row[11], slug: try row[12])
        imageKey = try row[13]
        available = try row[14]
        rating = Rating(sum: try row[15] ?? 0, count: try row[16] ?? 0)
        isFeatured = try row[17]
        priceMax = try row[18]
        basePrice = try row[19]
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

import Commerce
import Pictures
import Primitives
import SQL
import Web

/// A category as products show it.
public struct CategoryLabel: Codable, Sendable, Hashable {
    public let id: CategoryID
    public let name: String
    public let slug: String

    public init(id: CategoryID, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

/// A vendor as products show it.
public struct VendorLabel: Codable, Sendable, Hashable {
    public let id: VendorID
    public let name: String
    public let slug: String

    public init(id: VendorID, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

/// A product in a list.
public struct ProductItem: ResponseBody {
    public var id: ProductID
    public var name: String
    public var slug: String
    public var sku: String
    public var shortDescription: String
    /// The lowest at which it can be bought; the lowest of all where nothing of it can.
    public var price: Price
    /// The highest of the same.
    public var priceMax: Price
    public var compareAtPrice: Price?
    public var currency: String
    public var category: CategoryLabel?
    public var vendor: VendorLabel?
    /// The whole URL of its first picture.
    public var image: String?
    public var inStock: Bool
    public var stockQuantity: Int
    /// 1 to 5 to two decimals; 0 where nobody has rated it.
    public var ratingAverage: Double
    public var ratingCount: Int
    public var isFeatured: Bool

    public init(
        id: ProductID, name: String, slug: String, sku: String, shortDescription: String, price: Price,
        priceMax: Price, compareAtPrice: Price?, category: CategoryLabel?, vendor: VendorLabel?, image: String?,
        stockQuantity: Int, rating: Rating, isFeatured: Bool
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.sku = sku
        self.shortDescription = shortDescription
        self.price = price
        self.priceMax = priceMax
        self.compareAtPrice = compareAtPrice
        self.currency = price.currency.code
        self.category = category
        self.vendor = vendor
        self.image = image
        self.inStock = stockQuantity > 0
        self.stockQuantity = stockQuantity
        self.ratingAverage = rating.average
        self.ratingCount = rating.count
        self.isFeatured = isFeatured
    }

    enum CodingKeys: String, CodingKey {
        case id, name, slug, sku
        case shortDescription = "short_description"
        case price
        case priceMax = "price_max"
        case compareAtPrice = "compare_at_price"
        case currency, category, vendor, image
        case inStock = "in_stock"
        case stockQuantity = "stock_quantity"
        case ratingAverage = "rating_average"
        case ratingCount = "rating_count"
        case isFeatured = "is_featured"
    }
}

/// What shoppers think of a product: the stars they gave and how many gave them.
public struct Rating: Sendable, Hashable {
    public let sum: Int
    public let count: Int

    public init(sum: Int, count: Int) {
        self.sum = sum
        self.count = count
    }

    /// To two decimals; 0 where there is none.
    public var average: Double {
        count == 0 ? 0 : (Double(sum) / Double(count) * 100).rounded() / 100
    }
}

/// A picture of a product.
public struct ImageBody: ResponseBody {
    public let id: ImageID
    /// Its whole URL.
    public let image: String
    /// Its whole URLs by the longest side in pixels.
    public let sizes: PictureURLs
    /// The variant that it shows; null for the product as such.
    public let variantID: VariantID?
    public let altText: String
    public let displayOrder: Int
    public let width: Int
    public let height: Int
    public let version: Int

    public init(_ image: ProductImage, baseURL: String) {
        self.id = image.id
        self.image = MediaURL.of(image.key, baseURL)
        self.sizes = PictureURLs(image.key, baseURL: baseURL)
        self.variantID = image.variantID
        self.altText = image.altText
        self.displayOrder = image.displayOrder
        self.width = image.width
        self.height = image.height
        self.version = image.version
    }

    enum CodingKeys: String, CodingKey {
        case id, image, sizes
        case variantID = "variant_id"
        case altText = "alt_text"
        case displayOrder = "display_order"
        case width, height, version
    }
}

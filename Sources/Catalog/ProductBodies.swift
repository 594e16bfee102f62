import Commerce
import Pictures
import Primitives
import SQL
import Web

/// The category of a product, as products show it.
public struct CategoryLabel: Codable, Sendable, Hashable {
    /// The id of the category, by which requests name it.
    public let id: CategoryID
    /// The name shown to shoppers.
    public let name: String
    /// The unique name in URLs.
    public let slug: String

    /// Names a category by the values of its row.
    public init(id: CategoryID, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

/// The vendor of a product, as products show it.
public struct VendorLabel: Codable, Sendable, Hashable {
    /// The id of the vendor, by which requests name it.
    public let id: VendorID
    /// The name shown to shoppers.
    public let name: String
    /// The unique name in URLs.
    public let slug: String

    /// Names a vendor by the values of its row.
    public init(id: VendorID, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

/// A product in a list.
public struct ProductItem: ResponseBody {
    /// The id of the product, by which requests name it.
    public var id: ProductID
    /// The name shown to shoppers, at most 255 characters.
    public var name: String
    /// The unique name in URLs, which requests may use in place of the id.
    public var slug: String
    /// The product's own SKU; its variants have others.
    public var sku: String
    /// The text for lists, at most 500 characters; may be empty.
    public var shortDescription: String
    /// The lowest price at which it can be bought; the lowest of all its prices where it is sold out.
    public var price: Price
    /// The highest price at which it can be bought; the highest of all its prices where it is sold out.
    public var priceMax: Price
    /// The price before a reduction; null where there is none.
    public var compareAtPrice: Price?
    /// The ISO 4217 code of all prices of the product.
    public var currency: String
    /// The category; null where the product is in none.
    public var category: CategoryLabel?
    /// The vendor; null for the shop's own goods.
    public var vendor: VendorLabel?
    /// The whole URL of its first picture.
    public var image: String?
    /// Whether ``stockQuantity`` is above 0.
    public var inStock: Bool
    /// The units that can be bought now, over all variants.
    public var stockQuantity: Int
    /// 1 to 5 to two decimals; 0 where nobody has rated it.
    public var ratingAverage: Double
    /// The number of ratings.
    public var ratingCount: Int
    /// Whether staff recommend it.
    public var isFeatured: Bool

    /// Creates an item; `stockQuantity` counts the units that can be bought, from which ``inStock`` follows.
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
}

/// The ratings of a product, as sum and count.
public struct Rating: Sendable, Hashable {
    /// The sum of the stars given, 1 to 5 a rating.
    public let sum: Int
    /// The number of ratings.
    public let count: Int

    /// Creates a rating from the sum of stars and the number of ratings.
    public init(sum: Int, count: Int) {
        self.sum = sum
        self.count = count
    }

    /// The mean number of stars, rounded to two decimals; 0 where there are no ratings.
    public var average: Double {
        count == 0 ? 0 : (Double(sum) / Double(count) * 100).rounded() / 100
    }
}

/// A picture of a product.
public struct ImageBody: ResponseBody {
    /// The id of the picture, by which requests name it.
    public let id: ImageID
    /// The whole URL of the picture as it was stored.
    public let image: String
    /// Its whole URLs by the longest side in pixels.
    public let sizes: PictureURLs
    /// The variant that it shows; null for the product as such.
    public let variantID: VariantID?
    /// The alternative text, at most 255 characters; may be empty.
    public let altText: String
    /// The place among the product's pictures: the lowest comes first and stands in lists.
    public let displayOrder: Int
    /// The width of the stored picture in pixels.
    public let width: Int
    /// The height of the stored picture in pixels.
    public let height: Int
    /// The version to send as `If-Match` with a change.
    public let version: Int

    /// Shows `image` with URLs that begin with `baseURL`.
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
}

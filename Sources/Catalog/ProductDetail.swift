import Commerce
import Primitives
import SQL
import Web

/// A product with all that belongs to it.
public struct ProductDetail: ResponseBody {
    public let id: ProductID
    public let name: String
    public let slug: String
    public let sku: String
    public let shortDescription: String
    public let description: String
    /// The lowest at which it can be bought; the lowest of all where nothing of it can.
    public let price: Price
    /// The highest of the same.
    public let priceMax: Price
    /// Its own price, which writing it sets and its variants' adjustments start from.
    public let basePrice: Price
    public let compareAtPrice: Price?
    public let currency: String
    public let category: CategoryLabel?
    public let vendor: VendorLabel?
    public let image: String?
    public let images: [ImageBody]
    public let variants: [VariantBody]
    public let inStock: Bool
    public let stockQuantity: Int
    public let ratingAverage: Double
    public let ratingCount: Int
    public let isFeatured: Bool
    public let isActive: Bool
    public let approvalStatus: ApprovalStatus
    public let taxClass: String
    /// Decimal text in `weightUnit`.
    public let weight: String?
    public let weightUnit: String
    public let dimensions: DimensionsBody?
    public let version: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    /// A detail is its list item and what lists leave out.
    public init(
        _ item: ProductItem, basePrice: Price, _ more: More, images: [ImageBody], variants: [VariantBody]
    ) {
        self.id = item.id
        self.name = item.name
        self.slug = item.slug
        self.sku = item.sku
        self.shortDescription = item.shortDescription
        self.description = more.description
        self.price = item.price
        self.priceMax = item.priceMax
        self.basePrice = basePrice
        self.compareAtPrice = item.compareAtPrice
        self.currency = item.currency
        self.category = item.category
        self.vendor = item.vendor
        self.image = item.image
        self.images = images
        self.variants = variants
        self.inStock = item.inStock
        self.stockQuantity = item.stockQuantity
        self.ratingAverage = item.ratingAverage
        self.ratingCount = item.ratingCount
        self.isFeatured = item.isFeatured
        self.isActive = more.isActive
        self.approvalStatus = more.approval
        self.taxClass = more.taxClass
        self.weight = more.weight.map { DecimalText.of($0, decimals: 3) }
        self.weightUnit = "kg"
        self.dimensions = more.dimensions.map(DimensionsBody.init)
        self.version = more.version
        self.createdAt = more.createdAt
        self.updatedAt = more.updatedAt
    }

    /// What a detail has beside its list item.
    public struct More: Sendable {
        public let description: String
        public let isActive: Bool
        public let approval: ApprovalStatus
        public let taxClass: String
        /// Grams.
        public let weight: Int?
        public let dimensions: ProductDimensions?
        public let version: Int
        public let createdAt: Timestamp
        public let updatedAt: Timestamp

        public init(
            description: String, isActive: Bool, approval: ApprovalStatus, taxClass: String, weight: Int?,
            dimensions: ProductDimensions?, version: Int, createdAt: Timestamp, updatedAt: Timestamp
        ) {
            self.description = description
            self.isActive = isActive
            self.approval = approval
            self.taxClass = taxClass
            self.weight = weight
            self.dimensions = dimensions
            self.version = version
            self.createdAt = createdAt
            self.updatedAt = updatedAt
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, name, slug, sku
        case shortDescription = "short_description"
        case description, price
        case priceMax = "price_max"
        case basePrice = "base_price"
        case compareAtPrice = "compare_at_price"
        case currency, category, vendor, image, images, variants
        case inStock = "in_stock"
        case stockQuantity = "stock_quantity"
        case ratingAverage = "rating_average"
        case ratingCount = "rating_count"
        case isFeatured = "is_featured"
        case isActive = "is_active"
        case approvalStatus = "approval_status"
        case taxClass = "tax_class"
        case weight
        case weightUnit = "weight_unit"
        case dimensions, version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// The size of a product's parcel.
public struct DimensionsBody: Codable, Sendable, Hashable {
    /// Decimal text in `unit`.
    public let length: String
    public let width: String
    public let height: String
    public let unit: String

    init(_ dimensions: ProductDimensions) {
        self.length = DecimalText.of(dimensions.length, decimals: 1)
        self.width = DecimalText.of(dimensions.width, decimals: 1)
        self.height = DecimalText.of(dimensions.height, decimals: 1)
        self.unit = "cm"
    }
}

/// Whole numbers of a small unit as decimal text of a larger one.
enum DecimalText {
    /// `number` of 10^-`decimals`: 350 with three decimals is `0.350`. `number` must not be negative.
    static func of(_ number: Int, decimals: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

/// Reads a product as staff see it, with stock and rating, for the answers of what writes it.
///
/// Throws `NotFound` where the product is deleted.
public typealias ProductReader = @Sendable (ProductID, APIRequest, Connection) throws -> ProductDetail

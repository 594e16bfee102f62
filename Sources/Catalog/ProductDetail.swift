import Commerce
import Primitives
import SQL
import Web

/// A product with its pictures, variants, stock and rating.
public struct ProductDetail: ResponseBody {
    /// The id of the product, by which requests name it.
    public let id: ProductID
    /// The name shown to shoppers, at most 255 characters.
    public let name: String
    /// The unique name in URLs, which requests may use in place of the id.
    public let slug: String
    /// The product's own SKU; its variants have others.
    public let sku: String
    /// The text for lists, at most 500 characters; may be empty.
    public let shortDescription: String
    /// The text for the product's page; may be empty.
    public let description: String
    /// The lowest price at which it can be bought; the lowest of all its prices where it is sold out.
    public let price: Price
    /// The highest price at which it can be bought; the highest of all its prices where it is sold out.
    public let priceMax: Price
    /// The product's own price: the one that requests set, and that its variants' adjustments start from.
    public let basePrice: Price
    /// The price before a reduction; null where there is none.
    public let compareAtPrice: Price?
    /// The ISO 4217 code of all prices of the product.
    public let currency: String
    /// The category; null where the product is in none.
    public let category: CategoryLabel?
    /// The vendor; null for the shop's own goods.
    public private(set) var vendor: VendorLabel?
    /// The whole URL of the first picture; null where there is none.
    public let image: String?
    /// The pictures in their order.
    public let images: [ImageBody]
    /// The variants in their order; empty where the product is sold under its own id.
    public let variants: [VariantBody]
    /// Whether ``stockQuantity`` is above 0.
    public let inStock: Bool
    /// The units that can be bought now, over all variants.
    public let stockQuantity: Int
    /// The mean number of stars, 1 to 5 to two decimals; 0 without ratings.
    public let ratingAverage: Double
    /// The number of ratings.
    public let ratingCount: Int
    /// Whether staff recommend it.
    public let isFeatured: Bool
    /// Whether staff offer it.
    public let isActive: Bool
    /// The decision of staff; only approved products are public.
    public let approvalStatus: ApprovalStatus
    /// The code of its tax class.
    public let taxClass: String
    /// Decimal text with three places in `weightUnit`; null where the weight is not known.
    public let weight: String?
    /// Always `kg`.
    public let weightUnit: String
    /// The size of the parcel; null where it is not known.
    public let dimensions: DimensionsBody?
    /// The version to send as `If-Match` with a change.
    public let version: Int
    /// The moment of creation, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public let updatedAt: Timestamp

    /// Combines a list item with what lists leave out.
    public init(
        _ item: ProductItem, basePrice: Price, _ more: More, images: [ImageBody], variants: [VariantBody]
    ) {
        self.id = item.id
        self.name = item.name
        self.slug = item.slug
        self.sku = item.sku
        self.shortDescription = item.shortDescription
        self.description = more.draft.description
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
        self.isActive = more.draft.isActive
        self.approvalStatus = more.draft.approval
        self.taxClass = more.draft.taxClass
        self.weight = more.draft.weight.map { DecimalText.of($0, decimals: 3) }
        self.weightUnit = "kg"
        self.dimensions = more.draft.dimensions.map(DimensionsBody.init)
        self.version = more.version
        self.createdAt = more.createdAt
        self.updatedAt = more.updatedAt
    }

    /// The product with its vendor's id alone, as the audit keeps it: a name there could not be found to be erased.
    public var withoutVendorName: ProductDetail {
        var product = self
        product.vendor = vendor.map { VendorLabel(id: $0.id, name: "", slug: "") }
        return product
    }

    /// What a detail has beside its list item.
    public struct More: RowDecodable {
        /// Columns of `products p`.
        public static let columns: Query = "\(ProductDraft.columns, of: "p"), p.version, p.created_at, p.updated_at"

        let draft: ProductDraft
        let version: Int
        let createdAt: Timestamp
        let updatedAt: Timestamp

        /// Decodes the columns of the draft, then version and times.
        ///
        /// - Throws: `SQLError` of kind `.decoding`.
        public init(row: inout RowReader) throws {
            draft = try ProductDraft(row: &row)
            version = try row()
            createdAt = try row()
            updatedAt = try row()
        }
    }
}

/// The size of a product's parcel.
public struct DimensionsBody: Codable, Sendable, Hashable {
    /// Decimal text with one place in `unit`.
    public let length: String
    /// Decimal text with one place in `unit`.
    public let width: String
    /// Decimal text with one place in `unit`.
    public let height: String
    /// Always `cm`.
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
    /// Writes `number` × 10^-`decimals`, where `number` is not negative: 350 with three decimals is `0.350`.
    static func of(_ number: Int, decimals: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

/// Reads a product as staff see it, with stock and rating, for the responses of the requests that write it.
///
/// Throws `NotFound` where the product is deleted, `SQLError`.
public typealias ProductReader = @Sendable (ProductID, APIRequest, Connection) throws -> ProductDetail

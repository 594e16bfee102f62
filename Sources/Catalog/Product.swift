import Commerce
import Primitives
import SQL

/// Whether a product may be shown, as staff decided.
public enum ApprovalStatus: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case pending
    case approved
    case rejected
}

/// The size of a parcel in millimetres.
public struct ProductDimensions: Sendable, Hashable {
    public let length: Int
    public let width: Int
    public let height: Int

    public init(length: Int, width: Int, height: Int) {
        self.length = length
        self.width = width
        self.height = height
    }
}

/// A product as its own row has it.
public struct Product: Sendable, Hashable {
    public let id: ProductID
    public let slug: String
    public let hasVariants: Bool
    /// What lists show: the lowest price at which it can be bought.
    public let listPrice: Money
    public let version: Int
    public let draft: ProductDraft

    /// What is bought under the product's own id, where it has no variants.
    public var sellable: SellableID { SellableID(id) }
}

/// What staff say of a product.
public struct ProductDraft: Sendable, Hashable {
    public var vendorID: VendorID?
    public var categoryID: CategoryID?
    public var name = ""
    public var sku = ""
    public var shortDescription = ""
    public var description = ""
    public var price = Money.zero
    /// The price before a reduction.
    public var compareAtPrice: Money?
    public var taxClass = "standard"
    /// Grams.
    public var weight: Int?
    public var dimensions: ProductDimensions?
    public var isActive = true
    public var isFeatured = false
    public var approval = ApprovalStatus.approved

    public init() {}
}

extension Product: RowDecodable {
    static let columns: Query = """
        id, slug, has_variants, version, vendor_id, category_id, name, sku, short_description, description, price,
        compare_at_price, tax_class, weight_grams, length_mm, width_mm, height_mm, is_active, is_featured, approval_status,
        price_low
        """

    public init(row: Row) throws {
        self.id = try row[0]
        self.slug = try row[1]
        self.hasVariants = try row[2]
        self.version = try row[3]
        var draft = ProductDraft()
        draft.vendorID = try row[4]
        draft.categoryID = try row[5]
        draft.name = try row[6]
        draft.sku = try row[7]
        draft.shortDescription = try row[8]
        draft.description = try row[9]
        draft.price = try row[10]
        draft.compareAtPrice = try row[11]
        draft.taxClass = try row[12]
        draft.weight = try row[13]
        draft.dimensions = try ProductDimensions(row: row, from: 14)
        draft.isActive = try row[17]
        draft.isFeatured = try row[18]
        draft.approval = try row[19]
        self.listPrice = try row[20]
        self.draft = draft
    }
}

extension ProductDimensions {
    /// Reads `length_mm, width_mm, height_mm` from column `index` on; nil where one is missing.
    public init?(row: Row, from index: Int) throws {
        let (length, width, height): (Int?, Int?, Int?) = try (row[index], row[index + 1], row[index + 2])
        guard let length, let width, let height else { return nil }
        self.init(length: length, width: width, height: height)
    }
}

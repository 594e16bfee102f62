import Commerce
import Primitives
import SQL

/// The decision of staff on whether a product may be shown.
public enum ApprovalStatus: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case pending
    case approved
    case rejected
}

/// The size of a parcel in millimeters.
public struct ProductDimensions: Sendable, Hashable {
    /// Millimeters.
    public let length: Int
    /// Millimeters.
    public let width: Int
    /// Millimeters.
    public let height: Int

    /// Creates a size from three lengths in millimeters.
    public init(length: Int, width: Int, height: Int) {
        self.length = length
        self.width = width
        self.height = height
    }
}

/// A product as its own row stores it.
public struct Product: Sendable, Hashable {
    /// The primary key, which stays with the row when the product is deleted.
    public let id: ProductID
    /// The unique name in URLs; it stays when the product is renamed.
    public let slug: String
    /// Whether it is sold by its variants; without any it is sold under its own id.
    public let hasVariants: Bool
    /// What lists show: the lowest price at which it can be bought.
    public let listPrice: Money
    /// Counts changes of the product, its variants and pictures, for `If-Match`.
    public let version: Int
    /// The properties that staff choose.
    public let draft: ProductDraft

    /// What is bought under the product's own id, where it has no variants.
    public var sellable: SellableID { SellableID(id) }
}

/// The properties of a product that staff choose.
public struct ProductDraft: Sendable, Hashable {
    /// The vendor whose goods these are; nil for the shop's own.
    public var vendorID: VendorID?
    /// The category that decides, with the product's own state, whether it is listed; nil only on a
    /// deleted product whose category went later.
    public var categoryID: CategoryID?
    /// The name shown to shoppers, 1 to 255 characters.
    public var name = ""
    /// The product's own SKU, 1 to 100 characters; compared without regard to case.
    public var sku = ""
    /// The text shown in lists, at most 500 characters.
    public var shortDescription = ""
    /// The text shown on the product's page.
    public var description = ""
    /// The product's own price, which its variants' adjustments start from.
    public var price = Money.zero
    /// The price before a reduction.
    public var compareAtPrice: Money?
    /// The code of the tax class, `standard` where none is chosen.
    public var taxClass = "standard"
    /// Grams.
    public var weight: Int?
    /// The size of the parcel; nil where it is not known.
    public var dimensions: ProductDimensions?
    /// Whether staff offer the product.
    public var isActive = true
    /// Whether staff recommend the product; lists can be ordered by it.
    public var isFeatured = false
    /// The decision of staff; only approved products are shown.
    public var approval = ApprovalStatus.approved

    /// Creates an active, approved draft without name, SKU or price.
    public init() {}
}

extension Product: RowDecodable {
    static let columns: Query = """
        id, slug, has_variants, version, vendor_id, category_id, name, sku, short_description, description, price,
        compare_at_price, tax_class, weight_grams, length_mm, width_mm, height_mm, is_active, is_featured, approval_status,
        price_low
        """

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
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
    /// Reads `length_mm, width_mm, height_mm` from column `index` on; nil where one is NULL.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init?(row: Row, from index: Int) throws {
        let (length, width, height): (Int?, Int?, Int?) = try (row[index], row[index + 1], row[index + 2])
        guard let length, let width, let height else { return nil }
        self.init(length: length, width: width, height: height)
    }
}

import Commerce
import Primitives
import SQL

/// The decision of staff on whether a product may be shown.
public enum ApprovalStatus: String, WireEnum {
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
    /// Whether its vendor may sell; true for the shop's own goods.
    let vendorSells: Bool
    /// The own price as staff last approved it; nil before they did.
    let approvedPrice: Money?
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
        id, slug, has_variants, version, price_low, vendor_sells, approved_price, \(ProductDraft.columns)
        """

    /// Decodes id, slug, variants, version, list price, vendor's state and approved price, then the columns of the
    /// draft.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        slug = try row()
        hasVariants = try row()
        version = try row()
        listPrice = try row()
        vendorSells = try row()
        approvedPrice = try row()
        draft = try ProductDraft(row: &row)
    }
}

extension ProductDraft: Record {
    /// The columns of `products` that a draft is read from and written to.
    public static let columns = Columns<ProductDraft>(
        .column("vendor_id", \.vendorID),
        .column("category_id", \.categoryID),
        .column("name", \.name),
        .derived("name_key") { $0.nameKey },
        .column("sku", \.sku),
        .column("short_description", \.shortDescription),
        .column("description", \.description),
        .column("price", \.price),
        .column("compare_at_price", \.compareAtPrice),
        .column("tax_class", \.taxClass),
        .column("weight_grams", \.weight),
        .columns(["length_mm", "width_mm", "height_mm"], \.dimensions, read: ProductDimensions.init) {
            [$0?.length, $0?.width, $0?.height]
        },
        .column("is_active", \.isActive),
        .column("is_featured", \.isFeatured),
        .column("approval_status", \.approval))
}

extension ProductDimensions {
    /// Reads `length_mm, width_mm, height_mm`; nil where one is missing.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init?(row: inout RowReader) throws {
        let (length, width, height): (Int?, Int?, Int?) = try (row(), row(), row())
        guard let length, let width, let height else { return nil }
        self.init(length: length, width: width, height: height)
    }
}

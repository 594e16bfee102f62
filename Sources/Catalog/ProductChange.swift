import Commerce

/// The changes that a request asks for in a product; nil leaves a value as it is, `.some(nil)` clears it.
public struct ProductChange: Sendable {
    /// The new name, 1 to 255 characters.
    public var name: String?
    /// The new SKU, 1 to 100 characters.
    public var sku: String?
    /// The new price, in the currency's minor units.
    public var price: Money?
    /// The own price of a product under the name by which it is read, beside the price that its variants come to.
    public var basePrice: Money?
    /// The category to move to, by id or slug.
    public var category: Reference?
    /// The vendor; `.some(nil)` makes the goods the shop's own.
    public var vendor: VendorID??
    /// The new text for lists, at most 500 characters.
    public var shortDescription: String?
    /// The new text for the product's page.
    public var description: String?
    /// The price before a reduction; `.some(nil)` ends the reduction.
    public var compareAtPrice: Money??
    /// The code of the tax class.
    public var taxClass: String?
    /// Grams.
    public var weight: Int??
    /// The size of the parcel in millimeters.
    public var dimensions: ProductDimensions??
    /// Whether staff offer the product.
    public var isActive: Bool?
    /// Whether staff recommend the product.
    public var isFeatured: Bool?
    /// The decision of staff on whether it may be shown.
    public var approval: ApprovalStatus?
    /// The name in addresses; nil keeps that of a product, and makes that of a new one of its name.
    public var slug: Slug?

    /// Creates a change of nothing.
    public init() {}

    /// Returns the change to make to a product that lists show at `listPrice`: where `price` only repeats that, as it
    /// was read, the base price beside it is what is meant.
    func withoutEcho(of listPrice: Money) -> ProductChange {
        guard let basePrice, price == nil || price == listPrice else { return self }
        var rest = self
        rest.price = basePrice
        return rest
    }

    /// Copies what was sent into `draft`, except the category, which has to be looked up.
    public func apply(to draft: inout ProductDraft) {
        if let name { draft.name = name }
        if let sku { draft.sku = sku }
        if let price { draft.price = price }
        if let vendor { draft.vendorID = vendor }
        if let shortDescription { draft.shortDescription = shortDescription }
        if let description { draft.description = description }
        if let compareAtPrice { draft.compareAtPrice = compareAtPrice }
        if let taxClass { draft.taxClass = taxClass }
        if let weight { draft.weight = weight }
        if let dimensions { draft.dimensions = dimensions }
        if let isActive { draft.isActive = isActive }
        if let isFeatured { draft.isFeatured = isFeatured }
        if let approval { draft.approval = approval }
    }
}

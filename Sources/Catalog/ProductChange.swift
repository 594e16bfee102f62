import Commerce

/// What a request changes of a product; nil is left as it is, and `.some(nil)` is taken away.
public struct ProductChange: Sendable {
    public var name: String?
    public var sku: String?
    public var price: Money?
    /// The own price of a product under the name by which it is read, beside the price that its variants come to.
    public var basePrice: Money?
    public var category: Reference?
    public var vendor: VendorID??
    public var shortDescription: String?
    public var description: String?
    public var compareAtPrice: Money??
    public var taxClass: String?
    /// Grams.
    public var weight: Int??
    public var dimensions: ProductDimensions??
    public var isActive: Bool?
    public var isFeatured: Bool?
    public var approval: ApprovalStatus?
    /// The slug of a new product, in place of one made of its name.
    public var slug: Slug?

    public init() {}

    /// The change of a product that lists show at `listPrice`: where `price` only says that again, as it was read, the base price
    /// beside it is what is meant.
    func withoutEcho(of listPrice: Money) -> ProductChange {
        guard let basePrice, price == nil || price == listPrice else { return self }
        var rest = self
        rest.price = basePrice
        return rest
    }

    /// Puts what is said into `draft`, but for the category, which has to be looked up.
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

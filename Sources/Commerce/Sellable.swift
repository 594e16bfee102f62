/// What is sold and stocked: a product, or one of its variants.
public struct SellableID: Sendable, Hashable, Comparable {
    public let product: ProductID
    /// Nil for a product without variants.
    public let variant: VariantID?

    public init(_ product: ProductID, _ variant: VariantID? = nil) {
        self.product = product
        self.variant = variant
    }

    /// The variant as stock rows keep it: 0 where there is none, because a unique key holds no NULL.
    public var variantKey: Int64 { variant?.rawValue ?? 0 }

    /// The sellable of a stock row.
    public init(product: Int64, variantKey: Int64) {
        self.init(ProductID(product), variantKey == 0 ? nil : VariantID(variantKey))
    }

    /// The order in which rows are locked.
    public static func < (left: Self, right: Self) -> Bool {
        (left.product.rawValue, left.variantKey) < (right.product.rawValue, right.variantKey)
    }
}

/// An option of a variant: size, colour.
public struct VariantOption: Sendable, Hashable, Codable {
    public let type: String
    public let value: String

    public init(type: String, value: String) {
        self.type = type
        self.value = value
    }
}

/// What the shop offers under a `SellableID` now: what carts and orders need to know of catalogue and stock.
public struct Offer: Sendable, Hashable {
    public let id: SellableID
    public let name: String
    public let slug: String
    public let sku: String
    public let options: [VariantOption]
    public let price: Money
    /// The price before a reduction; on sale where it is above `price`.
    public let compareAtPrice: Money?
    public let taxClass: String
    /// Grams.
    public let weight: Int
    public let vendor: VendorID?
    public let category: CategoryID?
    /// The media key of its first picture.
    public let image: String?
    /// Whether it may be bought: active, approved, in a visible category.
    public let isForSale: Bool
    /// On hand less reserved, over all warehouses.
    public let available: Int

    public init(
        id: SellableID, name: String, slug: String, sku: String, options: [VariantOption], price: Money,
        compareAtPrice: Money?, taxClass: String, weight: Int, vendor: VendorID?, category: CategoryID?, image: String?,
        isForSale: Bool, available: Int
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.sku = sku
        self.options = options
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.taxClass = taxClass
        self.weight = weight
        self.vendor = vendor
        self.category = category
        self.image = image
        self.isForSale = isForSale
        self.available = available
    }
}

/// The identity of what is sold and stocked: a product, or one of its variants.
public struct SellableID: Sendable, Hashable, Comparable {
    /// The product itself, or the one that the variant belongs to.
    public let product: ProductID
    /// Nil for a product without variants.
    public let variant: VariantID?

    /// Names a product without variants, or one of its variants.
    public init(_ product: ProductID, _ variant: VariantID? = nil) {
        self.product = product
        self.variant = variant
    }

    /// The variant as stock rows store it: 0 where there is none, because a unique key holds no NULL.
    public var variantKey: Int64 { variant?.rawValue ?? 0 }

    /// Creates the sellable of a stock row; a `variantKey` of 0 means no variant.
    public init(product: Int64, variantKey: Int64) {
        self.init(ProductID(product), variantKey == 0 ? nil : VariantID(variantKey))
    }

    /// Compares in the order in which rows are locked: by product, then by variant.
    public static func < (left: Self, right: Self) -> Bool {
        (left.product.rawValue, left.variantKey) < (right.product.rawValue, right.variantKey)
    }
}

/// An option of a variant, such as its size or color.
public struct VariantOption: Sendable, Hashable, Codable {
    /// The name of the choice: `Size`.
    public let type: String
    /// The choice itself: `XL`.
    public let value: String

    /// Creates an option as the catalog stores it.
    public init(type: String, value: String) {
        self.type = type
        self.value = value
    }
}

/// The offer of the shop under a `SellableID` now: what carts and orders need to know of catalog and stock.
public struct Offer: Sendable, Hashable {
    /// The product or variant that is offered.
    public let id: SellableID
    /// The product's name.
    public let name: String
    /// The product's slug.
    public let slug: String
    /// The stock-keeping unit of the variant, or of the product without variants.
    public let sku: String
    /// The variant's options; empty for a product without variants.
    public let options: [VariantOption]
    /// The present price of one unit.
    public let price: Money
    /// The price before a reduction; on sale where it is above `price`.
    public let compareAtPrice: Money?
    /// The name of the product's tax class, in lower case.
    public let taxClass: String
    /// The weight of one unit in grams.
    public let weight: Int
    /// The vendor whose product it is; nil for the shop's own.
    public let vendor: VendorID?
    /// The product's category; nil where it has none.
    public let category: CategoryID?
    /// The media key of its first picture; nil where it has none.
    public let image: String?
    /// Whether it may be bought: active, approved, in a visible category.
    public let isForSale: Bool
    /// Units on hand less those reserved, over all active warehouses.
    public let available: Int

    /// Creates an offer, as `OfferReader` puts it together.
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

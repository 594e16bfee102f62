import Commerce
import Web

/// A variant of a product.
public struct VariantBody: ResponseBody {
    /// The id of the variant, by which requests name it.
    public let id: VariantID
    /// The variant's own SKU.
    public let sku: String
    /// The options that tell it from its siblings, in the order shown.
    public let options: [VariantOption]
    /// The type of the first option, such as `size`; null without options.
    public let variantType: String?
    /// The value of the first option; null without options.
    public let variantValue: String?
    /// The price of one unit of this variant.
    public let price: Price
    /// The price that staff gave this variant; null where it follows the product's.
    public let ownPrice: Price?
    /// The difference from the product's own price; may be negative.
    public let priceAdjustment: Price
    /// The whole URL of its own first picture; null where it has none of its own.
    public let image: String?
    /// Whether ``stockQuantity`` is above 0.
    public let inStock: Bool
    /// The units that can be bought now.
    public let stockQuantity: Int
    /// Whether staff offer it.
    public let isActive: Bool
    /// The version to send as `If-Match` with a change.
    public let version: Int

    /// Shows a variant of a product whose own price is `base`.
    ///
    /// - Throws: `OutOfRange`.
    public init(
        id: VariantID, draft: VariantDraft, base: Money, image: String?, stockQuantity: Int, version: Int,
        currency: Currency
    ) throws(OutOfRange) {
        let price = try draft.price.amount(base: base)
        self.id = id
        self.sku = draft.sku
        self.options = draft.options
        self.variantType = draft.options.first?.type
        self.variantValue = draft.options.first?.value
        self.price = currency.price(price)
        self.ownPrice = draft.price.own.map { currency.price($0) }
        self.priceAdjustment = currency.price(try price - base)
        self.image = image
        self.inStock = stockQuantity > 0
        self.stockQuantity = stockQuantity
        self.isActive = draft.isActive
        self.version = version
    }
}

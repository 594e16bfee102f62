import Commerce
import Web

/// A variant of a product.
public struct VariantBody: ResponseBody {
    public let id: VariantID
    public let sku: String
    public let options: [VariantOption]
    /// The type and value of the first option.
    public let variantType: String?
    public let variantValue: String?
    /// What it costs.
    public let price: Price
    /// How far that is from the product's price.
    public let priceAdjustment: Price
    /// The whole URL of its own first picture; null where it has none of its own.
    public let image: String?
    public let inStock: Bool
    public let stockQuantity: Int
    public let isActive: Bool
    public let version: Int

    /// A variant of a product that costs `base`.
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
        self.priceAdjustment = currency.price(try price - base)
        self.image = image
        self.inStock = stockQuantity > 0
        self.stockQuantity = stockQuantity
        self.isActive = draft.isActive
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case id, sku, options
        case variantType = "variant_type"
        case variantValue = "variant_value"
        case price
        case priceAdjustment = "price_adjustment"
        case image
        case inStock = "in_stock"
        case stockQuantity = "stock_quantity"
        case isActive = "is_active"
        case version
    }
}

import Commerce
import Pictures
import Web

/// A whole cart as shoppers see it.
public struct CartBody: ResponseBody {
    let id: CartID?
    let sessionKey: String?
    let items: [CartItemBody]
    let itemCount: Int
    let subtotal: Price
    let discountAmount: Price
    let coupon: String?
    let total: Price
    let currency: String
    let warnings: [String]

    /// Creates the cart as `request` is answered.
    ///
    /// - Throws: `OutOfRange` where the sum does not fit 64 bits.
    public init(_ contents: CartContents, currency: Currency, for request: APIRequest) throws(OutOfRange) {
        let lines = contents.lines
        let subtotals = try lines.map { line throws(OutOfRange) in try line.subtotal }
        let sum = try subtotals.total()
        let discount = try contents.coupon?.discounts.total() ?? .zero
        id = contents.cart?.id
        sessionKey = contents.cart?.owner.sessionKey
        items = zip(lines, subtotals).map { line, subtotal in
            CartItemBody(line, subtotal, currency: currency) { MediaURL.of($0, request.baseURL) }
        }
        itemCount = try lines.map(\.line.quantity).sum()
        subtotal = currency.price(sum)
        discountAmount = currency.price(discount)
        coupon = contents.coupon?.code
        total = currency.price(try sum - discount)
        self.currency = currency.code
        warnings =
            (contents.cart?.notices ?? []) + lines.compactMap(\.warning)
            + [contents.coupon?.refusal].compactMap { $0 }
    }
}

/// A line with its current price. Units that cannot be bought cost nothing.
struct PricedLine: Sendable {
    let line: CartLine
    let offer: Offer?

    var isForSale: Bool { offer?.isForSale == true }

    var unitPrice: Money { offer?.price ?? line.snapshot }

    var subtotal: Money { get throws(OutOfRange) { isForSale ? try unitPrice * line.quantity : .zero } }

    var couponLine: CouponLine? {
        guard let offer, offer.isForSale else { return nil }
        return CouponLine(offer, quantity: line.quantity)
    }

    var warning: String? {
        guard let offer, offer.isForSale else {
            return "\(offer?.name ?? "A product in your cart") is no longer available."
        }
        if offer.available <= 0 { return "\(offer.name) is out of stock." }
        return offer.available < line.quantity ? "Only \(offer.available) of \(offer.name) are in stock." : nil
    }
}

/// A line of a cart.
struct CartItemBody: Codable, Sendable {
    struct Product: Codable, Sendable {
        let id: ProductID
        let name: String
        let slug: String
        let sku: String
        /// The URL of its first picture.
        let image: String?
        let inStock: Bool
        let stockQuantity: Int
    }

    struct Variant: Codable, Sendable {
        let id: VariantID
        let sku: String
        let options: [VariantOption]
    }

    let id: CartItemID
    let product: Product
    let variant: Variant?
    let quantity: Int
    let unitPrice: Price
    let priceSnapshot: Price
    let priceChanged: Bool
    let subtotal: Price

    init(_ priced: PricedLine, _ subtotal: Money, currency: Currency, mediaURL: (String) -> String) {
        let offer = priced.offer
        let stock = priced.isForSale ? max(0, offer?.available ?? 0) : 0
        id = priced.line.id
        product = Product(
            id: priced.line.sellable.product, name: offer?.name ?? "", slug: offer?.slug ?? "", sku: offer?.sku ?? "",
            image: offer?.image.map(mediaURL), inStock: stock > 0, stockQuantity: stock)
        variant = priced.line.sellable.variant.map {
            Variant(id: $0, sku: offer?.sku ?? "", options: offer?.options ?? [])
        }
        quantity = priced.line.quantity
        unitPrice = currency.price(priced.unitPrice)
        priceSnapshot = currency.price(priced.line.snapshot)
        priceChanged = priced.unitPrice != priced.line.snapshot
        self.subtotal = currency.price(subtotal)
    }
}

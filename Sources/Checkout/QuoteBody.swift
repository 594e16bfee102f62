import Commerce
import Coupons
import Orders
import Shipping
import Web

/// The totals of an order that is not placed yet.
struct QuoteBody: ResponseBody {
    let items: [QuoteItemBody]
    let subtotal: Price
    let discountAmount: Price
    let shippingCost: Price
    let tax: Price
    let taxLines: [TaxLineBody]
    /// Whether prices include their tax.
    let isTaxInclusive: Bool
    let total: Price
    let currency: String
    let coupon: String?
    let shippingMethod: String?
    /// The methods that may be chosen, the cheapest first; empty where the shop ships for free.
    let shippingMethods: [ShippingOfferBody]

    enum CodingKeys: String, CodingKey {
        case items, subtotal, discountAmount, shippingCost, tax, taxLines
        case isTaxInclusive = "tax_inclusive"
        case total, currency, coupon, shippingMethod, shippingMethods
    }

    init(_ request: Pricing.Request, _ priced: Pricing.Result, currency: Currency) {
        let totals = priced.totals
        items = zip(request.lines, totals.charges).map { QuoteItemBody($0, $1, currency) }
        subtotal = currency.price(totals.subtotal)
        discountAmount = currency.price(totals.discount)
        shippingCost = currency.price(totals.shipping)
        tax = currency.price(totals.tax)
        taxLines = totals.taxLines.map { TaxLineBody($0, currency) }
        isTaxInclusive = totals.isTaxInclusive
        total = currency.price(totals.total)
        self.currency = currency.code
        coupon = priced.coupon?.code
        shippingMethod = priced.method?.code
        shippingMethods = priced.methods.map {
            ShippingOfferBody(code: $0.code, name: $0.name, price: currency.price($0.price))
        }
    }
}

/// A line with the amounts that it would be charged.
struct QuoteItemBody: Codable, Sendable {
    let productID: ProductID
    let variantID: VariantID?
    let productName: String
    let sku: String
    let quantity: Int
    let price: Price
    let subtotal: Price
    let discountAmount: Price
    let tax: Price

    init(_ line: OrderDraft.Line, _ charge: OrderTotals.Charge, _ currency: Currency) {
        productID = line.offer.id.product
        variantID = line.offer.id.variant
        productName = line.offer.name
        sku = line.offer.sku
        quantity = line.quantity
        price = currency.price(line.offer.price)
        subtotal = currency.price(charge.subtotal)
        discountAmount = currency.price(charge.discount)
        tax = currency.price(charge.tax)
    }
}

/// A shipping method that may be chosen.
struct ShippingOfferBody: Codable, Sendable {
    let code: String
    let name: String
    let price: Price
}

import Commerce
import Primitives

/// An order before it has a row.
public struct OrderDraft: Sendable {
    /// What the order is made of, unique: one cart makes one order.
    public let origin: String
    public let user: UserID?
    public let email: String
    /// What opens the order to a guest; nil for a user's.
    public let accessToken: String?
    public let paymentMethod: PaymentMethod
    public let currency: Currency
    public let lines: [Line]
    public let totals: OrderTotals
    public let couponCode: String
    public let shippingMethod: String
    public let shippingAddress: PostalAddress
    public let billingAddress: PostalAddress
    public let notes: String
    /// When it is cancelled if it is still unpaid.
    public let expiresAt: Timestamp?

    /// A sellable as it is offered at this moment.
    public struct Line: Sendable {
        public let offer: Offer
        public let quantity: Int

        public init(_ offer: Offer, quantity: Int) {
            self.offer = offer
            self.quantity = quantity
        }
    }

    public init(
        cart: CartID, user: UserID?, email: String, accessToken: String?, paymentMethod: PaymentMethod,
        currency: Currency, lines: [Line], totals: OrderTotals, couponCode: String = "", shippingMethod: String = "",
        shippingAddress: PostalAddress, billingAddress: PostalAddress, notes: String, expiresAt: Timestamp?
    ) {
        self.origin = Self.origin(cart)
        self.user = user
        self.email = email
        self.accessToken = accessToken
        self.paymentMethod = paymentMethod
        self.currency = currency
        self.lines = lines
        self.totals = totals
        self.couponCode = couponCode
        self.shippingMethod = shippingMethod
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.notes = notes
        self.expiresAt = expiresAt
    }

    static func origin(_ cart: CartID) -> String { "cart:\(cart)" }
}

import Commerce
import Primitives

/// An order to place, before it has a row.
public struct OrderDraft: Sendable {
    /// The unique key of what the order is made of: one cart makes one order.
    public let origin: String
    /// The customer; nil for a guest.
    public let user: UserID?
    /// The address that mail about the order goes to.
    public let email: String
    /// The token that opens the order to a guest, of which only the hash is stored; nil for a user's order.
    public let accessToken: String?
    /// The method that the customer chose.
    public let paymentMethod: PaymentMethod
    /// The currency in which everything is counted.
    public let currency: Currency
    /// The lines in the order in which they are written.
    public let lines: [Line]
    /// The computed amounts, of which `charges` match ``lines`` by position.
    public let totals: OrderTotals
    /// The code of the coupon; empty without one.
    public let couponCode: String
    /// The code of the shipping method; empty without one.
    public let shippingMethod: String
    /// The address that parcels go to.
    public let shippingAddress: PostalAddress
    /// The address on invoices.
    public let billingAddress: PostalAddress
    /// The customer's remarks; may be empty.
    public let notes: String
    /// The moment at which it is canceled if it is still unpaid, in UTC; nil for never.
    public let expiresAt: Timestamp?

    /// A line of an order to place: units of an offer as it is at this moment.
    public struct Line: Sendable {
        /// The offer with name, price and tax class, which are copied to the order.
        public let offer: Offer
        /// The number of units, above 0.
        public let quantity: Int

        /// Orders `quantity` units of `offer`.
        public init(_ offer: Offer, quantity: Int) {
            self.offer = offer
            self.quantity = quantity
        }
    }

    /// Drafts the order that `cart` becomes; a second one of the same cart is refused by its unique origin.
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

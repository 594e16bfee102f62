import SQL

/// A line of a cart or an order as coupons look at it.
public struct CouponLine: Sendable, Hashable {
    public let offer: Offer
    public let quantity: Int

    public init(_ offer: Offer, quantity: Int) {
        self.offer = offer
        self.quantity = quantity
    }

    /// Before any discount.
    public var subtotal: Money { get throws(OutOfRange) { try offer.price * quantity } }
}

/// What a coupon does to the lines that it was held against.
public struct CouponEffect: Sendable, Hashable {
    public let id: CouponID
    public let code: String
    /// What each line loses, in their order.
    public let discounts: [Money]
    public let freesShipping: Bool
    /// Why it does nothing, in words for the shopper; nil where it applies.
    public let refusal: String?

    public init(id: CouponID, code: String, discounts: [Money], freesShipping: Bool, refusal: String? = nil) {
        self.id = id
        self.code = code
        self.discounts = discounts
        self.freesShipping = freesShipping
        self.refusal = refusal
    }
}

/// Holds the coupon of a cart against its lines; nil where there is no such coupon any more.
public typealias CouponReader = @Sendable (CouponID, [CouponLine], UserID?, Connection) throws -> CouponEffect?

/// Says which of the categories (first) are among the others (second) or below one of them, in one statement.
public typealias CategoryScope = @Sendable ([CategoryID], [CategoryID], Connection) throws -> Set<CategoryID>

import SQL

/// A line of a cart or an order as coupons look at it.
public struct CouponLine: Sendable, Hashable {
    /// The offer that is bought, at its price of now.
    public let offer: Offer
    /// The number of units.
    public let quantity: Int

    /// Creates a line of `quantity` units of `offer`.
    public init(_ offer: Offer, quantity: Int) {
        self.offer = offer
        self.quantity = quantity
    }

    /// The price of the line before any discount.
    ///
    /// - Throws: `OutOfRange` where it does not fit into 64 bits.
    public var subtotal: Money { get throws(OutOfRange) { try offer.price * quantity } }
}

/// The effect of one coupon on the lines that it was checked against.
public struct CouponEffect: Sendable, Hashable {
    /// The coupon that was checked.
    public let id: CouponID
    /// The code as the shop stores it.
    public let code: String
    /// The discount of each line, in the order of the lines.
    public let discounts: [Money]
    /// Whether shipping costs nothing under this coupon.
    public let freesShipping: Bool
    /// The reason why the coupon has no effect, in words for the shopper; nil where it applies.
    public let refusal: String?

    /// Creates an effect; without a `refusal` the coupon applies.
    public init(id: CouponID, code: String, discounts: [Money], freesShipping: Bool, refusal: String? = nil) {
        self.id = id
        self.code = code
        self.discounts = discounts
        self.freesShipping = freesShipping
        self.refusal = refusal
    }
}

/// Checks the coupon of a cart against its lines; nil where there is no such coupon any more. Throws `SQLError` and
/// `OutOfRange`.
public typealias CouponReader = @Sendable (CouponID, [CouponLine], UserID?, Connection) throws -> CouponEffect?

/// Returns those of the first categories that are among the second ones or below one of them, in one statement. Throws
/// `SQLError`.
public typealias CategoryScope = @Sendable ([CategoryID], [CategoryID], Connection) throws -> Set<CategoryID>

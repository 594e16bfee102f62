import Commerce

/// Reasons for which a coupon does not apply to a cart.
public enum CouponRefusal: Sendable, Hashable {
    /// There is none of this code, or none for this shopper.
    case unknown
    case inactive
    case notYetValid
    case expired
    case usedUp
    case usedUpByShopper
    case belowMinimum(Price)
    case emptyCart
    case nothingApplies

    /// The reason as a stable code in snake_case.
    public var code: String {
        switch self {
        case .unknown: "unknown"
        case .inactive: "inactive"
        case .notYetValid: "not_yet_valid"
        case .expired: "expired"
        case .usedUp: "usage_limit_reached"
        case .usedUpByShopper: "usage_limit_per_user_reached"
        case .belowMinimum: "below_minimum"
        case .emptyCart: "empty_cart"
        case .nothingApplies: "not_applicable"
        }
    }

    /// The reason as one sentence for shoppers.
    public var message: String {
        switch self {
        case .unknown: "This coupon does not exist."
        case .inactive: "This coupon is not active."
        case .notYetValid: "This coupon is not valid yet."
        case .expired: "This coupon has expired."
        case .usedUp: "This coupon has been used up."
        case .usedUpByShopper: "You have used this coupon as often as you may."
        case .belowMinimum(let minimum): "This coupon needs an order of at least \(minimum)."
        case .emptyCart: "Your cart is empty."
        case .nothingApplies: "This coupon does not apply to anything in your cart."
        }
    }

    /// Returns this refusal as a validation error on `field`.
    public func error(on field: String) -> ValidationError { ValidationError(field, message) }
}

/// The user of a coupon: known by account, by e-mail address, or not yet.
public struct CouponUser: Sendable, Hashable {
    /// The account; nil for a guest.
    public let id: UserID?
    /// The e-mail address in lower case; nil before a guest has given it.
    public let email: String?

    /// Names a shopper, whose uses count by account or by address.
    public init(id: UserID?, email: String? = nil) {
        self.id = id
        self.email = email
    }
}

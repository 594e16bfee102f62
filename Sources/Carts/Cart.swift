import Commerce
import SQL

/// Who a cart belongs to.
public enum CartOwner: Sendable, Hashable {
    case user(UserID)
    case guest(SessionKey)

    /// What the owner's one open cart is found by.
    var key: String {
        switch self {
        case .user(let id): "u:\(id)"
        case .guest(let key): "s:\(key.text)"
        }
    }

    var user: UserID? { if case .user(let id) = self { id } else { nil } }

    var sessionKey: String? { if case .guest(let key) = self { key.text } else { nil } }
}

/// An open cart with its lines.
public struct Cart: Sendable {
    public let id: CartID
    let owner: CartOwner
    /// In the order in which they were added.
    public internal(set) var lines: [CartLine]
    /// The one coupon that was put on it.
    public internal(set) var coupon: CouponID?
    /// What a merge changed, in words for the shopper; kept until the cart changes again.
    var notices: [String]

    func line(_ sellable: SellableID) -> CartLine? { lines.first { $0.sellable == sellable } }
}

/// So many of one thing in a cart.
public struct CartLine: Sendable, Hashable {
    /// The most of one thing that a cart holds.
    public static let mostPieces = 10_000

    public let id: CartItemID
    public let sellable: SellableID
    public internal(set) var quantity: Int
    /// What one cost when it was put in.
    public internal(set) var snapshot: Money
}

/// A cart, what the shop offers of its lines now, and what its coupon does to them.
public struct CartContents: Sendable {
    /// Nil where nothing was ever put in.
    public let cart: Cart?
    /// The cart's lines with what each costs today.
    let lines: [PricedLine]
    let coupon: CouponEffect?

    static let empty = CartContents(cart: nil, lines: [], coupon: nil)

    /// What can be bought of it, as coupons look at it.
    public var couponLines: [CouponLine] { lines.compactMap(\.couponLine) }
}

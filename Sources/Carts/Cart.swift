import Commerce
import SQL

/// The owner of a cart: a signed-in user, or a guest by the key of the browser.
public enum CartOwner: Sendable, Hashable {
    case user(UserID)
    case guest(SessionKey)

    /// The unique key by which the owner's one open cart is found.
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
    /// The primary key.
    public let id: CartID
    let owner: CartOwner
    /// The lines in the order in which they were added, one for each product or variant.
    public internal(set) var lines: [CartLine]
    /// The one coupon on the cart; nil without one.
    public internal(set) var coupon: CouponID?
    /// The changes that a merge made, in words for the shopper; kept until the cart changes again.
    var notices: [String]

    func line(_ sellable: SellableID) -> CartLine? { lines.first { $0.sellable == sellable } }
}

/// A number of units of one product or variant in a cart.
public struct CartLine: Sendable, Hashable {
    /// The most units of one line.
    public static let maxPieces = 10_000

    /// The primary key.
    public let id: CartItemID
    /// The product or variant.
    public let sellable: SellableID
    /// The number of units, 1 to ``maxPieces``.
    public internal(set) var quantity: Int
    /// The price of one unit when it was last put in, in minor units.
    public internal(set) var snapshot: Money
}

/// A cart, the current offers for its lines, and the effect of its coupon.
public struct CartContents: Sendable {
    /// The cart; nil where nothing was ever put in.
    public let cart: Cart?
    /// The lines with their current prices.
    let lines: [PricedLine]
    let coupon: CouponEffect?

    static let empty = CartContents(cart: nil, lines: [], coupon: nil)

    /// The lines that can be bought, in the form in which coupons look at them.
    public var couponLines: [CouponLine] { lines.compactMap(\.couponLine) }
}

import Carts
import Commerce
import Coupons
import Orders
import SQL
import Web

/// Reads an address of a user's address book; nil where the user has none with that id. Throws `SQLError`.
public typealias AddressReader = @Sendable (AddressID, UserID, Connection) throws -> PostalAddress?

/// The party that buys: a user with an address book, or a guest with an e-mail address.
enum Buyer: Sendable {
    case user(UserID, email: String)
    case guest(SessionKey?, email: String)

    var owner: CartOwner? {
        switch self {
        case .user(let id, _): .user(id)
        case .guest(let key, _): key.map { .guest($0) }
        }
    }

    var user: UserID? { if case .user(let id, _) = self { id } else { nil } }

    var email: String {
        switch self {
        case .user(_, let email), .guest(_, let email): email
        }
    }

    var shopper: CouponUser { CouponUser(id: user, email: email.isEmpty ? nil : email.lowercased()) }
}

/// An address as a buyer names it.
enum AddressChoice: Sendable {
    case book(AddressID)
    case written(PostalAddress)

    /// The request's object that holds the address; nil for one of the address book.
    var field: String? { if case .written = self { "shipping_address" } else { nil } }
}

/// The order that a buyer asks for.
struct Purchase: Sendable {
    let buyer: Buyer
    let shippingAddress: AddressChoice
    /// Nil for the shipping address.
    let billingAddress: AddressChoice?
    let paymentMethod: PaymentMethod
    /// The code of a shipping method; nil for the cheapest that serves.
    let shippingMethod: String?
    /// The code of a coupon that takes the place of the cart's own.
    let couponCode: String?
    let notes: String
    let expectedTotal: Money?

    func pricing(
        of lines: [OrderDraft.Line], in cart: Cart, to destination: Destination
    ) -> Pricing.Request {
        Pricing.Request(
            lines: lines, destination: destination, addressField: shippingAddress.field, method: shippingMethod,
            coupon: couponCode.map { .code($0) } ?? cart.coupon.map { .id($0) }, shopper: buyer.shopper)
    }
}

extension Purchase {
    /// Combines what was sent with the caller.
    ///
    /// - Throws: `ValidationError` with every field that this buyer has to fill.
    init(_ input: PlaceInput, by request: APIRequest) throws {
        var missing: [String: FieldErrors] = [:]
        let required = FieldErrors.messages(["This field is required."])
        let isUser = request.identity != nil
        let shipping = input.shipping.choice(forUser: isUser)
        if shipping == nil { missing[isUser ? "shipping_address_id" : "shipping_address"] = required }
        if !isUser, input.email.isEmpty { missing["email"] = required }
        guard let shipping, missing.isEmpty else { throw ValidationError(.members(missing)) }
        buyer = Buyer(request, email: input.email)
        shippingAddress = shipping
        billingAddress = input.billing.choice(forUser: isUser)
        paymentMethod = input.paymentMethod
        shippingMethod = input.shippingMethod
        couponCode = input.couponCode
        notes = input.notes
        expectedTotal = input.expectedTotal
    }
}

extension Buyer {
    init(_ request: APIRequest, email: String) {
        if let identity = request.identity {
            self = .user(identity.userID, email: identity.email)
        } else if case .guest(let key) = CartOwner(of: request) {
            self = .guest(key, email: email)
        } else {
            self = .guest(nil, email: email)
        }
    }
}

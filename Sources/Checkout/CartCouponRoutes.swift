import Carts
import Commerce
import Coupons
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of the coupon on the caller's cart.
public struct CartCouponRoutes: Sendable {
    /// The limit that slows down guesses at codes.
    private static let limit = RateLimit.perUser(60, per: .minutes(10), name: "coupon-codes")

    let database: any Database
    let carts: CartService
    let coupons: CouponService
    let currency: Currency

    /// Creates the endpoints; amounts are in `currency`.
    public init(database: any Database, carts: CartService, coupons: CouponService, currency: Currency) {
        self.database = database
        self.carts = carts
        self.coupons = coupons
        self.currency = currency
    }

    /// The endpoints that check a coupon against the caller's cart, put it on, and take it off again.
    public var group: EndpointGroup {
        EndpointGroup(
            "Coupons", "Discounts by code: those on offer, those on a cart, and those that staff manage.",
            [
                Endpoint(
                    .post, "/api/coupons/validate/",
                    "Says what a coupon would take off the caller's cart; nothing is written.", access: .optionalUser,
                    use: validate
                ).limited(Self.limit),
                Endpoint(
                    .post, "/api/coupons/apply/", "Puts a coupon on the caller's cart, in place of the one it has.",
                    access: .optionalUser, in: database, use: apply
                ).limited(Self.limit),
                Endpoint(
                    .delete, "/api/coupons/remove/", "Takes the coupon off the caller's cart.", access: .optionalUser,
                    in: database, use: remove),
            ])
    }

    private func validate(_ call: APIRequest, _ input: CouponCodeInput) async throws -> CouponCheckBody {
        try await database.read { connection in
            let contents = try carts.contents(CartOwner(of: call), connection)
            let found = try coupons.assess(.code(input.code), contents.couponLines, for: CouponUser(call), connection)
            return try CouponCheckBody(input.code, found, currency: currency)
        }
    }

    private func apply(_ call: APIRequest, _ input: CouponCodeInput, _ tx: Transaction) throws -> CartBody {
        guard let owner = CartOwner(of: call), let cart = try carts.lock(owner, in: tx) else {
            throw CouponRefusal.emptyCart.error(on: "code")
        }
        let lines = try carts.contents(of: cart, tx).couponLines
        switch try coupons.assess(.code(input.code), lines, for: CouponUser(call), tx) {
        case .refused(let refusal, _): throw refusal.error(on: "code")
        case .effect(let effect, _):
            let changed = try carts.setCoupon(effect.id, on: cart, in: tx)
            return try CartBody(carts.contents(of: changed, tx), currency: currency, for: call)
        }
    }

    private func remove(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> CartBody {
        let owner = CartOwner(of: call)
        if let owner, let cart = try carts.lock(owner, in: tx), cart.coupon != nil {
            _ = try carts.setCoupon(nil, on: cart, in: tx)
        }
        return try CartBody(carts.contents(owner, tx), currency: currency, for: call)
    }
}

extension CouponUser {
    init(_ request: APIRequest) {
        self.init(id: request.identity?.userID, email: request.identity?.email)
    }
}

/// A coupon named by its code.
struct CouponCodeInput: Input {
    let code: String

    init(_ fields: Fields) {
        code = fields.string("code", length: 1...50)
    }
}

/// The effect that a coupon would have on a cart.
struct CouponCheckBody: ResponseBody {
    let valid: Bool
    let code: String
    /// The reason for which it is not valid, stable and in snake_case; null where it is.
    let reason: String?
    let message: String
    let discountType: DiscountType?
    let discountAmount: Price
    let freeShipping: Bool

    /// - Throws: `OutOfRange`.
    init(_ code: String, _ assessment: CouponService.Assessment, currency: Currency) throws(OutOfRange) {
        switch assessment {
        case .effect(let effect, let coupon):
            valid = true
            self.code = effect.code
            reason = nil
            message = "The coupon is valid."
            discountType = coupon.type
            discountAmount = currency.price(try effect.discounts.total())
            freeShipping = effect.freesShipping
        case .refused(let refusal, let coupon):
            valid = false
            self.code = coupon?.code ?? code
            reason = refusal.code
            message = refusal.message
            discountType = coupon?.type
            discountAmount = currency.price(.zero)
            freeShipping = false
        }
    }
}

import Commerce
import Coupons
import Orders
import SQL
import Shipping
import Taxes

/// The computation of an order's cost, the same for a quote and for the order itself.
struct Pricing: Sendable {
    let coupons: CouponService
    let taxes: TaxService
    let shipping: ShippingService
    let isTaxInclusive: Bool

    /// The lines to price, with everything that the price depends on.
    struct Request: Sendable {
        let lines: [OrderDraft.Line]
        let destination: Destination
        /// The request's object that holds the address; nil for one of the address book.
        var addressField: String?
        /// The code of a shipping method; nil for the cheapest.
        let method: String?
        let coupon: CouponKey?
        let shopper: CouponUser

        /// Whether the coupon is the one that was put on the cart before.
        var hasCartCoupon: Bool { if case .id = coupon { true } else { false } }
    }

    /// The totals, with the coupon and shipping method that were applied.
    struct Result: Sendable {
        let totals: OrderTotals
        let coupon: Coupon?
        let method: ShippingOffer?
        /// All methods that could be chosen, the cheapest first.
        let methods: [ShippingOffer]
    }

    /// Prices the lines; with `locking` the coupon stays as it is until the transaction ends.
    ///
    /// - Throws: `ValidationError` on `coupon_code`, `shipping_method` or the address's `state`, `OutOfRange` where the
    ///   total is more than an order may come to, `SQLError`.
    func price(_ request: Request, locking: Bool = false, _ connection: Connection) throws -> Result {
        let applied = try applied(request, locking: locking, connection)
        let discounts = applied?.effect.discounts ?? []
        let offers = try Self.locating(request) {
            try shipping.offers(for: Self.parcel(request, discounts), connection)
        }
        let method = try Self.chosen(request.method, from: offers)
        let shippingClass = method?.taxClass ?? TaxClass.standard
        let rates = try Self.locating(request) {
            try taxes.rates(
                for: request.destination, classes: Set(request.lines.map(\.offer.taxClass) + [shippingClass]),
                connection)
        }
        let totals = try OrderTotals(
            request.lines.map { .init(price: $0.offer.price, quantity: $0.quantity, taxClass: $0.offer.taxClass) },
            discounts: discounts,
            shipping: applied?.effect.freesShipping == true ? .zero : method?.price ?? .zero,
            taxes: .init(rates: rates, shippingClass: shippingClass, isInclusive: isTaxInclusive))
        return Result(totals: totals, coupon: applied?.coupon, method: method, methods: offers ?? [])
    }

    /// Moves errors about the address to the field that holds it in the request.
    private static func locating<Value>(_ request: Request, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ValidationError {
            throw error.within(request.addressField)
        }
    }

    private static func parcel(_ request: Request, _ discounts: [Money]) throws(OutOfRange) -> Parcel {
        var (goods, weight) = (Money.zero, Int64(0))
        for line in request.lines {
            try goods += line.offer.price * line.quantity
            weight = try weight.plus(Int64(line.offer.weight).times(Int64(line.quantity)))
        }
        return Parcel(to: request.destination, goods: try goods - discounts.total(), weight: weight)
    }

    private func applied(
        _ request: Request, locking: Bool, _ connection: Connection
    ) throws -> (effect: CouponEffect, coupon: Coupon)? {
        guard let key = request.coupon else { return nil }
        let lines = request.lines.map { CouponLine($0.offer, quantity: $0.quantity) }
        switch try coupons.assess(key, lines, for: request.shopper, locking: locking, connection) {
        case .effect(let effect, let coupon): return (effect, coupon)
        // The cart of a coupon that is gone shows none.
        case .refused(.unknown, _) where request.hasCartCoupon: return nil
        case .refused(let refusal, _): throw refusal.error(on: "coupon_code")
        }
    }

    private static func chosen(_ code: String?, from offers: [ShippingOffer]?) throws -> ShippingOffer? {
        if let code {
            guard let offer = offers?.first(where: { $0.code == code }) else {
                throw ValidationError("shipping_method", "\"\(code)\" is not a valid choice.")
            }
            return offer
        }
        guard let offers else { return nil }
        guard let cheapest = offers.first else {
            throw ValidationError("shipping_method", "No shipping method serves this address.")
        }
        return cheapest
    }
}

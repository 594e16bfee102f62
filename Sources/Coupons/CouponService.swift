import Commerce
import Primitives
import SQL

/// The effects of coupons on carts and orders.
public struct CouponService: Sendable {
    let currency: Currency
    let scope: CategoryScope
    let time: TimeSource

    /// Creates a service; `scope` tells which categories lie below those of a coupon.
    public init(currency: Currency, scope: @escaping CategoryScope, time: TimeSource = .machine) {
        self.currency = currency
        self.scope = scope
        self.time = time
    }

    /// The result of checking a coupon against a cart.
    public enum Assessment: Sendable {
        case effect(CouponEffect, Coupon)
        /// The refusal, with the coupon where this shopper may know of it.
        case refused(CouponRefusal, Coupon?)
    }

    /// Checks a coupon against `lines`, which are what can be bought of a cart. With `locking` the coupon stays as it
    /// is until the transaction ends.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func assess(
        _ key: CouponKey, _ lines: [CouponLine], for user: CouponUser, locking: Bool = false, _ connection: Connection
    ) throws -> Assessment {
        let lock: Query = locking ? connection.dialect.forUpdate : .empty
        let found = try CouponQueries.find(key.condition, for: user, lock: lock, connection)
        return try assess(found, lines, for: user, connection)
    }

    /// Returns the effect of a cart's coupon on its lines, as a ``CouponReader``; nil where the shopper may not know of
    /// it.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @Sendable public func effect(
        of id: CouponID, on lines: [CouponLine], for user: UserID?, _ connection: Connection
    ) throws -> CouponEffect? {
        let user = CouponUser(id: user)
        switch try assess(.id(id), lines, for: user, connection) {
        case .effect(let effect, _): return effect
        case .refused(_, nil): return nil
        case .refused(let refusal, let coupon?):
            return CouponEffect(
                id: coupon.id, code: coupon.code, discounts: lines.map { _ in .zero }, freesShipping: false,
                refusal: refusal.message)
        }
    }

    private func assess(
        _ found: (coupon: Coupon, uses: Int)?, _ lines: [CouponLine], for user: CouponUser, _ connection: Connection
    ) throws -> Assessment {
        guard let (coupon, uses) = found, coupon.isOpen(to: user.id) else { return .refused(.unknown, nil) }
        if let refusal = coupon.refusal(at: time.now, usedByShopper: uses) { return .refused(refusal, coupon) }
        let subtotals = try lines.map { try $0.subtotal }
        let subtotal = try subtotals.total()
        if lines.isEmpty { return .refused(.emptyCart, coupon) }
        if let minimum = coupon.minimum, subtotal < minimum {
            return .refused(.belowMinimum(currency.price(minimum)), coupon)
        }
        let applies = try eligible(lines, for: coupon, connection)
        guard applies.contains(true) else { return .refused(.nothingApplies, coupon) }
        let discount = coupon.discount(in: currency)
        let taken = try discount?.taken(from: subtotals, where: applies, atMost: coupon.maximum)
        let effect = CouponEffect(
            id: coupon.id, code: coupon.code, discounts: taken ?? lines.map { _ in .zero },
            freesShipping: coupon.type == .freeShipping)
        return .effect(effect, coupon)
    }

    private func eligible(_ lines: [CouponLine], for coupon: Coupon, _ connection: Connection) throws -> [Bool] {
        var within: Set<CategoryID> = []
        if coupon.scope == .specificCategories {
            within = try scope(Array(Set(lines.compactMap(\.offer.category))), coupon.categories, connection)
        }
        return lines.map { coupon.applies(to: $0.offer, within: within) }
    }

    /// Makes a coupon.
    ///
    /// - Throws: `ValidationError` where its fields do not fit together, `SQLError` of kind `.unique` where its code is
    ///   another one's.
    @discardableResult
    public func make(_ coupon: Coupon, in tx: Transaction) throws -> CouponID {
        try coupon.insert(in: currency, at: time.now, tx)
    }

    /// Counts a use of the coupon by an order, within its limits.
    ///
    /// - Throws: `ValidationError` on `coupon_code` where it has been used up, `SQLError`.
    public func redeem(
        _ coupon: Coupon, for order: OrderID, by user: CouponUser, discount: Money, in tx: Transaction
    ) throws {
        try consume(coupon.id, limit: coupon.usageLimitPerUser, by: user, tx)
        try CouponUsageQueries.insert(coupon.id, for: order, by: user, discount: discount, at: time.now, tx)
    }

    /// Counts again a use that an order had released, within the coupon's limits; does nothing where it had released
    /// none.
    ///
    /// - Throws: `ValidationError` on `coupon_code` where it has been used up since or deleted, `SQLError`.
    public func redeemAgain(for order: OrderID, by user: CouponUser, in tx: Transaction) throws {
        guard let id = try CouponUsageQueries.released(by: order, tx) else { return }
        guard let (coupon, _) = try CouponQueries.find("c.id = \(id)", for: user, lock: .empty, tx) else {
            throw CouponRefusal.unknown.error(on: "coupon_code")
        }
        try consume(id, limit: coupon.usageLimitPerUser, by: user, tx)
        try CouponUsageQueries.restore(order, tx)
    }

    private func consume(_ id: CouponID, limit: Int?, by user: CouponUser, _ tx: Transaction) throws {
        guard try CouponUsageQueries.consume(id, tx) else { throw CouponRefusal.usedUp.error(on: "coupon_code") }
        if let limit, try CouponUsageQueries.uses(of: id, by: user, tx) >= limit {
            throw CouponRefusal.usedUpByShopper.error(on: "coupon_code")
        }
    }

    /// Releases the use of a canceled order; calling it again changes nothing.
    ///
    /// - Throws: `SQLError`.
    public func release(_ order: OrderID, in tx: Transaction) throws {
        try CouponUsageQueries.release(order, at: time.now, tx)
    }
}

extension Coupon {
    func isOpen(to user: UserID?) -> Bool { users.isEmpty || user.map(users.contains) ?? false }

    /// Returns the reason against the coupon that holds whatever is in the cart. It is valid from `validFrom` on and
    /// before `validUntil`.
    func refusal(at now: Timestamp, usedByShopper uses: Int) -> CouponRefusal? {
        if !isActive { return .inactive }
        if let validFrom, now < validFrom { return .notYetValid }
        if let validUntil, now >= validUntil { return .expired }
        if let usageLimit, used >= usageLimit { return .usedUp }
        if let usageLimitPerUser, uses >= usageLimitPerUser { return .usedUpByShopper }
        return nil
    }
}

/// The name of a coupon: its code from a shopper, or its id on a cart.
public enum CouponKey: Sendable, Hashable {
    /// The code, in upper or lower case.
    case code(String)
    /// The primary key.
    case id(CouponID)

    var condition: Query {
        switch self {
        case .code(let code): "c.code = \(CouponCode.normal(code))"
        case .id(let id): "c.id = \(id)"
        }
    }
}

/// The form in which the codes of coupons are stored and compared.
enum CouponCode {
    /// Returns the code in capitals, without white space around it.
    static func normal(_ text: String) -> String {
        text.trimmed.uppercased()
    }

    static func isValid(_ code: String) -> Bool {
        !code.isEmpty && code.unicodeScalars.allSatisfy(\.isPlainWord)
    }
}

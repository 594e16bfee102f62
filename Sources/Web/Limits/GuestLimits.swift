import Primitives

/// The limits on callers without an account, by address and hour: each new cart and each order costs the shop rows,
/// reserved stock and mail.
public struct GuestLimits: Sendable {
    /// Something that a guest does at the shop's expense.
    public enum Deed: Sendable {
        /// A new cart, at most 600 an hour; an order, at most 60.
        case cart, order

        var limit: RateLimit {
            switch self {
            case .cart: .perAddress(600, per: .hours(1), name: "guest carts")
            case .order: .perAddress(60, per: .hours(1), name: "guest orders")
            }
        }
    }

    private let limiter: RateLimiter?

    /// Limits that count from now on; with `isOn` false there are none (`RATE_LIMITS=off`).
    public init(time: TimeSource, isOn: Bool = true) {
        limiter = isOn ? RateLimiter(time: time) : nil
    }

    /// Counts what a guest has done. It is called at the end of the transaction, so that what is refused for another
    /// reason does not count. A transaction that runs again counts again: the limit errs on the strict side.
    ///
    /// - Throws: `Throttled` where the address has reached the limit.
    public func take(_ deed: Deed, by call: APIRequest) throws(Throttled) {
        guard let limiter, call.identity == nil else { return }
        try limiter.take(deed.limit, for: NetworkKey(address: call.clientAddress).text)
    }

    /// Refuses early, before the work, what ``take(_:by:)`` would refuse.
    ///
    /// - Throws: `Throttled` where the address has reached the limit.
    public func check(_ deed: Deed, by call: APIRequest) throws(Throttled) {
        guard let limiter, call.identity == nil else { return }
        try limiter.check(deed.limit, for: NetworkKey(address: call.clientAddress).text)
    }
}

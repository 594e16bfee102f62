import Primitives

/// How much callers without an account may do from one address within an hour: each new cart and each order costs the shop rows,
/// held stock and mail.
public struct GuestLimits: Sendable {
    public enum Deed: Sendable {
        case cart, order

        var limit: RateLimit {
            switch self {
            case .cart: .perAddress(600, per: .hours(1), name: "guest carts")
            case .order: .perAddress(60, per: .hours(1), name: "guest orders")
            }
        }
    }

    private let limiter: RateLimiter?

    /// Begins to count; with `isOn` false there are no limits (`RATE_LIMITS=off`).
    public init(time: TimeSource, isOn: Bool = true) {
        limiter = isOn ? RateLimiter(time: time) : nil
    }

    /// Counts what a guest has done, at the end of the transaction that does it, so that what is refused for another reason does not
    /// count. A transaction that runs again counts again: the limit is never too wide.
    ///
    /// - Throws: `Throttled` where the address has done its share.
    public func take(_ deed: Deed, by call: APIRequest) throws(Throttled) {
        guard let limiter, call.identity == nil else { return }
        try limiter.take(deed.limit, for: NetworkKey(address: call.clientAddress).text)
    }

    /// Refuses early, before the work, what ``take(_:by:)`` would refuse.
    ///
    /// - Throws: `Throttled` where the address has done its share.
    public func check(_ deed: Deed, by call: APIRequest) throws(Throttled) {
        guard let limiter, call.identity == nil else { return }
        try limiter.check(deed.limit, for: NetworkKey(address: call.clientAddress).text)
    }
}

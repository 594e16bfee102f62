import Synchronization

/// The limit on the bytes of requests' bodies that the server holds at once.
///
/// Received bytes count, not announced ones: a client that announces much and sends nothing keeps nobody out.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Atomic<Int>(0)

    /// The bytes that each request may hold in any case: a connection's own buffers take as much, and no order is
    /// longer.
    static let free = 16 << 10

    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes that requests hold now.
    var bytes: Int { held.load(ordering: .relaxed) }

    /// Adds `bytes` to a request that has `own` already; returns whether there is room. A request that is alone always
    /// has.
    fileprivate func take(_ bytes: Int, beside own: Int) -> Bool {
        let all = held.add(bytes, ordering: .relaxed).newValue
        if all <= limit || own + bytes <= Self.free || all == own + bytes { return true }
        held.subtract(bytes, ordering: .relaxed)
        return false
    }

    fileprivate func give(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }
}

/// One request's part of the budget.
struct BodyShare: ~Copyable {
    private let budget: BodyBudget
    private var bytes = 0

    init(of budget: BodyBudget) {
        self.budget = budget
    }

    /// Takes room for `count` more bytes.
    ///
    /// - Throws: `RequestRefusal.tooBusy` where there is none.
    mutating func take(_ count: Int) throws(RequestRefusal) {
        guard budget.take(count, beside: bytes) else { throw .tooBusy }
        bytes += count
    }

    deinit { budget.give(bytes) }
}

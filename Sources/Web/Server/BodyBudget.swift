import Synchronization

/// How many bytes of requests' bodies the server holds at once.
///
/// What has come is counted, not what is announced: who announces much and sends nothing keeps nobody out.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Atomic<Int>(0)

    /// What a request may hold whatever others do: a connection's own buffers take as much, and an order is no longer than that.
    static let free = 16 << 10

    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes that requests hold now.
    var bytes: Int { held.load(ordering: .relaxed) }

    /// Adds `bytes` to a request that has `own` already; whether there is room for them. A request that is alone always has room.
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

    /// Takes room for so many bytes more.
    ///
    /// - Throws: `RequestRefusal.tooBusy` where there is none.
    mutating func take(_ count: Int) throws(RequestRefusal) {
        guard budget.take(count, beside: bytes) else { throw .tooBusy }
        bytes += count
    }

    deinit { budget.give(bytes) }
}

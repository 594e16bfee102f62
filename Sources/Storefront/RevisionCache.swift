import Synchronization

/// Values made of what the database held at one revision of the catalog.
///
/// A new revision empties the cache, and so does exceeding its limit: what is requested soon returns.
final class RevisionCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var revision = Int.min
        var values: [Key: Value] = [:]
        var weight = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Creates a cache of values that weigh at most `limit` together, in the unit in which they are weighed.
    init(limit: Int) {
        self.limit = limit
    }

    /// The weight of the cached values.
    var weight: Int { state.withLock { $0.weight } }

    func value(_ key: Key, at revision: Int) -> Value? {
        state.withLock { $0.revision == revision ? $0.values[key] : nil }
    }

    /// Returns the cached value of each of `keys`, nil where there is none.
    func values(_ keys: [Key], at revision: Int) -> [Value?] {
        state.withLock { state in
            state.revision == revision ? keys.map { state.values[$0] } : Array(repeating: nil, count: keys.count)
        }
    }

    /// Caches values made of data read after `revision` was taken; ignored where a later one is known, or where they
    /// weigh more than the limit.
    func keep(_ made: [(key: Key, value: Value)], weight: Int, at revision: Int) {
        guard weight <= limit else { return }
        state.withLock { state in
            guard revision >= state.revision else { return }
            if revision > state.revision || state.weight + weight > limit { state = State(revision: revision) }
            // What takes the place of the same weighs no more.
            if made.contains(where: { state.values[$0.key] == nil }) { state.weight += weight }
            for (key, value) in made { state.values[key] = value }
        }
    }

    func keep(_ value: Value, for key: Key, weight: Int = 1, at revision: Int) {
        keep([(key, value)], weight: weight, at: revision)
    }
}

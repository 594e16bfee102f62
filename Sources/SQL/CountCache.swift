import Synchronization

/// Counts of long lists, each cached for at most a second: where a table has many thousand rows, counting them is the
/// most expensive part of a page of twenty. Short lists are counted each time.
///
/// When half of the second is over, one caller counts again while the others still get the cached count.
public final class CountCache: Sendable {
    private struct CachedCount {
        let count: Int
        let countedAt: ContinuousClock.Instant
        var isRenewing = false
    }

    private static let lifetime = Duration.seconds(1)
    private static let capacity = 256

    private let shortest: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let kept = Mutex<[Query: CachedCount]>([:])

    /// Creates a cache for counts of at least `shortest` rows.
    public init(
        shortest: Int = 2_000, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.shortest = shortest
        self.now = now
    }

    /// Returns the number that `query` selects, at most a second old.
    ///
    /// - Throws: `SQLError`.
    public func count(_ query: Query, _ connection: Connection) throws -> Int {
        if let known = known(query) { return known }
        let begun = now()
        let count = try connection.value(query, as: Int.self) ?? 0
        kept.withLock { kept in
            if kept.count >= Self.capacity { kept = kept.filter { begun - $0.value.countedAt < Self.lifetime } }
            guard count >= shortest, kept.count < Self.capacity else { return kept[query] = nil }
            kept[query] = CachedCount(count: count, countedAt: begun)
        }
        return count
    }

    private func known(_ query: Query) -> Int? {
        let now = now()
        return kept.withLock { kept in
            guard let found = kept[query], now - found.countedAt < Self.lifetime else { return nil }
            guard !found.isRenewing, now - found.countedAt >= Self.lifetime / 2 else { return found.count }
            kept[query]?.isRenewing = true
            return nil
        }
    }
}

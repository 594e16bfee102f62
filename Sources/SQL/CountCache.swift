/// Counts of long lists, each cached for at most a second: where a table has many thousand rows, counting them is the
/// most expensive part of a page of twenty. Short lists are counted each time.
public final class CountCache: Sendable {
    private let shortest: Int
    private let recent: RecentValues<Query, Int>

    /// Creates a cache for counts of at least `shortest` rows.
    public init(
        shortest: Int = 2_000, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.shortest = shortest
        recent = RecentValues(now: now)
    }

    /// Returns the number that `query` selects, at most a second old.
    ///
    /// - Throws: `SQLError`.
    public func count(_ query: Query, _ connection: Connection) throws -> Int {
        try recent.value(of: query, where: { $0 >= shortest }) { try connection.value(query, as: Int.self) ?? 0 }
    }
}

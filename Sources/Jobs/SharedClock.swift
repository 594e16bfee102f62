import Logging
import Primitives
import SQL
import Synchronization

/// The time of day on which all instances of one database agree: an instance's own, corrected by the database's.
///
/// The difference is measured between the machine's clock and the database's, so that a clock that a test or a sandbox
/// moves stays moved. On SQLite there is one machine and no difference.
final class SharedClock: Sendable {
    /// Differences up to this may be due to the network and are ignored.
    private static let noise = TimeSpan.seconds(1)
    /// Differences beyond this are logged.
    static let tolerance = TimeSpan.seconds(5)
    private static let interval = Duration.seconds(60)

    private struct State {
        var offset = TimeSpan(microseconds: 0)
        var measuredAt: ContinuousClock.Instant?
    }

    private let own: TimeSource
    private let machine: TimeSource
    private let state = Mutex(State())

    init(_ own: TimeSource, machine: TimeSource) {
        self.own = own
        self.machine = machine
    }

    /// The shared time of day.
    var source: TimeSource { TimeSource { self.shared(self.own.now) } }

    /// Returns the moment that others see where this instance sees `moment`.
    func shared(_ moment: Timestamp) -> Timestamp { moment + state.withLock { $0.offset } }

    /// Measures the difference, at most once a minute, and logs it when it becomes too large.
    ///
    /// - Throws: `SQLError`.
    func measureIfDue(_ database: any Database, _ logger: Logger) async throws {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            let isDue = state.measuredAt.map { now - $0 >= Self.interval } ?? true
            if isDue { state.measuredAt = now }
            return isDue
        }
        guard isDue, let difference = try await difference(database) else { return }
        let offset = abs(difference.microseconds) > Self.noise.microseconds ? difference : TimeSpan(microseconds: 0)
        let before = state.withLock { state in
            defer { state.offset = offset }
            return state.offset
        }
        let isLarge = { (span: TimeSpan) in abs(span.microseconds) > Self.tolerance.microseconds }
        guard isLarge(offset), !isLarge(before) else { return }
        logger.warning(
            "this machine's clock and the database's differ; jobs go by the database's",
            metadata: ["seconds": .stringConvertible(offset.microseconds / 1_000_000)])
    }

    /// Returns how far the database's clock is ahead of the machine's; nil where there is one clock, or the answer took
    /// too long to tell.
    private func difference(_ database: any Database) async throws -> TimeSpan? {
        let machine = machine
        return try await database.read { connection in
            let start = machine.now
            guard let theirs = try ClockQueries.now(connection) else { return nil }
            let way = machine.now.microseconds - start.microseconds
            guard (0...Self.noise.microseconds).contains(way) else { return nil }
            return TimeSpan(microseconds: theirs.microseconds - start.microseconds - way / 2)
        }
    }
}

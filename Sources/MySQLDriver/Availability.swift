import Logging
import SQL
import Synchronization

/// Whether the server answers, as the connections of a database find out: each change is logged once.
final class Availability: Sendable {
    /// After a time-out nobody asks a server again before so long: each would wait for its own.
    private static let pause = Duration.seconds(1)

    private let isDown = Atomic(false)
    private let stalledAt = Mutex<ContinuousClock.Instant?>(nil)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Why to ask nothing at the moment; nil where the server may be asked.
    var refusal: SQLError? {
        guard isDown.load(ordering: .relaxed) else { return nil }
        let isStalled = stalledAt.withLock { $0.map { ContinuousClock.now - $0 < Self.pause } ?? false }
        return isStalled ? SQLError(.unavailable, message: "the database does not answer") : nil
    }

    /// Notes that the server could not be reached, or, where it `isStalled`, that it said nothing for too long.
    func fail(_ cause: SQLError, isStalled: Bool) {
        if isStalled { stalledAt.withLock { $0 = .now } }
        guard !isDown.exchange(true, ordering: .relaxed) else { return }
        logger.error("the database does not answer", metadata: ["cause": "\(cause)"])
    }

    /// Notes that the server did what it was asked.
    func answer() {
        guard isDown.load(ordering: .relaxed), isDown.exchange(false, ordering: .relaxed) else { return }
        logger.notice("the database answers again")
    }
}

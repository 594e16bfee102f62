import Logging
import SQL
import Synchronization

/// Whether the server answers, as all connections of a database find out: each change is logged once.
final class Availability: Sendable {
    private let isDown = Atomic(false)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Notes that the server could not be reached, or said nothing for too long.
    func fail(_ cause: SQLError) {
        guard !isDown.exchange(true, ordering: .relaxed) else { return }
        logger.error("the database does not answer", metadata: ["cause": "\(cause)"])
    }

    /// Notes that the server did what it was asked.
    func answer() {
        guard isDown.load(ordering: .relaxed), isDown.exchange(false, ordering: .relaxed) else { return }
        logger.notice("the database answers again")
    }
}

import Logging
import SQL
import Synchronization

/// The state of the server as all connections of a database see it: each change is logged once.
final class Availability: Sendable {
    private let isDown = Atomic(false)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Records that the server could not be reached, or was silent for too long.
    func fail(_ cause: SQLError) {
        guard !isDown.exchange(true, ordering: .relaxed) else { return }
        logger.error("the database does not answer", metadata: ["cause": "\(cause)"])
    }

    /// Records that the server answered.
    func answer() {
        guard isDown.load(ordering: .relaxed), isDown.exchange(false, ordering: .relaxed) else { return }
        logger.notice("the database answers again")
    }
}

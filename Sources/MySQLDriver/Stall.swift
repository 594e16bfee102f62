import SQL
import Synchronization

/// Keeps a pool from asking a silent server for a second: each closure would wait for its own time-out.
final class Stall: Sendable {
    private static let pause = Duration.seconds(1)

    private let noticedAt = Mutex<ContinuousClock.Instant?>(nil)
    private let isNoticed = Atomic(false)

    /// The error with which to refuse at the moment; nil where the server may be asked.
    var refusal: SQLError? {
        guard isNoticed.load(ordering: .relaxed) else { return nil }
        let isRecent = noticedAt.withLock { $0.map { ContinuousClock.now - $0 < Self.pause } ?? false }
        return isRecent ? SQLError(.unavailable, message: "the database does not answer").duringOutage : nil
    }

    /// Records that the server was silent for as long as the pool waits.
    func notice() {
        noticedAt.withLock { $0 = .now }
        isNoticed.store(true, ordering: .relaxed)
    }

    /// Records that the server answered.
    func end() {
        if isNoticed.load(ordering: .relaxed) { isNoticed.store(false, ordering: .relaxed) }
    }
}

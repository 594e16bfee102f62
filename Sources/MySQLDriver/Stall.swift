import SQL
import Synchronization

/// Keeps a pool from asking a server that has just let it wait in vain: each closure would wait for its own time-out.
final class Stall: Sendable {
    private static let pause = Duration.seconds(1)

    private let noticedAt = Mutex<ContinuousClock.Instant?>(nil)
    private let isNoticed = Atomic(false)

    /// Why to ask nothing at the moment; nil where the server may be asked.
    var refusal: SQLError? {
        guard isNoticed.load(ordering: .relaxed) else { return nil }
        let isRecent = noticedAt.withLock { $0.map { ContinuousClock.now - $0 < Self.pause } ?? false }
        return isRecent ? SQLError(.unavailable, message: "the database does not answer") : nil
    }

    /// Notes that the server said nothing for as long as the pool bears.
    func notice() {
        noticedAt.withLock { $0 = .now }
        isNoticed.store(true, ordering: .relaxed)
    }

    /// Notes that the server did what it was asked.
    func end() {
        if isNoticed.load(ordering: .relaxed) { isNoticed.store(false, ordering: .relaxed) }
    }
}

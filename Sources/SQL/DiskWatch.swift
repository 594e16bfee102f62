import Logging
import Synchronization

/// Remembers that a database had no space left: for half a minute, or until a write succeeds at least five seconds
/// after the last that failed. Small writes may still succeed where larger ones find no space.
public final class DiskWatch: Sendable {
    private static let memory = Duration.seconds(30)
    private static let steadiness = Duration.seconds(5)

    private let failedAt = Mutex<ContinuousClock.Instant?>(nil)
    private let hasFailed = Atomic(false)
    private let logger: Logger

    /// Creates a watch that has seen no failure; `logger` is told once that there is no space, and once that there is some again.
    public init(logger: Logger) {
        self.logger = logger
    }

    /// Whether writes found no space in the last half minute.
    public var isFull: Bool {
        guard hasFailed.load(ordering: .relaxed) else { return false }
        return failedAt.withLock { $0.map { ContinuousClock.now - $0 < Self.memory } ?? false }
    }

    /// Runs a write and records whether the disk was full.
    ///
    /// - Throws: whatever `write` throws; an error of a full disk as one that has been told of.
    public func watching<Value: Sendable>(_ write: () async throws -> Value) async throws -> Value {
        do {
            let value = try await write()
            if hasFailed.load(ordering: .relaxed) { noteSuccess() }
            return value
        } catch let error as SQLError where error.kind == .diskFull {
            failedAt.withLock { $0 = .now }
            if !hasFailed.exchange(true, ordering: .relaxed) {
                logger.error("no space is left where the database is stored")
            }
            throw error.duringOutage
        }
    }

    private func noteSuccess() {
        let isSteady = failedAt.withLock { $0.map { ContinuousClock.now - $0 >= Self.steadiness } ?? true }
        guard isSteady, hasFailed.exchange(false, ordering: .relaxed) else { return }
        logger.notice("the database has space again")
    }
}

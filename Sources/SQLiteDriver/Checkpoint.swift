import CSQLite
import Logging

/// Moves the write-ahead log into the database when it has grown, after the callers are answered.
final class Checkpoint: Sendable {
    /// The time in milliseconds that the writer waits for readers of older states to end, so that the log can start
    /// anew.
    private static let restartWait: Int32 = 200

    /// The state of the log.
    ///
    /// Invariant behind `nonisolated(unsafe)`: SQLite writes `pages` inside COMMIT, `runIfDue` reads and writes all of
    /// it; both on the writer's thread.
    private struct Log {
        /// Pages in the log after the last commit.
        var pages: Int32 = 0
        /// The length in pages from which the log is to start anew.
        var restartAt: Int32
        /// The last failure that was logged, until one succeeds.
        var failure = SQLITE_OK
    }

    private nonisolated(unsafe) let log: UnsafeMutablePointer<Log>
    private let limit: Int32
    private let restartLimit: Int32
    private let logger: Logger

    init(_ configuration: SQLiteConfiguration, logger: Logger) {
        self.limit = Int32(clamping: max(configuration.checkpointPages, 1))
        self.restartLimit = Int32(clamping: max(configuration.restartPages, 1))
        self.logger = logger
        self.log = .allocate(capacity: 1)
        self.log.initialize(to: Log(restartAt: self.restartLimit))
    }

    func watch(_ session: SQLiteSession) {
        sqlite3_wal_hook(
            session.handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Log.self).pointee.pages = pages
                return SQLITE_OK
            }, log)
    }

    /// Moves the log when it has grown. While it is short the checkpoint is passive: it waits for no reader, and what
    /// it cannot move yet is moved by a later one. Overlapping reads can keep the log from ever starting anew that way;
    /// beyond the limit the writer waits a moment for them.
    func runIfDue(_ session: SQLiteSession) {
        let pages = log.pointee.pages
        guard pages >= limit else { return }
        log.pointee.pages = 0
        guard pages >= log.pointee.restartAt else {
            return record(run(SQLITE_CHECKPOINT_PASSIVE, session), pages)
        }
        session.setLockWait(milliseconds: Self.restartWait)
        defer { session.restoreLockWait() }
        let code = run(SQLITE_CHECKPOINT_RESTART, session)
        // A report of minutes is not to cost each commit the wait: the next try comes when the log is half as long
        // again.
        log.pointee.restartAt = code == SQLITE_OK ? restartLimit : pages + max(pages / 2, 1)
        record(code, pages)
    }

    /// Frees the state that SQLite writes to, once the session is closed.
    func end() {
        log.deallocate()
    }

    private func run(_ mode: Int32, _ session: SQLiteSession) -> Int32 {
        sqlite3_wal_checkpoint_v2(session.handle, nil, mode, nil, nil)
    }

    /// Logs a failure once per kind, and whenever a log that could not start anew has grown.
    private func record(_ code: Int32, _ pages: Int32) {
        let isNews = code != log.pointee.failure || code & 0xFF == SQLITE_BUSY
        log.pointee.failure = code
        guard code != SQLITE_OK, isNews else { return }
        logger.warning(
            "the write-ahead log could not be moved into the database",
            metadata: [
                "code": .stringConvertible(code), "reason": "\(String(cString: sqlite3_errstr(code)))",
                "pages": .stringConvertible(pages),
            ])
    }
}

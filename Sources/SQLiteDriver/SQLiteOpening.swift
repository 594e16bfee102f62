import CSQLite
import Primitives
import SQL

/// Opens connections, each with the settings of its role.
struct SQLiteOpening: Sendable {
    let path: String
    let configuration: SQLiteConfiguration
    /// Whether the file survives the process; a database that does not is never synced.
    let durable: Bool
    /// Whether this process moves the write-ahead log.
    let checkpoints: Bool

    /// The switch that turns off SQLite's counters of memory, which cost every allocation a lock between the threads.
    private static let withoutMemoryCounters = ksqlite_config_flag(SQLITE_CONFIG_MEMSTATUS, 0)

    /// Opens the one connection that writes, and that checkpoints.
    ///
    /// - Throws: `SQLError`.
    func writer() throws(SQLError) -> SQLiteSession {
        let session = try open(flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, needsTransaction: true)
        try enterWAL(session)
        let synchronous = durable ? configuration.synchronous.rawValue : "OFF"
        _ = try session.perform("PRAGMA synchronous = \(synchronous)")
        _ = try session.perform("PRAGMA foreign_keys = ON")
        _ = try session.perform("PRAGMA secure_delete = FAST")
        _ = try session.perform("PRAGMA journal_size_limit = 67108864")
        if !checkpoints { set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true, on: session) }
        return session
    }

    /// Opens a connection that cannot write.
    ///
    /// - Throws: `SQLError`.
    func reader() throws(SQLError) -> SQLiteSession {
        let session = try open(flags: SQLITE_OPEN_READWRITE, needsTransaction: false)
        set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true, on: session)
        _ = try session.perform("PRAGMA query_only = ON")
        return session
    }

    private func open(flags: Int32, needsTransaction: Bool) throws(SQLError) -> SQLiteSession {
        _ = Self.withoutMemoryCounters
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            throw SQLiteFailure.last(handle, code: code, at: .prepare)
        }
        let session = SQLiteSession(
            handle, statementCache: configuration.statementCache, needsTransaction: needsTransaction,
            lockWait: Int32(clamping: max(configuration.lockTimeout.microseconds / 1_000, 1)))
        session.restoreLockWait()
        // The writer checkpoints by itself, after it has answered; nobody else does.
        _ = try session.perform("PRAGMA wal_autocheckpoint = 0")
        _ = try session.perform("PRAGMA cache_size = -\(configuration.cacheKiB)")
        _ = try session.perform("PRAGMA temp_store = MEMORY")
        // A name in double quotes that is no column is a mistake, not a text.
        set(SQLITE_DBCONFIG_DQS_DML, false, on: session)
        set(SQLITE_DBCONFIG_DQS_DDL, false, on: session)
        return session
    }

    private func enterWAL(_ session: SQLiteSession) throws(SQLError) {
        let deadline = Deadline(after: configuration.lockTimeout)
        while true {
            do throws(SQLError) {
                let mode = try session.perform("PRAGMA journal_mode = WAL").rows.first?.raw(0)
                guard mode == .text("wal") else {
                    throw SQLError(.other, message: "this file system cannot hold a write-ahead log")
                }
                return
            } catch {
                // Two processes that create the file at once: SQLite refuses one without asking the busy handler.
                guard error.kind == .lockTimeout, !deadline.isOver else { throw error }
                Deadline.pause()
            }
        }
    }

    private func set(_ option: Int32, _ value: Bool, on session: SQLiteSession) {
        _ = ksqlite_db_config_flag(session.handle, option, value ? 1 : 0)
    }
}

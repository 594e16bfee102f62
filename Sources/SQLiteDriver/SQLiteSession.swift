import CSQLite
import SQL

/// One connection of the sqlite3 library, opened without its mutex.
///
/// Invariant behind `@unchecked Sendable`: one thread at a time uses a session. The writer's belongs to the writer's
/// thread, a reader's to the borrower in the pool or to its own thread; each hand-over goes through a lock.
final class SQLiteSession: DriverSession, @unchecked Sendable {
    let handle: OpaquePointer
    /// Whether statements run only inside of a transaction; set on the writer.
    let needsTransaction: Bool
    /// The time in milliseconds that a statement waits for a lock.
    let lockWait: Int32
    private var cache: SQLiteStatementCache
    /// The failure at which SQLite ended the transaction on its own.
    private var ending: SQLError?
    private var isOpen = true

    init(_ handle: OpaquePointer, statementCache: Int, needsTransaction: Bool, lockWait: Int32) {
        self.handle = handle
        self.lockWait = lockWait
        self.cache = SQLiteStatementCache(limit: statementCache)
        self.needsTransaction = needsTransaction
    }

    deinit { close() }

    /// Closes the connection; on the writer's this moves the rest of the write-ahead log into the database.
    func close() {
        guard isOpen else { return }
        isOpen = false
        cache.finalizeAll()
        sqlite3_close_v2(handle)
    }

    /// Clears the failure at which the last transaction ended, before the next.
    func clearEnding() { ending = nil }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func run(_ text: String, _ values: [SQLValue]) throws(SQLError) -> StatementResult {
        guard needsTransaction else { return try perform(text, values) }
        // Disk full or ON CONFLICT ROLLBACK ends the transaction; what the closure does after that must not commit by
        // itself.
        guard isInTransaction else { throw ending ?? SQLError(.other, message: "the transaction is over") }
        do {
            return try perform(text, values)
        } catch {
            if !isInTransaction { ending = error }
            throw error
        }
    }

    /// Runs a statement of the driver itself: BEGIN, COMMIT, SAVEPOINT, PRAGMA.
    func perform(_ text: String, _ values: [SQLValue] = []) throws(SQLError) -> StatementResult {
        let statement = try cache.statement(text, on: handle)
        guard Int(sqlite3_bind_parameter_count(statement)) == values.count else {
            throw SQLError(.other, message: "the statement has another number of places than values")
        }
        // A failed step has its error read before this reset.
        defer { sqlite3_reset(statement) }
        if values.isEmpty { return try step(statement) }
        defer { sqlite3_clear_bindings(statement) }
        var place: Int32 = 0
        for value in values {
            place += 1
            let code = Self.bind(value, at: place, of: statement)
            if code != SQLITE_OK { throw SQLiteFailure.last(handle, code: code, at: .step) }
        }
        return try step(statement)
    }

    private func step(_ statement: OpaquePointer) throws(SQLError) -> StatementResult {
        if sqlite3_stmt_readonly(statement) != 0 { return StatementResult(rows: try rows(statement)) }
        // An INSERT that inserts nothing leaves the id of an earlier one, and DDL the count.
        sqlite3_set_last_insert_rowid(handle, 0)
        let before = sqlite3_total_changes64(handle)
        let rows = try rows(statement)
        let changed = sqlite3_total_changes64(handle) != before
        return StatementResult(
            rows: rows, affected: changed ? Int(sqlite3_changes64(handle)) : 0,
            lastInsertID: changed ? sqlite3_last_insert_rowid(handle) : 0)
    }

    private func rows(_ statement: OpaquePointer) throws(SQLError) -> Rows {
        var code = sqlite3_step(statement)
        // After the step: it prepares the statement anew when the schema has changed.
        let count = sqlite3_column_count(statement)
        var values: [SQLValue] = []
        while code == SQLITE_ROW {
            for index in 0..<count { values.append(Self.column(index, of: statement)) }
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_DONE else { throw SQLiteFailure.last(handle, code: code, at: .step) }
        return count == 0 ? .none : Rows(columnCount: Int(count), values: values)
    }

    private static func bind(_ value: SQLValue, at place: Int32, of statement: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .real(let number): return sqlite3_bind_double(statement, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    ksqlite_bind_text(statement, place, $0.baseAddress, UInt64($0.count))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { ksqlite_bind_blob(statement, place, $0.baseAddress, UInt64($0.count)) }
        }
    }

    private static func column(_ index: Int32, of statement: OpaquePointer) -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, index)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return .blob(Array(bytes))
        default: return .null
        }
    }
}

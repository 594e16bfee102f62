import CSQLite
import SQL

extension SQLiteSession {
    /// Runs `body` on one state of the database.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func reading<Value>(_ meter: StatementMeter?, _ body: (Connection) throws -> Value) throws -> Value {
        _ = try perform("BEGIN")
        defer { endTransaction() }
        return try body(Connection(self, dialect: .sqlite, meter: meter))
    }

    /// Begins a transaction with the write lock, which another process may hold for a while.
    ///
    /// - Throws: `SQLError` of kind `.lockTimeout` where it is not given in time.
    func beginWriting(deadline: Deadline) throws(SQLError) {
        clearEnding()
        while true {
            do {
                _ = try perform("BEGIN IMMEDIATE")
                return
            } catch {
                // SQLite does not always call the busy handler, so the retry looks at the clock itself.
                let busy = error.kind == .lockTimeout || error.kind == .conflict
                guard busy else { throw error }
                if deadline.isOver { throw SQLError(.lockTimeout, code: error.code, message: error.message) }
                Deadline.pause()
            }
        }
    }

    /// Rolls the transaction back, if SQLite has not ended it already.
    func rollback() {
        if isInTransaction { _ = try? perform("ROLLBACK") }
    }

    private func endTransaction() {
        if isInTransaction { _ = try? perform("COMMIT") }
        rollback()
    }
}

import CMariaDB
import SQL

/// One connection to the server, used by the one thread that opened it.
final class MySQLSession: DriverSession {
    private let handle: SessionOpening.Handle
    private let parameters = ParameterBuffer()
    private var statements: MySQLStatementCache
    /// The maximum size of one statement with its values, in bytes.
    private let packetLimit: Int
    private var inTransaction = false

    /// The reason why nothing more may run in this transaction, or on this connection where it is lost.
    ///
    /// A closure may swallow the error of a statement. Where that error undid the transaction, the statements after it
    /// would be committed without those before it.
    private(set) var doom: SQLError?
    private(set) var isLost = false
    /// Whether the connection was lost during a COMMIT, so that running the closure again might do everything twice.
    private(set) var isOutcomeUnknown = false

    /// Connects and logs in.
    ///
    /// - Throws: `SQLError` of kind `.unavailable`.
    init(_ configuration: MySQLConfiguration) throws(SQLError) {
        handle = try SessionOpening.open(configuration)
        statements = MySQLStatementCache(limit: configuration.statementCacheLimit)
        packetLimit = SessionOpening.packetLimit(handle)
    }

    deinit { mysql_close(handle) }

    func run(_ text: String, _ values: [SQLValue]) throws(SQLError) -> StatementResult {
        if let doom { throw doom }
        do throws(SQLError) {
            if values.isEmpty, StatementShape.runsAsText(text) { return try runText(text) }
            return try runPrepared(text, values)
        } catch {
            record(error)
            throw error
        }
    }

    // MARK: Transactions

    /// Begins a transaction.
    ///
    /// - Throws: `SQLError` of kind `.unavailable`.
    func begin() throws(SQLError) {
        doom = nil
        inTransaction = true
        try control("START TRANSACTION")
    }

    /// Commits the transaction.
    ///
    /// - Throws: `SQLError`; of kind `.unavailable` where it is unknown whether the transaction was committed.
    func commit() throws(SQLError) {
        if let doom { throw doom }
        do throws(SQLError) {
            try SessionOpening.run("COMMIT", handle)
            inTransaction = false
        } catch {
            record(error)
            guard isLost, !Self.refusals.contains(error.code) else { throw error }
            isOutcomeUnknown = true
            throw SQLError(
                .unavailable, code: error.code,
                message: "the connection was lost while a transaction was committed: its outcome is unknown")
        }
    }

    /// Rolls the transaction back, where there is one; a connection on which that fails is closed, which rolls it back
    /// as well.
    func endTransaction() {
        defer { inTransaction = false }
        if isLost || !inTransaction { return }
        doom = nil
        do throws(SQLError) {
            try SessionOpening.run("ROLLBACK", handle)
        } catch {
            giveUp(error)
        }
    }

    /// The errors of a cluster's node that takes no statements, or of a server that became read-only: a COMMIT that was
    /// answered so has not happened.
    private static let refusals = [1_047, 1_290, 1_836]

    private func control(_ text: String) throws(SQLError) {
        do throws(SQLError) {
            try SessionOpening.run(text, handle)
        } catch {
            record(error)
            throw error
        }
    }

    // MARK: Failures

    private func record(_ error: SQLError) {
        if ServerError.isLost(error.code) {
            giveUp(error)
        } else if inTransaction, ServerError.endsTransaction(error.code) {
            doom = error
        }
    }

    private func giveUp(_ error: SQLError) {
        isLost = true
        doom = SQLError(.unavailable, code: error.code, message: error.message)
    }

    // MARK: Statements

    private func runPrepared(_ text: String, _ values: [SQLValue]) throws(SQLError) -> StatementResult {
        let size = parameters.load(values)
        defer { parameters.shrink() }
        guard text.utf8.count + size + values.count * 16 < packetLimit else {
            throw SQLError(.outOfRange, message: "a statement is larger than the server's max_allowed_packet")
        }
        do throws(SQLError) {
            return try statement(text).run(parameters, count: values.count)
        } catch  where ServerError.needsPreparing(error.code) {
            statements.drop(text)
            return try statement(text).run(parameters, count: values.count)
        }
    }

    private func statement(_ text: String) throws(SQLError) -> PreparedStatement {
        let handle = handle
        let prepare = { () throws(SQLError) -> PreparedStatement in try PreparedStatement(text, on: handle) }
        do throws(SQLError) {
            return try statements.statement(text, prepare: prepare)
        } catch  where error.code == ServerError.tooManyStatements {
            statements.dropAll()
            return try statements.statement(text, prepare: prepare)
        }
    }

    /// Runs a statement that returns no rows. A change of the schema commits the transaction, failed or not; a new one
    /// begins after it.
    private func runText(_ text: String) throws(SQLError) -> StatementResult {
        do throws(SQLError) {
            try SessionOpening.run(text, handle)
        } catch {
            // An answer of failure does not say whether a transaction is open; the next answer of success does.
            if inTransaction, !ServerError.isLost(error.code) {
                try SessionOpening.run("DO 0", handle)
                try reopenTransaction()
            }
            throw error
        }
        let affected = Int(clamping: Int64(bitPattern: mysql_affected_rows(handle)))
        let insertID = Int64(truncatingIfNeeded: mysql_insert_id(handle))
        if inTransaction { try reopenTransaction() }
        return StatementResult(affected: affected, lastInsertID: insertID)
    }

    private func reopenTransaction() throws(SQLError) {
        if handle.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) == 0 {
            try SessionOpening.run("START TRANSACTION", handle)
        }
    }
}

extension SessionOpening {
    /// Returns the largest packet that the server takes; MySQL's smallest default where it does not say.
    static func packetLimit(_ handle: Handle) -> Int {
        let fallback = 4 << 20
        guard let statement = try? PreparedStatement("SELECT @@max_allowed_packet", on: handle),
            let rows = try? statement.run(ParameterBuffer(), count: 0).rows,
            case .integer(let bytes)? = rows.first?.raw(0)
        else { return fallback }
        return Int(bytes)
    }
}

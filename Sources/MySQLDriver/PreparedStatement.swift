import CMariaDB
import SQL

/// A statement that the server has prepared, run each time its text comes.
final class PreparedStatement {
    private let handle: UnsafeMutablePointer<MYSQL_STMT>
    private let connection: UnsafeMutablePointer<MYSQL>
    private let parameterCount: Int
    private var result: ResultBuffer?
    /// The last use, as a count of the cache's uses.
    var lastUse = 0

    /// Prepares a statement.
    ///
    /// - Throws: `SQLError` where the text does not compile.
    init(_ text: String, on connection: UnsafeMutablePointer<MYSQL>) throws(SQLError) {
        guard let handle = mysql_stmt_init(connection) else {
            throw SQLError(.unavailable, message: "no memory for a statement")
        }
        var text = text
        if text.withUTF8({ Self.prepare(handle, $0) }) != 0 {
            let error = Self.error(of: handle, connection)
            mysql_stmt_close(handle)
            throw error
        }
        self.handle = handle
        self.connection = connection
        parameterCount = Int(mysql_stmt_param_count(handle))
    }

    deinit { mysql_stmt_close(handle) }

    /// Runs the statement with the values laid out in `parameters` and reads its whole result.
    ///
    /// - Throws: `SQLError`.
    func run(_ parameters: ParameterBuffer, count: Int) throws(SQLError) -> StatementResult {
        guard count == parameterCount else {
            throw SQLError(.other, message: "\(count) values for the \(parameterCount) places of a statement")
        }
        if count > 0, mysql_stmt_bind_param(handle, parameters.binds) != 0 { throw failure }
        if mysql_stmt_execute(handle) != 0 { throw failure }
        if mysql_stmt_field_count(handle) == 0 {
            return StatementResult(
                affected: Int(clamping: Int64(bitPattern: mysql_stmt_affected_rows(handle))),
                lastInsertID: Int64(truncatingIfNeeded: mysql_stmt_insert_id(handle)))
        }
        defer { finishResult() }
        return StatementResult(rows: try fetchAll())
    }

    private func fetchAll() throws(SQLError) -> Rows {
        let buffer = try boundResult()
        let columnCount = Int(mysql_stmt_field_count(handle))
        var values: [SQLValue] = []
        values.reserveCapacity(columnCount)
        while true {
            switch mysql_stmt_fetch(handle) {
            // Every text counts as cut short, since only its length was asked for.
            case 0, MYSQL_DATA_TRUNCATED: try buffer.appendRow(to: &values)
            case MYSQL_NO_DATA: return Rows(columnCount: columnCount, values: values)
            default: throw failure
            }
        }
    }

    /// Returns the buffer for this result; its columns may have changed since the last one.
    private func boundResult() throws(SQLError) -> ResultBuffer {
        guard let fields = mariadb_stmt_fetch_fields(handle) else { throw failure }
        let count = Int(mysql_stmt_field_count(handle))
        if let result, result.fits(fields, count: count) { return result }
        let made = ResultBuffer(handle, fields, count: count)
        guard made.bind() else { throw failure }
        result = made
        return made
    }

    /// Reads past the rest of the result, so that the connection is free for the next statement.
    private func finishResult() {
        mysql_stmt_free_result(handle)
        while mysql_stmt_more_results(handle) != 0, mysql_stmt_next_result(handle) == 0 {
            mysql_stmt_free_result(handle)
        }
    }

    private var failure: SQLError { Self.error(of: handle, connection) }

    private static func prepare(
        _ handle: UnsafeMutablePointer<MYSQL_STMT>, _ text: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        text.withMemoryRebound(to: CChar.self) { mysql_stmt_prepare(handle, $0.baseAddress, UInt($0.count)) }
    }

    /// Returns the last failure; one while rows are read is noted on the connection alone.
    private static func error(
        of handle: UnsafeMutablePointer<MYSQL_STMT>, _ connection: UnsafeMutablePointer<MYSQL>
    ) -> SQLError {
        let code = mysql_stmt_errno(handle)
        if code != 0 { return ServerMessage.error(Int(code), String(cString: mysql_stmt_error(handle))) }
        return ServerMessage.error(of: connection)
    }
}

extension ServerMessage {
    /// Returns the last failure noted on `connection`.
    static func error(of connection: UnsafeMutablePointer<MYSQL>) -> SQLError {
        error(Int(mysql_errno(connection)), String(cString: mysql_error(connection)))
    }
}

/// A driver's connection: runs one statement and returns its whole result.
///
/// Its two implementations are those of `SQLiteDriver` and `MySQLDriver`. A session is used by one thread at a time.
public protocol DriverSession: AnyObject {
    /// Runs one statement to its end, with `values` bound to the places of `text`.
    ///
    /// - Throws: `SQLError`.
    func run(_ text: String, _ values: [SQLValue]) throws(SQLError) -> StatementResult
}

/// The result of one statement.
public struct StatementResult: Sendable {
    /// The rows of a SELECT; none for other statements.
    public let rows: Rows
    /// The number of rows found by the condition of an UPDATE or DELETE, or inserted by an INSERT; unchanged rows
    /// count.
    public let affected: Int
    /// The id given to the inserted row; 0 where none was.
    public let lastInsertID: Int64

    /// A result, empty by default.
    public init(rows: Rows = .none, affected: Int = 0, lastInsertID: Int64 = 0) {
        self.rows = rows
        self.affected = affected
        self.lastInsertID = lastInsertID
    }
}

/// A connection for reading, valid inside one closure of `Database.read` or `Database.write`.
public class Connection {
    /// The database behind the connection, for statements that differ.
    public let dialect: Dialect
    let session: any DriverSession
    private let meter: StatementMeter?

    /// A connection over a driver's session; `meter` counts its statements where there is one.
    public init(_ session: any DriverSession, dialect: Dialect, meter: StatementMeter?) {
        self.session = session
        self.dialect = dialect
        self.meter = meter
    }

    /// Runs `query` and returns its whole result.
    ///
    /// - Throws: `SQLError`.
    public final func rows(_ query: Query) throws(SQLError) -> Rows {
        try run(query).rows
    }

    /// Returns every row of `query` as a `Value`.
    ///
    /// - Throws: `SQLError`, or what `Value` throws on a row.
    public final func all<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> [Value] {
        try rows(query).map { try Value(row: $0) }
    }

    /// Returns the first row of `query`; nil where there is none.
    ///
    /// - Throws: `SQLError`, or what `Value` throws on the row.
    public final func first<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try rows(query).first.map { try Value(row: $0) }
    }

    /// Returns the first column of the first row; nil where there is no row.
    ///
    /// - Throws: `SQLError`.
    public final func value<Value: SQLDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try rows(query).first.map { try $0[0] }
    }

    /// Returns the first column of every row.
    ///
    /// - Throws: `SQLError`.
    public final func column<Value: SQLDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> [Value] {
        try rows(query).map { try $0[0] }
    }

    final func run(_ query: Query) throws(SQLError) -> StatementResult {
        meter?.count(query)
        return try session.run(query.text, query.values)
    }
}

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

    /// Creates a result, empty by default.
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

    /// Creates a connection over a driver's session; `meter` counts its statements where there is one.
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
    /// - Throws: `SQLError`, of kind `.decoding` where a row has other columns than are read, or what `Value` throws on a row.
    public final func all<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> [Value] {
        try all(query) { try Value(row: &$0) }
    }

    /// Reads every row of `query` by `read`.
    ///
    /// - Throws: what `read` throws, and `SQLError`, of kind `.decoding` where it leaves columns unread.
    public final func all<Value>(_ query: Query, _ read: (inout RowReader) throws -> Value) throws -> [Value] {
        try rows(query).read(read)
    }

    /// Reads every row of `query` as a tuple: `for (id, name): (Int, String) in try connection.tuples(…)`.
    ///
    /// - Throws: `SQLError`, of kind `.decoding` where a row has other columns than the tuple.
    public final func tuples<each Column: SQLDecodable>(
        _ query: Query, as type: (repeat each Column).Type = (repeat each Column).self
    ) throws -> [(repeat each Column)] {
        try all(query) { row in (repeat try row((each Column).self)) }
    }

    /// Reads the first row of `query`, or gives nil where there is none.
    ///
    /// - Throws: `SQLError`, of kind `.decoding` where the row has other columns than are read.
    public final func first<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try first(query) { try Value(row: &$0) }
    }

    /// Reads the first row of `query` by `read`, or gives nil where there is none.
    ///
    /// - Throws: what `read` throws, and `SQLError`, of kind `.decoding` where it leaves columns unread.
    public final func first<Value>(_ query: Query, _ read: (inout RowReader) throws -> Value) throws -> Value? {
        try rows(query).read(limit: 1, read).first
    }

    /// Reads the first row of `query` as a tuple, or gives nil where there is none.
    ///
    /// - Throws: `SQLError`, of kind `.decoding` where the row has other columns than the tuple.
    public final func tuple<each Column: SQLDecodable>(
        _ query: Query, as type: (repeat each Column).Type = (repeat each Column).self
    ) throws -> (repeat each Column)? {
        try first(query) { row in (repeat try row((each Column).self)) }
    }

    /// Returns the first column of the first row; nil where there is no row.
    ///
    /// - Throws: `SQLError`.
    public final func value<Value: SQLDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try rows(query).first.map { try Value(sqlValue: $0.raw(0)) }
    }

    /// Returns the first column of every row.
    ///
    /// - Throws: `SQLError`.
    public final func column<Value: SQLDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> [Value] {
        try rows(query).map { try Value(sqlValue: $0.raw(0)) }
    }

    final func run(_ query: Query) throws(SQLError) -> StatementResult {
        meter?.count(query)
        return try session.run(query.text, query.values)
    }
}

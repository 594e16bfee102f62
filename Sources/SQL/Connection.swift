/// What a driver's connection gives: one statement run, its whole result back.
///
/// Its two implementations are those of `SQLiteDriver` and `MySQLDriver`. A session is used by one thread at a time.
public protocol DriverSession: AnyObject {
    /// - Throws: `SQLError`.
    func run(_ text: String, _ values: [SQLValue]) throws(SQLError) -> StatementResult
}

/// What one statement answered.
public struct StatementResult: Sendable {
    public let rows: Rows
    /// Rows found by the condition of an UPDATE or DELETE, inserted by an INSERT (unchanged rows count).
    public let affected: Int
    /// The id given to the inserted row, 0 where none was.
    public let lastInsertID: Int64

    public init(rows: Rows = .none, affected: Int = 0, lastInsertID: Int64 = 0) {
        self.rows = rows
        self.affected = affected
        self.lastInsertID = lastInsertID
    }
}

/// A connection to read from, alive inside one closure of `Database.read` or `Database.write`.
public class Connection {
    public let dialect: Dialect
    let session: any DriverSession
    private let meter: StatementMeter?

    public init(_ session: any DriverSession, dialect: Dialect, meter: StatementMeter?) {
        self.session = session
        self.dialect = dialect
        self.meter = meter
    }

    /// Runs `query` and gives its whole result.
    ///
    /// - Throws: `SQLError`.
    public final func rows(_ query: Query) throws(SQLError) -> Rows {
        try run(query).rows
    }

    /// Every row of `query` as a `Value`.
    ///
    /// - Throws: `SQLError`.
    public final func all<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> [Value] {
        try rows(query).map { try Value(row: $0) }
    }

    /// The first row of `query`, or nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public final func first<Value: RowDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try rows(query).first.map { try Value(row: $0) }
    }

    /// The first column of the first row, or nil where there is no row.
    ///
    /// - Throws: `SQLError`.
    public final func value<Value: SQLDecodable>(_ query: Query, as type: Value.Type = Value.self) throws -> Value? {
        try rows(query).first.map { try $0[0] }
    }

    /// The first column of every row.
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

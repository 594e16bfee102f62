/// A database: SQLite in a file or in memory, MySQL or MariaDB over the network.
///
/// Its two implementations are `SQLiteDatabase` and `MySQLDatabase`. Closures are synchronous: nothing can be awaited
/// in a transaction, so no lock is held over the network or a suspended task.
public protocol Database: Sendable {
    /// The database behind it, for statements that differ.
    var dialect: Dialect { get }

    /// Runs `body` on a connection for reading.
    ///
    /// On SQLite the whole closure sees one state of the database; on MySQL each statement sees the newest committed
    /// one.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Runs `body` like `read`, for statements that may take long: never on the caller's thread, never delaying short
    /// reads.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Runs `body` in a transaction and returns once it is committed; rolled back when `body` throws.
    ///
    /// `body` may run more than once and must do nothing but database work. It also runs to its end when the caller's
    /// task is cancelled. On MySQL a `body` that throws an `SQLError` of kind `.conflict`, because what it read was
    /// changed before it wrote, is run again.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs `body` like `write`, for changes that may take long: migrations.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func maintain<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs `body` like `read`, to see whether the database answers: given up after two seconds.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Whether writes failed in the last half minute for lack of disk space.
    var isDiskFull: Bool { get }

    /// Finishes running closures, then closes every connection. Later calls throw `SQLError` of kind `.unavailable`.
    func close() async
}

extension Database {
    /// Runs `body` like `write`, where a database has no other way for long changes.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func maintain<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await write(body)
    }

    /// Runs `body` like `read`, where a database has no shorter limit.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await read(body)
    }

    /// False, where a database does not watch its disk.
    public var isDiskFull: Bool { false }
}

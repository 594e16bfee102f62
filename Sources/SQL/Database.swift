/// A database: SQLite in a file or in memory, MySQL or MariaDB over the network.
///
/// Its two implementations are `SQLiteDatabase` and `MySQLDatabase`. Closures are synchronous: nothing can be awaited in a
/// transaction, so no lock is held over the network or a suspended task.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` on a connection to read from.
    ///
    /// On SQLite the whole closure sees one state of the database; on MySQL each statement sees the newest committed one.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Like `read`, for statements that may take long: never on the caller's thread, never in the way of short reads.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Runs `body` in a transaction and returns once it is committed; rolled back when `body` throws.
    ///
    /// `body` may run more than once and must do nothing but database work. It also runs to its end when the caller's
    /// task is cancelled. On MySQL a `body` that throws an `SQLError` of kind `.conflict`, because what it read was changed
    /// before it wrote, is run again.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Like `write`, for changes that may take long: migrations.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func maintain<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Like `read`, to see whether the database answers: given up after two seconds.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value

    /// Whether writes failed lately for want of space.
    var isDiskFull: Bool { get }

    /// Finishes what has begun, then closes every connection. Later calls throw `SQLError` of kind `.unavailable`.
    func close() async
}

extension Database {
    public func maintain<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await write(body)
    }

    public func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await read(body)
    }

    public var isDiskFull: Bool { false }
}

import MySQLDriver
import SQL
import SQLiteDriver

/// Hands out clean databases, one to each test.
///
/// Databases of the same migrations are made once: on SQLite the file is copied, on MySQL a schema is emptied and used
/// again.
public struct DatabasePool: Sendable {
    /// The pool that all tests of a run share.
    public static let shared = DatabasePool()

    private let files = SQLiteTemplates()
    private let schemas = MySQLSchemas()

    /// Runs `body` with `instances` databases that are one and the same, as several processes would open it.
    ///
    /// - Throws: whatever `body` throws, or why the database could not be made.
    public func lend<Value>(
        _ backend: Backend, instances: Int = 1, migrations: [Migration] = [],
        to body: ([any Database]) async throws -> Value
    ) async throws -> Value {
        switch backend {
        case .sqlite: try await files.lend(instances, migrations, to: body)
        case .mysql: try await schemas.lend(instances, migrations, to: body)
        }
    }

    func lendAddress<Value>(_ backend: Backend, to body: (String) async throws -> Value) async throws -> Value {
        switch backend {
        case .sqlite: try await withTemporaryFolder { try await body("sqlite:///\($0)/shop.db") }
        case .mysql: try await schemas.lendAddress(to: body)
        }
    }
}

/// Runs `body` with a clean database to which `migrations` are applied.
///
/// - Throws: whatever `body` throws, or why the database could not be made.
public func withDatabase<Value>(
    _ backend: Backend, migrations: [Migration] = [], _ body: (any Database) async throws -> Value
) async throws -> Value {
    try await DatabasePool.shared.lend(backend, migrations: migrations) { try await body($0[0]) }
}

/// Runs `body` with a clean database, opened `instances` times as several processes would.
///
/// - Throws: whatever `body` throws, or why the database could not be made.
public func withDatabases<Value>(
    _ backend: Backend, instances: Int, migrations: [Migration] = [],
    _ body: ([any Database]) async throws -> Value
) async throws -> Value {
    try await DatabasePool.shared.lend(backend, instances: instances, migrations: migrations, to: body)
}

/// Runs `body` with the `DATABASE_URL` of an empty database, for programs that open it themselves.
///
/// - Throws: whatever `body` throws, or why the database could not be made.
public func withDatabaseAddress<Value>(
    _ backend: Backend, _ body: (String) async throws -> Value
) async throws -> Value {
    try await DatabasePool.shared.lendAddress(backend, to: body)
}

/// Opens the database that another process serves, beside it.
///
/// - Throws: `SQLError`, `MySQLURLError`.
public func openDatabase(beside address: String) throws -> any Database {
    guard address.hasPrefix("sqlite:///") else {
        var configuration = try MySQLConfiguration(url: address)
        configuration.poolSize = 2
        configuration.reportPoolSize = 1
        return MySQLDatabase(configuration: configuration)
    }
    var configuration = SQLiteConfiguration()
    configuration.checkpoints = .never
    return try SQLiteDatabase.open(.file(String(address.dropFirst("sqlite:///".count))), configuration: configuration)
}

/// Runs `body` with `databases` and closes them however it ends.
func closing<Value>(
    _ databases: [any Database], _ body: ([any Database]) async throws -> Value
) async throws -> Value {
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(databases)) } catch { outcome = .failure(error) }
    for database in databases { await database.close() }
    return try outcome.get()
}

extension [Migration] {
    /// A text that is equal for migrations which make the same schema.
    var fingerprint: String { String(describing: self) }
}

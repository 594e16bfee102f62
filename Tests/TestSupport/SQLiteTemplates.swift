import FoundationEssentials
import SQL
import SQLiteDriver
import Synchronization

/// Migrated SQLite files, each made once and then copied.
struct SQLiteTemplates: Sendable {
    private final class Store: Sendable {
        let bytes = Mutex<[String: Data]>([:])
    }

    private let store = Store()

    func lend<Value>(
        _ instances: Int, _ migrations: [Migration], to body: ([any Database]) async throws -> Value
    ) async throws -> Value {
        try await withTemporaryFolder { folder in
            let path = folder + "/test.db"
            if !migrations.isEmpty {
                try await template(migrations).write(to: URL(filePath: path))
            }
            let databases = try (0..<instances).map { try Self.open(path, first: $0 == 0) }
            return try await closing(databases, body)
        }
    }

    private func template(_ migrations: [Migration]) async throws -> Data {
        let key = migrations.fingerprint
        if let known = store.bytes.withLock({ $0[key] }) { return known }
        // Two tests may make the same one at once: either is as good.
        let made = try await withTemporaryFolder { folder in
            let path = folder + "/template.db"
            try await closing([try Self.open(path, first: true)]) {
                _ = try await Migrator($0[0], migrations).migrate()
            }
            return try Data(contentsOf: URL(filePath: path))
        }
        store.bytes.withLock { $0[key] = made }
        return made
    }

    /// Opens a copy. Power cuts do not matter in a test; one instance alone may checkpoint.
    private static func open(_ path: String, first: Bool) throws -> any Database {
        var configuration = SQLiteConfiguration()
        configuration.synchronous = .normal
        configuration.checkpoints = first ? .exclusive : .never
        return try SQLiteDatabase.open(.file(path), configuration: configuration)
    }
}

import MySQLDriver
import SQL
import Synchronization

/// Schemas on the server named by `KONTOR_TEST_MYSQL`.
///
/// One that was made without migrations is dropped after its test; one with migrations is put back as they left it and
/// lent again. What a run leaves on the server is dropped by the next one.
struct MySQLSchemas: Sendable {
    private struct Schema: Sendable {
        let name: String
        /// Every table with the rows that the migrations put in.
        let tables: [String: [[SQLValue]]]
    }

    private final class Store: Sendable {
        let idle = Mutex<[String: [Schema]]>([:])
        let server = Mutex<MySQLServer?>(nil)
        /// Keeps the tests of a run below the server's limit of connections.
        let turnstile = AsyncSemaphore(places: 12)
    }

    private let store = Store()

    func lend<Value>(
        _ instances: Int, _ migrations: [Migration], to body: ([any Database]) async throws -> Value
    ) async throws -> Value {
        await store.turnstile.enter()
        defer { store.turnstile.leave() }
        let server = try await server()
        let key = migrations.fingerprint
        let known = store.idle.withLock { $0[key]?.popLast() }
        let schema: Schema = if let known { known } else { try await make(migrations, on: server) }
        let outcome: Result<Value, any Error>
        do {
            let databases = (0..<instances).map { _ in server.open(schema.name) }
            outcome = .success(try await closing(databases, body))
        } catch {
            outcome = .failure(error)
        }
        if !migrations.isEmpty, try await server.restore(schema.name, schema.tables) {
            store.idle.withLock { $0[key, default: []].append(schema) }
        } else {
            try await server.drop(schema.name)
        }
        return try outcome.get()
    }

    /// Runs `body` with the address of an empty schema, which is dropped afterwards.
    func lendAddress<Value>(to body: (String) async throws -> Value) async throws -> Value {
        await store.turnstile.enter()
        defer { store.turnstile.leave() }
        let server = try await server()
        let name = try await server.create()
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(server.address(of: name))) } catch { outcome = .failure(error) }
        try await server.drop(name)
        return try outcome.get()
    }

    private func make(_ migrations: [Migration], on server: MySQLServer) async throws -> Schema {
        let name = try await server.create()
        guard !migrations.isEmpty else { return Schema(name: name, tables: [:]) }
        do {
            try await closing([server.open(name)]) { _ = try await Migrator($0[0], migrations).migrate() }
            return Schema(name: name, tables: try await server.contents(name))
        } catch {
            try? await server.drop(name)
            throw error
        }
    }

    private func server() async throws -> MySQLServer {
        if let known = store.server.withLock({ $0 }) { return known }
        guard let url = Backend.mysqlURL else {
            throw SQLError(.unavailable, message: "KONTOR_TEST_MYSQL names no server")
        }
        let made = try MySQLServer(url: url)
        try await made.dropLeftovers()
        return store.server.withLock { known in
            if let known { return known }
            known = made
            return made
        }
    }
}

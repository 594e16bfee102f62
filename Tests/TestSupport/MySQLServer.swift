import MySQLDriver
import Synchronization

@testable import SQL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server on which tests may create and drop schemas of their own.
final class MySQLServer: Sendable {
    private static let prefix = "kontor_test_"
    private let configuration: MySQLConfiguration
    private let administration: MySQLDatabase
    private let url: String
    private let made = Mutex(0)
    private let run = UInt32.random(in: .min ... .max)

    /// Reads where the server is from its URL.
    ///
    /// - Throws: `MySQLURLError`.
    init(url: String) throws {
        var configuration = try MySQLConfiguration(url: url)
        configuration.database = nil
        configuration.poolSize = 8
        configuration.reportPoolSize = 1
        self.configuration = configuration
        self.url = url
        self.administration = MySQLDatabase(configuration: configuration)
    }

    func open(_ schema: String) -> any Database {
        var configuration = configuration
        configuration.database = schema
        return MySQLDatabase(configuration: configuration)
    }

    /// Returns what another process opens a schema by.
    func address(of schema: String) -> String { (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/" + schema }

    /// Makes an empty schema and gives its name, which tells the process it belongs to.
    func create() async throws -> String {
        let number = made.withLock { count in
            count += 1
            return count
        }
        let name = Self.prefix + "\(getpid())_\(run)_\(number)"
        _ = try await administration.write { tx in
            try tx.execute(Query(rendered: "CREATE DATABASE \(name) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"))
        }
        return name
    }

    func drop(_ schema: String) async throws {
        _ = try await administration.write { try $0.execute(Query(rendered: "DROP DATABASE IF EXISTS \(schema)")) }
    }

    /// Drops the schemas of processes that are no more.
    func dropLeftovers() async throws {
        let names = try await administration.read { connection in
            try connection.column("SELECT schema_name FROM information_schema.schemata", as: String.self)
        }
        for name in names where name.hasPrefix(Self.prefix) {
            let owner = name.dropFirst(Self.prefix.count).prefix { $0 != "_" }
            let isAlive = pid_t(owner).map { kill($0, 0) == 0 } ?? false
            if !isAlive { try await drop(name) }
        }
    }

    /// Returns the rows of each table.
    func contents(_ schema: String) async throws -> [String: [[SQLValue]]] {
        try await administration.read { connection in
            var tables: [String: [[SQLValue]]] = [:]
            for table in try Self.tables(schema, connection) {
                let rows = try connection.rows(Query(rendered: "SELECT * FROM \(schema).\(table)"))
                tables[table] = rows.map { row in (0..<row.count).map(row.raw) }
            }
            return tables
        }
    }

    /// Puts the rows back as they were; false where the schema has other tables than then.
    func restore(_ schema: String, _ contents: [String: [[SQLValue]]]) async throws -> Bool {
        try await administration.write { tx in
            guard try Set(Self.tables(schema, tx)) == Set(contents.keys) else { return false }
            try tx.execute("SET foreign_key_checks = 0")
            defer { _ = try? tx.execute("SET foreign_key_checks = 1") }
            for table in try Self.used(schema, contents.keys.sorted(), tx) {
                try tx.execute(Query(rendered: "DELETE FROM \(schema).\(table)"))
                try tx.execute(Query(rendered: "ALTER TABLE \(schema).\(table) AUTO_INCREMENT = 1"))
                guard let rows = contents[table], !rows.isEmpty else { continue }
                try tx.execute(Query(rendered: "INSERT INTO \(schema).\(table) VALUES ") + "\(rows: rows)")
            }
            return true
        }
    }

    private static func tables(_ schema: String, _ connection: Connection) throws -> [String] {
        try connection.column("SELECT table_name FROM information_schema.tables WHERE table_schema = \(schema)")
    }

    private static func used(_ schema: String, _ tables: [String], _ connection: Connection) throws -> [String] {
        let looks = tables.map { Query(rendered: "(SELECT '\($0)' FROM \(schema).\($0) LIMIT 1)") }
        return try connection.column(looks.joined(by: " UNION ALL "))
    }
}

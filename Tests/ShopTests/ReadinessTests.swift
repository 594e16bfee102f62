import Logging
import SQL
import Synchronization
import TestSupport
import Testing

@testable import KontorApp

/// Whether the shop says that it can serve, and how it waits for its database.
@Suite struct ReadinessTests {
    @Test func `a shop whose disk is full is not ready, and is again some seconds after writes succeed`() async throws {
        try await withShop(.sqlite) { stand in
            let database = stand.shop.installation.database
            #expect(try await stand.anonymous.send("GET", "/readyz").status == 200)
            await #expect(throws: SQLError.self) {
                try await database.write { tx in
                    _ = try tx.rows(FillQueries.limit(isTight: true))
                    try FillQueries.fill(tx)
                }
            }
            let full = try await stand.anonymous.send("GET", "/readyz")
            #expect(full.status == 503 && full.text.contains("disk is full"), "\(full.text)")
            try await poll("the shop to be ready again") {
                try await database.write { _ = try $0.rows(FillQueries.limit(isTight: false)) }
                return try await stand.anonymous.send("GET", "/readyz").status == 200
            }
        }
    }

    @Test func `a folder on a file system without space is short of it`() {
        #expect(!DiskSpace.isShort(at: "/tmp") && !DiskSpace.isShort(at: "/nowhere"))
        // A file system that holds nothing has no free block.
        #expect(DiskSpace.isShort(at: "/proc"))
    }

    @Test func `a database that comes up late is waited for, one that refuses is not`() async throws {
        let late = LateDatabase(failures: 3, code: 2_002)
        try await DatabaseArrival.wait(Migrator(late, []))
        #expect(late.asked == 4)
        let refusing = LateDatabase(failures: 3, code: 1_045)
        await #expect(throws: SQLError.self) { try await DatabaseArrival.wait(Migrator(refusing, [])) }
        #expect(refusing.asked == 1)
    }
}

private enum FillQueries {
    /// Limits the database to the size that it has already, or to next to endless.
    static func limit(isTight: Bool) -> Query {
        isTight ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000"
    }

    static func fill(_ tx: Transaction) throws {
        try tx.execute("CREATE TABLE filler (text TEXT)")
        try tx.execute("INSERT INTO filler (text) VALUES (\(String(repeating: "x", count: 1 << 20)))")
    }
}

/// Answers only after so many failures.
private final class LateDatabase: Database {
    let dialect = Dialect.mysql
    private let failures: Int
    private let code: Int
    private let count = Mutex(0)

    var asked: Int { count.withLock { $0 } }

    init(failures: Int, code: Int) {
        self.failures = failures
        self.code = code
    }

    func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let number = count.withLock { count in
            count += 1
            return count
        }
        guard number > failures else { throw SQLError(.unavailable, code: code, message: "not yet") }
        throw MigrationError.locked
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await probe(body)
    }
    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await probe(body)
    }
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        throw SQLError(.unavailable, message: "there is none")
    }
    func close() async {}
}

import MySQLDriver
import SQL
import Synchronization
import TestSupport
import Testing

@Suite struct MySQLReconnectTests {
    @Test(arguments: mysqlOnly)
    func `a database is back as soon as its server is`(_: Backend) async throws {
        try await MySQLOwnServer.run { server in
            let database = try await Self.opened(server)
            try await Self.readTogether(8, database)
            server.kill()
            let down = await sqlError { try await database.write { _ = try Self.add(1, $0) } }
            #expect(down?.kind == .unavailable)
            let refused = await sqlError { _ = try await database.read { try Self.count($0) } }
            #expect(refused?.kind == .unavailable && refused?.isOutage == true)
            await server.startAgain()
            try await Self.readTogether(8, database)
            try await database.write { _ = try Self.add(2, $0) }
            #expect(try await database.read(Self.count) == 1)
            await database.close()
        }
    }

    @Test(arguments: mysqlOnly)
    func `connections that a restart cut run their closure again`(_: Backend) async throws {
        try await MySQLOwnServer.run { server in
            let database = try await Self.opened(server)
            try await database.write { _ = try Self.add(1, $0) }
            server.kill()
            await server.startAgain()
            try await database.write { _ = try Self.add(2, $0) }
            #expect(try await database.read(Self.count) == 2)
            await database.close()
        }
    }

    @Test(arguments: mysqlOnly)
    func `a server lost during the commit leaves the outcome open and the closure is not run again`(
        _: Backend
    ) async throws {
        try await MySQLOwnServer.run { server in
            let database = try await Self.opened(server)
            let runs = Mutex(0)
            let afterwards = Mutex(0)
            let error = await sqlError {
                try await database.write { tx in
                    runs.withLock { $0 += 1 }
                    try Self.add(1, tx)
                    tx.afterCommit { afterwards.withLock { $0 += 1 } }
                    server.kill()
                }
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.message.contains("outcome is unknown") == true)
            #expect(error?.isOutage == false, "nobody else tells of it")
            #expect(runs.withLock { $0 } == 1)
            #expect(afterwards.withLock { $0 } == 0)
            await database.close()
        }
    }

    @Test(arguments: mysqlOnly)
    func `a connection lost inside a closure is replaced and the closure does its work once`(
        backend: Backend
    ) async throws {
        try await withDatabases(backend, instances: 2, migrations: Fixture.migrations) { databases in
            let runs = Mutex(0)
            let afterwards = Mutex(0)
            try await databases[0].write { tx in
                try Fixture.addUser("a", tx)
                if runs.withLock({
                    $0 += 1; return $0
                }) == 1 {
                    _ = try? tx.execute("KILL CONNECTION_ID()")
                }
                try Fixture.addUser("b", tx)
                tx.afterCommit { afterwards.withLock { $0 += 1 } }
            }
            #expect(runs.withLock { $0 } == 2)
            #expect(afterwards.withLock { $0 } == 1)
            #expect(try await Fixture.emails(in: databases[1]) == ["a", "b"])
        }
    }

    @Test(arguments: mysqlOnly)
    func `whoever may not log in learns why`(_: Backend) async throws {
        try await MySQLOwnServer.run { server in
            let configuration = MySQLConfiguration(port: server.port, user: "nobody", password: "secret")
            let database = MySQLDatabase(configuration: configuration)
            let error = await sqlError { _ = try await database.read { try $0.rows("SELECT 1") } }
            #expect(error?.kind == .unavailable)
            #expect(error?.code == 1_045)
            #expect(error?.description.contains("secret") == false)
            await database.close()
            let closed = await sqlError { _ = try await database.read { try $0.rows("SELECT 1") } }
            #expect(closed?.kind == .unavailable)
        }
    }

    // MARK: The server's one table

    private static func opened(_ server: MySQLOwnServer) async throws -> MySQLDatabase {
        let database = MySQLDatabase(configuration: MySQLConfiguration(port: server.port, database: "mysql"))
        try await database.write { _ = try $0.execute("CREATE TABLE kept (n BIGINT NOT NULL) ENGINE=InnoDB") }
        return database
    }

    private static func add(_ number: Int, _ tx: Transaction) throws {
        try tx.execute("INSERT INTO kept (n) VALUES (\(number))")
    }

    private static func count(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM kept") ?? 0
    }

    private static func readTogether(_ readers: Int, _ database: any Database) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<readers { group.addTask { _ = try await database.read(Self.count) } }
            try await group.waitForAll()
        }
    }
}

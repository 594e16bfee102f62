import SQL
import TestSupport
import Testing

@Suite struct MigrationTests {
    private let first = Migration(
        1, "first",
        [
            .create(
                Table("things") {
                    Column.id
                    Column("name", .text(40))
                })
        ])
    private let second = Migration(
        2, "second",
        [
            .run("INSERT INTO things (name) VALUES ('seed')"),
            .addColumn(Column("price", .money, .defaultInteger(5)), table: "things"),
            .addIndex(Index("name", unique: true), table: "things"),
        ])

    @Test(arguments: Backend.available)
    func `migrations are applied in order, once each`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            #expect(try await Migrator(database, [second, first]).pending() == [1, 2])
            #expect(try await Migrator(database, [second, first]).migrate() == [1, 2])
            #expect(try await Migrator(database, [first, second]).migrate().isEmpty)
            #expect(try await Migrator(database, [first, second]).pending().isEmpty)
            let prices = try await database.read { try $0.column("SELECT price FROM things", as: Int.self) }
            #expect(prices == [5])
        }
    }

    @Test(arguments: Backend.available)
    func `several processes that migrate at once apply each migration once`(backend: Backend) async throws {
        try await withDatabases(backend, instances: 3) { databases in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in databases {
                    group.addTask { _ = try await Migrator(database, [first, second]).migrate() }
                }
                try await group.waitForAll()
            }
            let names = try await databases[0].read { try $0.column("SELECT name FROM things", as: String.self) }
            #expect(names == ["seed"])
        }
    }

    @Test(arguments: Backend.available)
    func `a database that is newer than the program is refused`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            _ = try await Migrator(database, [first, second]).migrate()
            let refusal = MigrationError.newerDatabase(found: 2, known: 1)
            await #expect(throws: refusal) { try await Migrator(database, [first]).migrate() }
            await #expect(throws: refusal) { try await Migrator(database, [first]).pending() }
        }
    }

    @Test(arguments: Backend.available)
    func `a migration that fails stays pending and can be put right`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let index = Migration.Step.addIndex(Index("name", unique: true), table: "things")
            let broken = Migration(2, "second", [index, .run("INSERT INTO nowhere (name) VALUES ('x')")])
            await #expect(throws: SQLError.self) { try await Migrator(database, [first, broken]).migrate() }
            let pending = try await Migrator(database, [first, broken]).pending()
            #expect(pending == [2])
            let mended = Migration(2, "second", [index, .run("INSERT INTO things (name) VALUES ('x')")])
            #expect(try await Migrator(database, [first, mended]).migrate() == [2])
        }
    }

    /// SQLite applies a migration and its mark in one transaction, so there is no middle to be killed in.
    @Test(arguments: Backend.available.filter { $0 == .mysql })
    func `a run that was killed in the middle goes on where it stopped`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let half = Migration(2, "second", Array(second.steps.prefix(2)))
            _ = try await Migrator(database, [first, half]).migrate()
            try await database.write { tx in
                _ = try tx.execute("UPDATE schema_migrations SET steps_done = 1, finished_at = NULL WHERE number = 2")
            }
            #expect(try await Migrator(database, [first, second]).migrate() == [2])
            let names = try await database.read { try $0.column("SELECT name FROM things", as: String.self) }
            #expect(names == ["seed"])
            #expect(await sqlError { try await database.write { try addTwins($0) } }?.kind == .unique)
        }
    }

    @Test(arguments: Backend.available.filter { $0 == .sqlite })
    func `a migration that fails in the middle leaves nothing behind`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let broken = Migration(1, "first", first.steps + [.run("INSERT INTO nowhere (name) VALUES ('x')")])
            await #expect(throws: SQLError.self) { try await Migrator(database, [broken]).migrate() }
            let error = await sqlError { _ = try await database.read { try $0.rows("SELECT * FROM things") } }
            #expect(error?.message == "no such table: things")
        }
    }
}

private func addTwins(_ tx: Transaction) throws {
    for _ in 0..<2 { try tx.execute("INSERT INTO things (name) VALUES ('twin')") }
}

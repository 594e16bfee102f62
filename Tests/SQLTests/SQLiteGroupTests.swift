import SQL
import SQLiteDriver
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What several transactions in one commit do to each other on SQLite: nothing.
@Suite struct SQLiteGroupTests {
    private typealias Write = @Sendable (Transaction) throws -> Void

    /// Runs `writes` in one group, in their order, and gives the error of each.
    private func together(_ database: SQLiteDatabase, _ writes: [Write]) async -> [(any Error)?] {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        return await withTaskGroup(of: (Int, (any Error)?).self) { group in
            // The writer is held until all are in the queue, each behind the one before.
            group.addTask {
                let held: Void? = try? await database.write { _ in
                    enter.yield()
                    while database.waitingWrites < writes.count { sched_yield() }
                }
                return (-1, held == nil ? Refusal() : nil)
            }
            for await _ in entered { break }
            for (index, write) in writes.enumerated() {
                group.addTask {
                    while database.waitingWrites < index { await Task.yield() }
                    do { try await database.write(write) } catch { return (index, error) }
                    return (index, nil)
                }
            }
            return await group.reduce(into: Array(repeating: nil, count: writes.count)) { errors, answer in
                if answer.0 >= 0 { errors[answer.0] = answer.1 }
            }
        }
    }

    private func withSQLite(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.ephemeral)
        try await Migrator(database, Fixture.migrations).migrate()
        try await body(database)
        await database.close()
    }

    private func adding(_ email: String) -> Write {
        { _ = try Fixture.addUser(email, $0) }
    }

    @Test func `what waits is committed at once, and answered after it`() async throws {
        try await withSQLite { database in
            let happened = Mutex<[String]>([])
            let write: Write = { tx in
                happened.withLock { $0.append("run") }
                tx.afterCommit { happened.withLock { $0.append("commit") } }
            }
            let errors = await together(database, [write, write, write])
            #expect(errors.allSatisfy { $0 == nil })
            #expect(happened.withLock { $0 } == ["run", "run", "run", "commit", "commit", "commit"])
        }
    }

    @Test func `a closure that throws in a group leaves its neighbors' writes`() async throws {
        try await withSQLite { database in
            let happened = Mutex(false)
            let errors = await together(
                database,
                [
                    adding("a"),
                    { tx in
                        tx.afterCommit { happened.withLock { $0 = true } }
                        try Fixture.addUser("refused", tx)
                        try tx.savepoint { _ = try Fixture.addUser("nested", $0) }
                        throw Refusal(reason: "mine")
                    },
                    adding("a"), adding("b"),
                ])
            #expect(errors[0] == nil)
            #expect(errors[1] as? Refusal == Refusal(reason: "mine"))
            #expect((errors[2] as? SQLError)?.kind == .unique)
            #expect(errors[3] == nil)
            #expect(!happened.withLock { $0 })
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "b"])
        }
    }

    @Test func `of a group whose COMMIT fails only the guilty fail`() async throws {
        try await withSQLite { database in
            try await database.write { tx in
                _ = try tx.execute(
                    "CREATE TABLE late (user_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED) STRICT")
            }
            let happened = Mutex<[String]>([])
            let guilty: Write = { tx in
                tx.afterCommit { happened.withLock { $0.append("guilty") } }
                try tx.execute("INSERT INTO late (user_id) VALUES (4711)")
            }
            let innocent: Write = { tx in
                tx.afterCommit { happened.withLock { $0.append("innocent") } }
                try Fixture.addUser("c", tx)
            }
            let errors = await together(database, [adding("a"), guilty, adding("b"), guilty, innocent])
            #expect(errors.map { ($0 as? SQLError)?.kind } == [nil, .foreignKey, nil, .foreignKey, nil])
            #expect(errors[0] == nil && errors[2] == nil && errors[4] == nil)
            #expect(happened.withLock { $0 } == ["innocent"])
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "b", "c"])
        }
    }

    @Test func `work for the end belongs to its own transaction of a group`() async throws {
        try await withSQLite { database in
            let write: @Sendable (String, Bool) -> Write = { name, isRefused in
                { tx in
                    tx.beforeCommit(once: "end") { tx in
                        try Fixture.addUser(name + " end", tx)
                        if isRefused { throw Refusal(reason: name) }
                    }
                    try Fixture.addUser(name, tx)
                }
            }
            let errors = await together(database, [write("a", false), write("b", true), write("c", false)])
            #expect(errors[0] == nil && errors[2] == nil)
            #expect(errors[1] as? Refusal == Refusal(reason: "b"))
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "a end", "c", "c end"])
        }
    }

    @Test func `a full disk is told of once, not by each write that finds it`() async throws {
        let lines = LogLines()
        let database = try SQLiteDatabase.open(.ephemeral, logger: lines.logger)
        try await database.write { tx in
            try tx.execute("CREATE TABLE things (body BLOB)")
            _ = try tx.rows("PRAGMA max_page_count = 40")
        }
        for _ in 0..<3 {
            let error = await sqlError {
                try await database.write { tx in
                    _ = try tx.execute("INSERT INTO things (body) VALUES (zeroblob(400000))")
                }
            }
            #expect(error?.kind == .diskFull && error?.isOutage == true)
        }
        #expect(lines.named("no space is left where the database is stored").count == 1)
        await database.close()
    }

    @Test func `a full disk fails only what does not fit`() async throws {
        try await withSQLite { database in
            try await database.write { tx in
                let pages = try tx.value("PRAGMA page_count", as: Int.self) ?? 0
                // PRAGMA takes no bound value: 40 pages are a little more than the tables of the fixture.
                #expect(pages < 36)
                _ = try tx.rows("PRAGMA max_page_count = 40")
            }
            let huge: Write = { tx in
                try tx.execute("INSERT INTO things (body) VALUES (zeroblob(400000))")
            }
            let errors = await together(database, [adding("a"), huge, adding("b"), huge, adding("c")])
            #expect(errors.map { ($0 as? SQLError)?.kind } == [nil, .diskFull, nil, .diskFull, nil])
            #expect(errors[0] == nil && errors[2] == nil && errors[4] == nil)
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "b", "c"])
        }
    }

    @Test func `an ON CONFLICT ROLLBACK ends its own transaction alone`() async throws {
        try await withSQLite { database in
            let rollingBack: Write = { tx in
                try Fixture.addUser("gone", tx)
                try tx.execute("INSERT OR ROLLBACK INTO users (email, name) VALUES ('gone', 'x')")
            }
            let errors = await together(database, [adding("a"), rollingBack, adding("b")])
            #expect(errors.map { ($0 as? SQLError)?.kind } == [nil, .unique, nil])
            #expect(errors[0] == nil && errors[2] == nil)
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "b"])
        }
    }

    @Test func `a closure that swallows the end of its transaction writes nothing and is told`() async throws {
        try await withSQLite { database in
            let swallowing: Write = { tx in
                try Fixture.addUser("gone", tx)
                _ = try? tx.execute("INSERT OR ROLLBACK INTO users (email, name) VALUES ('gone', 'x')")
                _ = try? Fixture.addUser("stray", tx)
            }
            let errors = await together(database, [adding("a"), swallowing, adding("b")])
            #expect((errors[1] as? SQLError)?.kind == .unique)
            #expect(errors[0] == nil && errors[2] == nil)
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a", "b"])
            let alone = await sqlError { try await database.write(swallowing) }
            #expect(alone?.kind == .unique)
        }
    }

    @Test func `an error that was due to a neighbor who is undone is not answered`() async throws {
        try await withSQLite { database in
            try await database.write { tx in
                _ = try tx.execute(
                    "CREATE TABLE late (user_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED) STRICT")
            }
            let guilty: Write = { tx in
                try Fixture.addUser("a", tx)
                try tx.execute("INSERT INTO late (user_id) VALUES (4711)")
            }
            let errors = await together(database, [guilty, adding("a")])
            #expect((errors[0] as? SQLError)?.kind == .foreignKey)
            #expect(errors[1] == nil)
            let emails = try await database.read(Fixture.emails)
            #expect(emails == ["a"])
        }
    }
}

import Dispatch
import FoundationEssentials
import Primitives
import SQL
import SQLiteDriver
import TestSupport
import Testing

/// SQLite as a file among processes: settings, locks, the write-ahead log.
@Suite struct SQLiteFileTests {
    private func open(
        _ path: String, lockTimeout: TimeSpan = .seconds(5), checkpoints: SQLiteConfiguration.Checkpoints = .exclusive,
        readers: Int = 8
    ) throws -> SQLiteDatabase {
        var configuration = SQLiteConfiguration()
        configuration.lockTimeout = lockTimeout
        configuration.checkpoints = checkpoints
        configuration.readers = readers
        configuration.statementCache = 8
        return try SQLiteDatabase.open(.file(path), configuration: configuration)
    }

    @Test func `the writer syncs in full, keeps foreign keys and logs ahead`() async throws {
        try await withTemporaryFolder { folder in
            let database = try open(folder + "/a.db")
            let found = try await database.write { tx in
                [
                    try tx.value("PRAGMA journal_mode", as: String.self),
                    try tx.value("PRAGMA synchronous", as: Int.self).map(String.init),
                    try tx.value("PRAGMA foreign_keys", as: Int.self).map(String.init),
                    try tx.value("PRAGMA wal_autocheckpoint", as: Int.self).map(String.init),
                ]
            }
            #expect(found[0...2] == ["wal", "2", "1"])
            #expect(try await database.read { try $0.value("PRAGMA wal_autocheckpoint", as: Int.self) } == 0)
            await database.close()
        }
    }

    @Test func `a connection to read from cannot write`() async throws {
        try await withTemporaryFolder { folder in
            let database = try open(folder + "/a.db")
            try await Migrator(database, Fixture.migrations).migrate()
            let insert: Query = "INSERT INTO counters (name, value) VALUES ('n', 1)"
            #expect(await sqlError { _ = try await database.read { try $0.rows(insert) } } != nil)
            #expect(await sqlError { _ = try await database.report { try $0.rows(insert) } } != nil)
            #expect(try await database.read { try $0.value("SELECT COUNT(*) FROM counters", as: Int.self) } == 0)
            await database.close()
        }
    }

    @Test func `two processes that write at once to one file lose nothing`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let databases = [try open(path), try open(path, checkpoints: .never)]
            try await Migrator(databases[0], Fixture.migrations).migrate()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<400 {
                    group.addTask {
                        try await databases[index % 2].write { _ = try Fixture.addUser("user\(index)", $0) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Fixture.emails(in: databases[0]).count == 400)
            for database in databases { await database.close() }
        }
    }

    @Test func `a write that another process keeps waiting too long fails as a lock time-out`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let (mine, other) = (try open(path, lockTimeout: .milliseconds(30)), try open(path, checkpoints: .never))
            try await Migrator(mine, Fixture.migrations).migrate()
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            async let held: Void = other.write { _ in
                enter.yield()
                release.wait()
            }
            for await _ in entered { break }
            #expect(await sqlError { try await mine.write { _ = try Fixture.addUser("a", $0) } }?.kind == .lockTimeout)
            #expect(try await Fixture.emails(in: mine).isEmpty)
            release.signal()
            try await held
            try await mine.write { _ = try Fixture.addUser("a", $0) }
            #expect(try await Fixture.emails(in: other) == ["a"])
            for database in [mine, other] { await database.close() }
        }
    }

    @Test func `of those that open one file at once each does, and one finds it empty`() async throws {
        try await withTemporaryFolder { folder in
            let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let database = try open(folder + "/a.db", checkpoints: .whereFree)
                        let applied = try await Migrator(database, Fixture.migrations).migrate()
                        await database.close()
                        return applied
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == Fixture.migrations.map(\.number).sorted())
        }
    }

    @Test func `a file that somebody has for itself is not opened by a second such`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let server = try open(path)
            #expect {
                try open(path, lockTimeout: .milliseconds(20))
            } throws: { error in
                guard let error = error as? SQLError else { return false }
                return error.kind == .lockTimeout && error.message == "another process serves or changes \(path)"
            }
            let command = try open(path, checkpoints: .whereFree)
            try await Migrator(command, Fixture.migrations).migrate()
            await command.close()
            // The log is the server's to move.
            #expect(FileManager.default.fileExists(atPath: path + "-wal"))
            await server.close()
            let next = try open(path)
            #expect(try await Fixture.emails(in: next).isEmpty)
            await next.close()
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test func `a server waits for a command that has the file`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let command = try open(path, checkpoints: .whereFree)
            // On a thread of its own: it blocks until the command is done, which needs Swift's.
            async let server = WorkThreads(count: 1, limit: 1).run { try open(path, lockTimeout: .seconds(60)) }
            try await Migrator(command, Fixture.migrations).migrate()
            await command.close()
            let opened = try await server
            #expect(try await Fixture.emails(in: opened).isEmpty)
            await opened.close()
        }
    }

    @Test func `the log is moved into the file when it has grown, and at the end`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let database = try open(path)
            try await Migrator(database, Fixture.migrations).migrate()
            for _ in 0..<20 {
                try await database.write { tx in
                    _ = try tx.execute("INSERT INTO things (body) VALUES (zeroblob(1000000))")
                }
            }
            let log = try #require(try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
            #expect(log < 12_000_000)
            await database.close()
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test func `who may not checkpoint leaves the log as it is`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let database = try open(path, checkpoints: .never)
            try await Migrator(database, Fixture.migrations).migrate()
            await database.close()
            #expect(FileManager.default.fileExists(atPath: path + "-wal"))
            let next = try open(path)
            #expect(try await Fixture.emails(in: next).isEmpty)
            await next.close()
        }
    }

    @Test func `one closure reads one state of the database`() async throws {
        try await withTemporaryFolder { folder in
            let database = try open(folder + "/a.db")
            try await Migrator(database, Fixture.migrations).migrate()
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            async let counts = database.report { connection in
                let before = try Fixture.emails(connection).count
                enter.yield()
                release.wait()
                return [before, try Fixture.emails(connection).count]
            }
            for await _ in entered { break }
            try await database.write { _ = try Fixture.addUser("a", $0) }
            release.signal()
            let seen = try await counts
            #expect(seen == [0, 0])
            await database.close()
        }
    }

    @Test func `reads beyond the pool's connections are answered too`() async throws {
        try await withTemporaryFolder { folder in
            let database = try open(folder + "/a.db", readers: 1)
            try await Migrator(database, Fixture.migrations).migrate()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 { group.addTask { try await database.read { try Fixture.emails($0).count } } }
                let counts = try await group.reduce(into: []) { $0.append($1) }
                #expect(counts == Array(repeating: 0, count: 200))
            }
            await database.close()
        }
    }

    @Test func `a full statement cache gives way and stays right`() async throws {
        try await withTemporaryFolder { folder in
            let database = try open(folder + "/a.db")
            try await Migrator(database, Fixture.migrations).migrate()
            try await database.write { try Fixture.addNumbers(Array(1...64), $0) }
            let sums = try await database.read { connection in
                try (0..<60).map { step in
                    let condition = Array(repeating: "number > 0" as Query, count: step % 20 + 1).joined(by: " AND ")
                    return try connection.value("SELECT COUNT(*) FROM things WHERE \(condition)", as: Int.self)
                }
            }
            #expect(sums == Array(repeating: 64, count: 60))
            await database.close()
        }
    }

    @Test func `an ephemeral database is gone when it is closed`() async throws {
        let database = try SQLiteDatabase.open(.ephemeral)
        try await Migrator(database, Fixture.migrations).migrate()
        try await database.write { _ = try Fixture.addUser("a", $0) }
        #expect(try await Fixture.emails(in: database) == ["a"])
        let file = try await database.read { try $0.rows("PRAGMA database_list").first?.raw(2) }
        guard case .text(let path)? = file else {
            Issue.record("no path")
            return
        }
        #expect(FileManager.default.fileExists(atPath: path))
        await database.close()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a file that is no database is refused`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            try Data("this is no database, however long it may be".utf8).write(to: URL(filePath: path))
            #expect(throws: SQLError.self) { try self.open(path) }
            #expect(throws: SQLError.self) { try self.open(folder + "/missing/a.db") }
        }
    }
}

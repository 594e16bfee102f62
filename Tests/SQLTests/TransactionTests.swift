import Dispatch
import SQL
import Synchronization
import TestSupport
import Testing

@Suite struct TransactionTests {
    @Test(arguments: Backend.available)
    func `a closure that throws leaves nothing and its error comes out`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            await #expect(throws: Refusal(reason: "enough")) {
                try await database.write { tx in
                    try Fixture.addUser("a", tx)
                    throw Refusal(reason: "enough")
                }
            }
            let emails = try await database.read(Fixture.emails)
            #expect(emails.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a savepoint that throws undoes its own writes alone`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                try Fixture.addUser("before", tx)
                try? tx.savepoint { tx in
                    try Fixture.addUser("inside", tx)
                    try tx.savepoint { _ = try Fixture.addUser("deeper", $0) }
                    throw Refusal()
                }
                try tx.savepoint { _ = try Fixture.addUser("kept", $0) }
                try Fixture.addUser("after", tx)
            }
            #expect(try await database.read(Fixture.emails) == ["before", "kept", "after"])
        }
    }

    @Test(arguments: Backend.available)
    func `a refused statement does not end its transaction`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                try Fixture.addUser("a", tx)
                _ = try? Fixture.addUser("a", tx)
                try Fixture.addUser("b", tx)
            }
            #expect(try await database.read(Fixture.emails) == ["a", "b"])
        }
    }

    @Test(arguments: Backend.available)
    func `one closure that throws does not hurt its neighbors`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let failures = await withTaskGroup(of: Int?.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        do {
                            try await database.write { tx in
                                try Fixture.addUser("user\(index)", tx)
                                if index.isMultiple(of: 4) { throw Refusal() }
                            }
                            return nil
                        } catch {
                            return error is Refusal ? index : -1
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { if let index = $1 { $0.insert(index) } }
            }
            #expect(failures == Set(stride(from: 0, to: 40, by: 4)))
            let emails = Set(try await database.read(Fixture.emails))
            #expect(emails == Set((0..<40).filter { !$0.isMultiple(of: 4) }.map { "user\($0)" }))
        }
    }

    @Test(arguments: Backend.available)
    func `a hundred increments at once lose none`(backend: Backend) async throws {
        try await withDatabases(backend, instances: 2, migrations: Fixture.migrations) { databases in
            try await databases[0].write { _ = try $0.execute("INSERT INTO counters (name, value) VALUES ('n', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<100 {
                    group.addTask {
                        try await databases[index % 2].write { tx in
                            _ = try tx.execute("UPDATE counters SET value = value + 1 WHERE name = 'n'")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await databases[1].read { try $0.value("SELECT value FROM counters", as: Int.self) }
            #expect(value == 100)
        }
    }

    @Test(arguments: Backend.available)
    func `a closure outlives its cancelled request and is answered`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            let answer = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    try await database.write { tx in
                        enter.yield()
                        release.wait()
                        try Fixture.addUser("late", tx)
                        return 7
                    }
                }
                for await _ in entered { break }
                group.cancelAll()
                release.signal()
                return try await group.next()
            }
            #expect(answer == 7)
            #expect(try await database.read(Fixture.emails) == ["late"])
        }
    }

    @Test(arguments: Backend.available)
    func `what follows a commit runs after it, and never after a rollback`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let happened = Mutex<[String]>([])
            try await database.write { tx in
                tx.afterCommit { happened.withLock { $0.append("committed") } }
                try? tx.savepoint { tx in
                    tx.afterCommit { happened.withLock { $0.append("savepoint") } }
                    throw Refusal()
                }
                happened.withLock { $0.append("closure") }
            }
            await #expect(throws: Refusal.self) {
                try await database.write { tx in
                    tx.afterCommit { happened.withLock { $0.append("refused") } }
                    throw Refusal()
                }
            }
            #expect(happened.withLock { $0 } == ["closure", "committed"])
        }
    }

    @Test(arguments: Backend.available)
    func `what was written can be read as soon as it is answered`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            for index in 0..<50 {
                try await database.write { _ = try Fixture.addUser("user\(index)", $0) }
                #expect(try await database.read(Fixture.emails).count == index + 1)
            }
            #expect(try await database.report(Fixture.emails).count == 50)
        }
    }

    @Test(arguments: Backend.available)
    func `nobody sees what is not committed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            async let written: Int64 = database.write { tx in
                let id = try Fixture.addUser("hidden", tx)
                enter.yield()
                release.wait()
                return id
            }
            for await _ in entered { break }
            let seen = try await database.read(Fixture.emails)
            release.signal()
            _ = try await written
            #expect(seen.isEmpty)
            #expect(try await database.read(Fixture.emails) == ["hidden"])
        }
    }

    @Test(arguments: Backend.available)
    func `a closed database answers what had begun and refuses the rest`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            async let written: Int64 = database.write { tx in
                enter.yield()
                release.wait()
                return try Fixture.addUser("last", tx)
            }
            for await _ in entered { break }
            async let closed: Void = database.close()
            release.signal()
            let id = try await written
            #expect(id > 0)
            await closed
            #expect(await sqlError { _ = try await database.read(Fixture.emails) }?.kind == .unavailable)
            #expect(await sqlError { _ = try await database.report(Fixture.emails) }?.kind == .unavailable)
            #expect(await sqlError { _ = try await database.write(Fixture.emails) }?.kind == .unavailable)
        }
    }
}

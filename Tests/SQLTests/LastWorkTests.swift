import SQL
import Synchronization
import TestSupport
import Testing

/// What a transaction leaves for its end: `beforeCommit`.
@Suite struct LastWorkTests {
    @Test(arguments: Backend.available)
    func `work for the end runs once for each key, behind everything else and before what waits for the commit`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let committed = Mutex<[String]?>(nil)
            try await database.write { tx in
                let seen = Mutex<[String]>([])
                tx.afterCommit { committed.withLock { $0 = seen.withLock { $0 } } }
                for name in ["second", "first", "second", "second"] {
                    tx.beforeCommit(once: name) { tx in
                        try Fixture.addUser(name, tx)
                        seen.withLock { $0.append(name) }
                    }
                }
                try Fixture.addUser("body", tx)
            }
            #expect(try await database.read(Fixture.emails) == ["body", "second", "first"])
            #expect(committed.withLock { $0 } == ["second", "first"])
        }
    }

    @Test(arguments: Backend.available)
    func `work for the end may leave more, but none of its own key`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                tx.beforeCommit(once: "a") { tx in
                    try Fixture.addUser("a", tx)
                    tx.beforeCommit(once: "a") { _ = try Fixture.addUser("again", $0) }
                    tx.beforeCommit(once: "b") { _ = try Fixture.addUser("b", $0) }
                }
            }
            #expect(try await database.read(Fixture.emails) == ["a", "b"])
        }
    }

    @Test(arguments: Backend.available)
    func `work for the end that throws undoes its transaction, and its error comes out`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let happened = Mutex(false)
            await #expect(throws: Refusal.self) {
                try await database.write { tx in
                    try Fixture.addUser("body", tx)
                    tx.afterCommit { happened.withLock { $0 = true } }
                    tx.beforeCommit(once: "a") { _ = try Fixture.addUser("a", $0) }
                    tx.beforeCommit(once: "b") { _ in throw Refusal(reason: "last") }
                }
            }
            let emails = try await database.read(Fixture.emails)
            #expect(emails.isEmpty)
            #expect(!happened.withLock { $0 })
        }
    }

    @Test(arguments: Backend.available)
    func `a closure that throws leaves no work for the end`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let happened = Mutex(false)
            await #expect(throws: Refusal()) {
                try await database.write { tx in
                    tx.beforeCommit(once: "a") { _ in happened.withLock { $0 = true } }
                    throw Refusal()
                }
            }
            #expect(!happened.withLock { $0 })
        }
    }

    @Test(arguments: Backend.available)
    func `what a savepoint that was undone left for the end goes with it`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                tx.beforeCommit(once: "kept") { _ = try Fixture.addUser("kept", $0) }
                try? tx.savepoint { tx in
                    tx.beforeCommit(once: "kept") { _ = try Fixture.addUser("not this", $0) }
                    tx.beforeCommit(once: "gone") { _ = try Fixture.addUser("gone", $0) }
                    throw Refusal()
                }
                try tx.savepoint { tx in
                    tx.beforeCommit(once: "released") { _ = try Fixture.addUser("released", $0) }
                }
            }
            #expect(try await database.read(Fixture.emails) == ["kept", "released"])
        }
    }

    @Test(arguments: Backend.available)
    func `many at once each do their own, also those that share a commit`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { _ = try $0.execute("INSERT INTO counters (name, value) VALUES ('n', 0)") }
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        try? await database.write { tx in
                            for _ in 0..<2 {
                                tx.beforeCommit(once: "n") { tx in
                                    try tx.execute("UPDATE counters SET value = value + 1 WHERE name = 'n'")
                                    if index.isMultiple(of: 4) { throw Refusal() }
                                }
                            }
                            try Fixture.addUser("user\(index)", tx)
                        }
                    }
                }
            }
            let value = try await database.read { try $0.value("SELECT value FROM counters", as: Int.self) }
            #expect(value == 30)
            #expect(try await database.read(Fixture.emails).count == 30)
        }
    }

    @Test(arguments: mysqlOnly)
    func `a transaction that a conflict at its end undid is run again, with its work for the end`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let attempts = Mutex(0)
            try await database.write { tx in
                try Fixture.addUser("body", tx)
                tx.beforeCommit(once: "a") { tx in
                    try Fixture.addUser("a", tx)
                    let attempt = attempts.withLock { count in
                        count += 1
                        return count
                    }
                    if attempt < 3 { throw SQLError(.conflict, message: "concurrentUpdate") }
                }
            }
            #expect(attempts.withLock { $0 } == 3)
            #expect(try await database.read(Fixture.emails) == ["body", "a"])
        }
    }

    @Test(arguments: mysqlOnly)
    func `a transaction that a deadlock undid does its work for the end again`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO counters (name, value) VALUES ('a', 0), ('b', 0)")
            }
            let entered = Mutex(0)
            let add: @Sendable (String, String) async throws -> Void = { first, last in
                try await database.write { tx in
                    tx.beforeCommit(once: last) { tx in
                        _ = try tx.execute("UPDATE counters SET value = value + 1 WHERE name = \(last)")
                    }
                    try tx.execute("UPDATE counters SET value = value + 1 WHERE name = \(first)")
                    // Each holds its first row before either asks for the other's; who runs again finds both entered.
                    entered.withLock { $0 += 1 }
                    while entered.withLock({ $0 }) < 2 { _ = try tx.rows("SELECT 1") }
                }
            }
            async let one: Void = add("a", "b")
            async let other: Void = add("b", "a")
            _ = try await (one, other)
            let values = try await database.read {
                try $0.column("SELECT value FROM counters ORDER BY name", as: Int.self)
            }
            #expect(values == [2, 2])
            #expect(entered.withLock { $0 } == 3)
        }
    }
}

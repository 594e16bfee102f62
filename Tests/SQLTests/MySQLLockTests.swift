import Dispatch
import SQL
import Synchronization
import TestSupport
import Testing

/// Where the tests that are about MySQL alone run: nowhere without a server.
let mysqlOnly = Backend.available.filter { $0 == .mysql }

@Suite struct MySQLLockTests {
    private static func addCounters(_ database: any Database) async throws {
        try await database.write {
            _ = try $0.execute("INSERT INTO counters (name, value) VALUES ('a', 0), ('b', 0)")
        }
    }

    private static func increment(_ name: String, _ tx: Transaction) throws {
        try tx.execute("UPDATE counters SET value = value + 1 WHERE name = \(name)")
    }

    @Test(arguments: mysqlOnly)
    func `two transactions that lock rows in opposite order both succeed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await Self.addCounters(database)
            let meeting = Meeting()
            async let first: Void = database.write { tx in
                try Self.increment("a", tx)
                meeting.arrive(as: 0)
                try Self.increment("b", tx)
            }
            async let second: Void = database.write { tx in
                try Self.increment("b", tx)
                meeting.arrive(as: 1)
                try Self.increment("a", tx)
            }
            _ = try await (first, second)
            let values = try await database.read { try $0.column("SELECT value FROM counters", as: Int.self) }
            #expect(values == [2, 2])
            #expect(meeting.arrivals > 2, "nothing ran again: there was no deadlock")
        }
    }

    @Test(arguments: mysqlOnly)
    func `a deadlock that a closure swallows does not commit half of it`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await Self.addCounters(database)
            let meeting = Meeting()
            @Sendable func half(_ names: (String, String), _ place: Int) async throws {
                try await database.write { tx in
                    try Self.increment(names.0, tx)
                    meeting.arrive(as: place)
                    try? Self.increment(names.1, tx)
                    try? tx.savepoint { try Self.increment(names.1, $0) }
                }
            }
            async let first: Void = half(("a", "b"), 0)
            async let second: Void = half(("b", "a"), 1)
            _ = try await (first, second)
            let values = try await database.read { try $0.column("SELECT value FROM counters", as: Int.self) }
            #expect(values == [3, 3])
        }
    }

    @Test(arguments: mysqlOnly)
    func `a lock that is not granted in time is told from other failures`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await Self.addCounters(database)
            let (isHeld, isOver) = (Flag(), Flag())
            async let holder: Void = database.write { tx in
                try Self.increment("a", tx)
                isHeld.raise()
                isOver.wait()
            }
            await isHeld.raised()
            let tries = Mutex(0)
            let error = await sqlError {
                try await database.write { tx in
                    tries.withLock { $0 += 1 }
                    try tx.execute("SET innodb_lock_wait_timeout = 1")
                    try Self.increment("b", tx)
                    try Self.increment("a", tx)
                }
            }
            isOver.raise()
            try await holder
            #expect(error?.kind == .lockTimeout)
            #expect(tries.withLock { $0 } == 2)
            let values = try await database.read {
                try $0.column("SELECT value FROM counters ORDER BY name", as: Int.self)
            }
            #expect(values == [1, 0])
        }
    }
}

/// Has two transactions wait for each other once; those that run again pass at once.
private final class Meeting: Sendable {
    private let count = Mutex(0)
    private let flags = [Flag(), Flag()]

    var arrivals: Int { count.withLock { $0 } }

    func arrive(as place: Int) {
        count.withLock { $0 += 1 }
        flags[place].raise()
        flags[1 - place].wait()
    }
}

/// Raised once, by any thread; seen by all that wait.
private final class Flag: Sendable {
    private let turnstile = DispatchSemaphore(value: 0)

    func raise() { turnstile.signal() }

    /// Blocks the thread, which must be one of a database's.
    func wait() {
        turnstile.wait()
        turnstile.signal()
    }

    func raised() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.wait()
                continuation.resume()
            }
        }
    }
}

import SQL
import TestSupport
import Testing

@Suite struct ListAndResultTests {
    private func found(_ numbers: [Int64], among stored: [Int64], on backend: Backend) async throws -> [Int64] {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { try Fixture.addNumbers(stored, $0) }
            return try await database.read {
                try $0.column("SELECT number FROM things WHERE number IN (\(list: numbers)) ORDER BY number")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an empty list finds nothing`(backend: Backend) async throws {
        #expect(try await found([], among: [1, 2, 3], on: backend).isEmpty)
    }

    @Test(arguments: Backend.available)
    func `NOT IN an empty list finds everything`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let left = try await database.write { tx in
                try Fixture.addNumbers([1, 2, 3], tx)
                try tx.execute("DELETE FROM things WHERE number = 2 AND number NOT IN (\(list: [Int64]()))")
                return try tx.column(
                    "SELECT number FROM things WHERE number NOT IN (\(list: [Int64]())) ORDER BY number", as: Int.self)
            }
            #expect(left == [1, 3])
        }
    }

    @Test(arguments: Backend.available, [1, 2, 3, 5, 9, 100])
    func `a list of any length finds its elements once each`(backend: Backend, length: Int) async throws {
        let wanted = (1...Int64(length)).map { $0 * 2 }
        #expect(try await found(wanted, among: Array(1...250), on: backend) == wanted)
    }

    @Test(arguments: Backend.available)
    func `a hundred thousand rows come back whole and in order`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let numbers = Array(Int64(0)..<100_000)
            try await database.write { try Fixture.addNumbers(numbers, $0) }
            let rows = try await database.report { try $0.rows("SELECT id, number, name FROM things ORDER BY id") }
            #expect(rows.columnCount == 3)
            #expect(rows.count == 100_000)
            #expect(rows.indices.allSatisfy { rows[$0].raw(1) == .integer(numbers[$0]) })
            #expect(rows.allSatisfy { $0.raw(2) == .null })
        }
    }

    @Test(arguments: Backend.available)
    func `a result without rows is empty and has no first row`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (rows, first) = try await database.read { connection in
                let query: Query = "SELECT id, number FROM things"
                return (try connection.rows(query), try connection.value(query, as: Int.self))
            }
            #expect(rows.isEmpty)
            #expect(first == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `an INSERT gives its id and the next one another`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (first, second) = try await database.write { tx in
                (try Fixture.addUser("a", tx), try Fixture.addUser("b", tx))
            }
            #expect(first > 0)
            #expect(second > first)
            let email = try await database.read {
                try $0.value("SELECT email FROM users WHERE id = \(second)", as: String.self)
            }
            #expect(email == "b")
        }
    }

    @Test(arguments: Backend.available)
    func `what inserts no row counts none and gives no id`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (count, ids) = try await database.write { tx in
                try Fixture.addUser("a", tx)
                let again: Query = "\(tx.dialect.insertOrIgnore) users (email, name) VALUES ('a', 'other')"
                return (try tx.execute(again), [try tx.insert(again), try tx.insert("UPDATE users SET name = 'new'")])
            }
            #expect(count == 0)
            #expect(ids == [0, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `an UPDATE counts the rows found, changed or not`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { try Fixture.addNumbers([1, 1, 2], $0) }
            let counts = try await database.write { tx in
                [
                    try tx.execute("UPDATE things SET number = 1 WHERE number = 1"),
                    try tx.execute("UPDATE things SET number = 7 WHERE number = 99"),
                    try tx.execute("DELETE FROM things WHERE number = 2"),
                    try tx.execute("DELETE FROM things WHERE number = 2"),
                ]
            }
            #expect(counts == [2, 0, 1, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `an upsert inserts first and updates then`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            for value in [5, 6] {
                try await database.write { tx in
                    _ = try tx.execute(
                        """
                        INSERT INTO counters (name, value) VALUES ('visits', \(value))
                        \(tx.dialect.onConflict("name")) value = \(tx.dialect.excluded("value"))
                        """)
                }
            }
            let values = try await database.read { try $0.column("SELECT value FROM counters", as: Int.self) }
            #expect(values == [6])
        }
    }
}

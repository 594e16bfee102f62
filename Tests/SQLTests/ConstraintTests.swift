import SQL
import TestSupport
import Testing

@Suite struct ConstraintTests {
    /// Returns the error of a write of `body` beside one user and one order, of which nothing may be left.
    private func refusal(
        on backend: Backend, _ body: @escaping @Sendable (Transaction, Int64) throws -> Void
    ) async throws -> SQLError {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let user = try await database.write { tx in
                let user = try Fixture.addUser("taken@x.org", tx)
                try tx.insert("INSERT INTO orders (user_id, total) VALUES (\(user), 100)")
                return user
            }
            let error = await sqlError {
                try await database.write { tx in
                    try tx.execute("UPDATE orders SET total = 200")
                    try body(tx, user)
                }
            }
            let totals = try await database.read { try $0.column("SELECT total FROM orders", as: Int.self) }
            #expect(totals == [100])
            return try #require(error)
        }
    }

    @Test(arguments: Backend.available)
    func `a second row with a unique key is refused with the key's column`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, _ in try Fixture.addUser("taken@x.org", tx) }
        #expect(error.kind == .unique)
        #expect(error.constraint?.contains("email") == true)
        #expect(error.code != 0)
    }

    @Test(arguments: Backend.available)
    func `a second row with a primary key is refused as not unique`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, user in
            try tx.execute("INSERT INTO users (id, email, name) VALUES (\(user), 'b', 'b')")
        }
        #expect(error.kind == .unique)
    }

    @Test(arguments: Backend.available)
    func `a reference to a missing row is refused`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, user in
            try tx.execute("INSERT INTO orders (user_id, total) VALUES (\(user + 1), 1)")
        }
        #expect(error.kind == .foreignKey)
    }

    @Test(arguments: Backend.available)
    func `a row that is referred to cannot be deleted`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, user in
            try tx.execute("DELETE FROM users WHERE id = \(user)")
        }
        #expect(error.kind == .foreignKey)
    }

    @Test(arguments: Backend.available)
    func `rows that hang on a deleted row go with it`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let (deleted, left) = try await database.write { tx in
                let user = try Fixture.addUser("a", tx)
                let order = try tx.insert("INSERT INTO orders (user_id, total) VALUES (\(user), 1)")
                for _ in 0..<3 { try tx.execute("INSERT INTO order_lines (order_id) VALUES (\(order))") }
                let deleted = try tx.execute("DELETE FROM orders WHERE id = \(order)")
                return (deleted, try tx.value("SELECT COUNT(*) FROM order_lines", as: Int.self))
            }
            #expect(deleted == 1)
            #expect(left == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a row that breaks a CHECK is refused with its name`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, _ in try tx.execute("UPDATE orders SET total = -1") }
        #expect(error.kind == .check)
        #expect(error.constraint?.contains("orders_total") == true)
    }

    @Test(arguments: Backend.available)
    func `a NULL is refused where none is allowed`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, _ in
            try tx.execute("INSERT INTO users (email, name) VALUES ('b', \(String?.none))")
        }
        #expect(error.kind == .notNull)
        #expect(error.constraint?.contains("name") == true)
    }

    @Test(arguments: Backend.available)
    func `a text that is too long is refused, one that just fits is not`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, user in
            try tx.execute("UPDATE users SET name = '1234567890' WHERE id = \(user)")
            try tx.execute("UPDATE users SET name = '👍👍👍👍👍👍👍👍👍👍' WHERE id = \(user)")
            try tx.execute("UPDATE users SET name = '12345678901' WHERE id = \(user)")
        }
        #expect(error.kind == .outOfRange)
        #expect(error.constraint == nil || error.constraint?.contains("name") == true)
    }

    @Test(arguments: Backend.available)
    func `a text in a column of numbers is refused`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, _ in try tx.execute("UPDATE orders SET total = 'plenty'") }
        #expect(error.kind == .outOfRange)
    }

    @Test(arguments: Backend.available)
    func `no value stands in an error's description`(backend: Backend) async throws {
        let secret = "secret@x.org"
        let error = try await refusal(on: backend) { tx, _ in
            try Fixture.addUser(secret, tx)
            try Fixture.addUser(secret, tx)
        }
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: Backend.available)
    func `a statement that does not compile is an error of no special kind`(backend: Backend) async throws {
        let error = try await refusal(on: backend) { tx, _ in try tx.execute("SELEKT 1") }
        #expect(error.kind == .other)
    }
}

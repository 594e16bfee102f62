import SQL
import TestSupport
import Testing

@Suite struct MySQLStatementTests {
    @Test(arguments: mysqlOnly)
    func `a change of the schema in a write commits and the write goes on`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            await #expect(throws: Refusal()) {
                try await database.write { tx in
                    try Fixture.addUser("before", tx)
                    try tx.execute("CREATE TABLE extra (id BIGINT NOT NULL PRIMARY KEY)")
                    try tx.savepoint { _ = try Fixture.addUser("after", $0) }
                    throw Refusal()
                }
            }
            // What came before the change was committed with it; what came after was undone with its closure.
            #expect(try await Fixture.emails(in: database) == ["before"])
            try await database.write { tx in
                try tx.execute("INSERT INTO extra (id) VALUES (1)")
                #expect(throws: SQLError.self) { try tx.execute("CREATE TABLE extra (id BIGINT)") }
                try tx.savepoint { _ = try Fixture.addUser("end", $0) }
                try tx.execute("DROP TABLE extra")
            }
            #expect(try await Fixture.emails(in: database) == ["before", "end"])
        }
    }

    @Test(arguments: mysqlOnly)
    func `a kept statement notices that its table has changed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                try tx.execute("CREATE TABLE shape (id BIGINT NOT NULL, x BIGINT NOT NULL)")
                try tx.execute("INSERT INTO shape (id, x) VALUES (\(1), \(7))")
                #expect(try tx.rows("SELECT * FROM shape").first?.raw(1) == .integer(7))
                try tx.execute("ALTER TABLE shape MODIFY x VARCHAR(20) NOT NULL, ADD y DOUBLE NOT NULL DEFAULT 1.5")
                let row = try tx.rows("SELECT * FROM shape").first
                #expect(
                    row.map { row in (0..<row.count).map { row.raw($0) } } == [.integer(1), .text("7"), .real(1.5)])
                try tx.execute("DROP TABLE shape")
            }
        }
    }

    @Test(arguments: mysqlOnly)
    func `sums of integers are integers and averages are reals`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let rows = try await database.write { tx in
                try Fixture.addNumbers([1, 2, Int64.max - 3], tx)
                return try tx.rows("SELECT SUM(number), -SUM(number) - 1, COUNT(*), AVG(number < 2) FROM things")
            }
            let values = rows.first.map { row in (0..<row.count).map { row.raw($0) } }
            #expect(values == [.integer(.max), .integer(.min), .integer(3), .real(0.3333)])
            let error = await sqlError {
                try await database.write { tx in
                    try Fixture.addNumbers([1], tx)
                    _ = try tx.rows("SELECT SUM(number) FROM things")
                }
            }
            #expect(error?.kind == .outOfRange)
            let unsigned = await sqlError {
                _ = try await database.read { try $0.rows("SELECT CAST(18446744073709551615 AS UNSIGNED)") }
            }
            #expect(unsigned?.kind == .outOfRange)
        }
    }

    @Test(arguments: mysqlOnly)
    func `texts and blobs of five megabytes come back as they were`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let text = String(repeating: "Zwölf Boxkämpfer 🥊 ", count: 240_000)
            let blob = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO things (note, body) VALUES (\(text), \(blob)), ('small', NULL)")
            }
            let rows = try await database.read { try $0.rows("SELECT note, body FROM things ORDER BY id") }
            #expect(rows.count == 2)
            #expect(rows[0].raw(0) == .text(text))
            #expect(rows[0].raw(1) == .blob(blob))
            #expect(rows[1].raw(0) == .text("small"))
            #expect(rows[1].raw(1) == .null)
        }
    }

    @Test(arguments: mysqlOnly)
    func `a statement larger than the server takes is refused and the connection stays`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let error = await sqlError {
                try await database.write { tx in
                    let id = try tx.value("SELECT CONNECTION_ID()", as: Int.self)
                    let limit = try tx.value("SELECT @@max_allowed_packet", as: Int.self) ?? 0
                    let blob = [UInt8](repeating: 7, count: limit)
                    let refused = #expect(throws: SQLError.self) {
                        try tx.execute("INSERT INTO things (body) VALUES (\(blob))")
                    }
                    #expect(try tx.value("SELECT CONNECTION_ID()", as: Int.self) == id)
                    throw refused ?? SQLError(.other, message: "")
                }
            }
            #expect(error?.kind == .outOfRange)
        }
    }

    @Test(arguments: mysqlOnly)
    func `errors name the constraint and never the value`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let unique = await sqlError {
                try await database.write { tx in
                    try Fixture.addUser("it's for key 'secret'", tx)
                    try Fixture.addUser("it's for key 'secret'", tx)
                }
            }
            #expect(unique?.constraint == "email")
            #expect(unique?.description.contains("secret") == false)
            let number = await sqlError {
                try await database.write { _ = try $0.execute("INSERT INTO things (number) VALUES (\("secret"))") }
            }
            #expect(number?.kind == .outOfRange)
            #expect(number?.description.contains("secret") == false)
        }
    }

    @Test(arguments: mysqlOnly)
    func `more texts than a connection keeps prepared all run`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let sum = try await database.read { connection in
                var sum = 0
                for length in 1...300 {
                    let terms = (1...length).map { " + \($0 * 0 + 1)" as Query }.reduce("SELECT 0", +)
                    sum += try connection.value(terms) ?? 0
                }
                let open = try connection.rows("SHOW SESSION STATUS LIKE 'Prepared_stmt_count'")
                let kept = try connection.value("SELECT 1", as: Int.self)
                #expect(kept == 1 && open.count <= 1)
                return sum
            }
            #expect(sum == 300 * 301 / 2)
        }
    }
}

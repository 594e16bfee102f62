import SQL
import TestSupport
import Testing

@Suite struct ValueTests {
    /// Returns what comes back when `value` is stored in `column` of the table of all types.
    private func stored(_ value: SQLValue, _ column: Column, on backend: Backend) async throws -> SQLValue {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let id = try await database.write { tx in
                try tx.insert("INSERT INTO things (\(column)) VALUES (\(value))")
            }
            let rows = try await database.read { try $0.rows("SELECT \(column) FROM things WHERE id = \(id)") }
            return try #require(rows.first).raw(0)
        }
    }

    enum Column: SQLName, CaseIterable {
        case number, amount, name, note, body

        var sqlName: StaticString {
            switch self {
            case .number: "number"
            case .amount: "amount"
            case .name: "name"
            case .note: "note"
            case .body: "body"
            }
        }
    }

    @Test(arguments: Backend.available, Column.allCases)
    func `a NULL comes back from a column of each type`(backend: Backend, column: Column) async throws {
        #expect(try await stored(.null, column, on: backend) == .null)
    }

    @Test(arguments: Backend.available, [Int64.min, -1, 0, 1, 4_294_967_296, .max])
    func `64-bit numbers come back as they went`(backend: Backend, number: Int64) async throws {
        #expect(try await stored(.integer(number), .number, on: backend) == .integer(number))
    }

    @Test(arguments: Backend.available, [0, 0.1, -1.5, .greatestFiniteMagnitude, .leastNormalMagnitude] as [Double])
    func `reals come back to the last bit`(backend: Backend, number: Double) async throws {
        #expect(try await stored(.real(number), .amount, on: backend) == .real(number))
    }

    @Test(
        arguments: Backend.available,
        [
            "", " ", "it's \"quoted\" \\ and ? :name @x", "Zoë ß Ж 中", "👩‍👩‍👧‍👦🇪🇺 \u{10FFFF}", "a\u{0}b\u{0}",
            "line\r\nbreak\t",
        ])
    func `texts come back byte by byte`(backend: Backend, text: String) async throws {
        guard case .text(let found) = try await stored(.text(text), .name, on: backend) else {
            Issue.record("not a text")
            return
        }
        #expect(Array(found.utf8) == Array(text.utf8))
    }

    @Test(arguments: Backend.available)
    func `a text of a megabyte comes back whole`(backend: Backend) async throws {
        let text = String(repeating: "héllo 🎈 ", count: 100_000)
        #expect(try await stored(.text(text), .note, on: backend) == .text(text))
    }

    @Test(
        arguments: Backend.available,
        [[], [0], [0, 255, 39, 92, 0], Array(0...255), Array(repeating: 0xFF, count: 300_000)] as [[UInt8]])
    func `blobs come back byte by byte`(backend: Backend, bytes: [UInt8]) async throws {
        #expect(try await stored(.blob(bytes), .body, on: backend) == .blob(bytes))
    }

    @Test(arguments: Backend.available)
    func `texts that differ in case or accent are different keys`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let emails = ["a@x.org", "A@x.org", "á@x.org"]
            try await database.write { tx in
                for email in emails { try Fixture.addUser(email, tx) }
            }
            #expect(try await database.read(Fixture.emails) == emails)
        }
    }

    @Test(arguments: Backend.available)
    func `a column read as a type that it does not hold is a decoding error`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let error = await sqlError {
                _ = try await database.read { try $0.value("SELECT 'seven'", as: Int.self) }
            }
            #expect(error?.kind == .decoding)
            #expect(error?.message.contains("seven") == false)
        }
    }
}

import SQL
import TestSupport
import Testing

/// The proof that a text stands nowhere.
@Suite struct TextScanTests {
    @Test(arguments: Backend.available)
    func `a text is found in every column that can hold one, in whatever case and wherever it stands`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                try Fixture.addUser("Ada@Example.com", tx)
                try tx.execute("INSERT INTO things (name) VALUES ('ada@example.com')")
                try tx.execute("INSERT INTO things (note) VALUES ('{\"to\": \"ADA@EXAMPLE.COM\"}')")
                try tx.execute("INSERT INTO things (note) VALUES ('before ada@example.com after')")
                try tx.execute("INSERT INTO things (body) VALUES (\(Array("x ada@example.com".utf8)))")
                try tx.execute("INSERT INTO counters (name, value) VALUES ('bob@example.com', 1)")
            }
            let found = try await database.read { try TextScan.findings(of: "ada@example.COM", $0) }
            let shown = Set(found.map { "\($0.table).\($0.column) \($0.rows)" })
            #expect(shown == ["users.email 1", "things.name 1", "things.note 2", "things.body 1"])
        }
    }

    @Test(arguments: Backend.available, ["nobody@example.com", "ada@example.com.", "100%", "a_a", "'", "\\"])
    func `a text that is not there is found nowhere, whatever marks it holds`(
        _ backend: Backend, _ text: String
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                try Fixture.addUser("ada@example.com", tx)
                try tx.execute("INSERT INTO things (name, note) VALUES ('100 aba', 'ada')")
            }
            #expect(try await database.read { try TextScan.findings(of: text, $0) }.isEmpty)
        }
    }
}

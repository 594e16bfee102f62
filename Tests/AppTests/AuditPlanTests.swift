import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Schema
@testable import Web

/// How the databases find what the audit has of one row, among many entries.
@Suite struct AuditPlanTests {
    @Test(arguments: Backend.available)
    func `the history of a row walks an index, the newest first`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            try await database.write { tx in
                for start in stride(from: 0, to: 3_000, by: 500) {
                    let rows = (start..<(start + 500)).map { number -> [SQLValue] in
                        let row = "/api/products/\(number % 100)/"
                        return .row(1, "PATCH", "/api/products/{product}/", row, row, "", "", number)
                    }
                    try tx.execute(
                        """
                        INSERT INTO audit_entries (actor_id, method, template, path, about, before_json, after_json,
                            created_at)
                        VALUES \(rows: rows)
                        """)
                }
            }
            var filter = AuditQueries.Filter()
            filter.about = "/api/products/7/"
            let found = try await PlanReader(database: database).findings {
                let entries = try await database.read { [filter] in
                    try AuditTrail.entries(filter, PageRequest(size: 10), $0)
                }
                #expect(entries.count == 30 && entries.rows.allSatisfy { $0.about == "/api/products/7/" })
                #expect(entries.rows.map(\.createdAt) == entries.rows.map(\.createdAt).sorted(by: >))
            }
            filter.sorting = Ordering(.createdAt)
            let oldest = try await PlanReader(database: database).findings {
                let entries = try await database.read { [filter] in
                    try AuditTrail.entries(filter, PageRequest(size: 10), $0)
                }
                #expect(entries.rows.map(\.createdAt) == entries.rows.map(\.createdAt).sorted())
            }
            for finding in found + oldest { Issue.record("\(finding)") }
        }
    }
}

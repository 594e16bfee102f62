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
            try await Self.fill(database)
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

    @Test(arguments: Backend.available)
    func `each filter of the audit walks an index and sorts nothing`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            try await Self.fill(database)
            let filters: [(AuditQueries.Filter, Int)] = [
                (AuditQueries.Filter(), 3_000), (AuditQueries.Filter(actor: UserID(5)), 300),
                (AuditQueries.Filter(method: "DELETE"), 30), (AuditQueries.Filter(path: "/api/products/7"), 330),
                (AuditQueries.Filter(actor: UserID(5), method: "PATCH"), 300),
                (AuditQueries.Filter(from: Timestamp(microseconds: 2_900)), 100),
                (AuditQueries.Filter(method: "PATCH", until: Timestamp(microseconds: 100)), 99),
            ]
            for (filter, count) in filters {
                for descending in [false, true] {
                    var filter = filter
                    filter.sorting = Ordering(.createdAt, descending: descending)
                    let found = try await PlanReader(database: database).findings {
                        let entries = try await database.read { [filter] in
                            try AuditTrail.entries(filter, PageRequest(number: 2, size: 10), $0)
                        }
                        let moments = entries.rows.map(\.createdAt)
                        #expect(entries.count == count && moments.count == 10, "\(filter.condition)")
                        #expect(moments == moments.sorted { descending ? $0 > $1 : $0 < $1 })
                    }
                    #expect(found.isEmpty, "\(filter.condition): \(found)")
                }
            }
        }
    }

    @Test(
        arguments: Backend.available,
        [
            ("staff5@example.com", 300), ("STAFF5@example.com", 300), ("staff", 3_000), ("products/77", 30),
            ("/products/77/", 30), ("/api/products/77/", 30), ("/api/products/7", 330), ("nobody", 0),
        ])
    func `an entry is found by who did it, by its path and by its row, through indexes alone`(
        _ backend: Backend, _ search: (text: String, count: Int)
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            try await Self.fill(database)
            var filter = AuditQueries.Filter()
            filter.search = AuditQueries.search(search.text)
            let found = try await PlanReader(database: database).findings {
                let entries = try await database.read { [filter] in
                    try AuditTrail.entries(filter, PageRequest(size: 10), $0)
                }
                #expect(entries.count == search.count)
            }
            // What is found is put together, and sorted where it is little.
            let faults = found.filter { !$0.isSort && $0.table != "found" }
            #expect(faults.isEmpty, "\(faults)")
        }
    }

    /// Writes three thousand entries of ten people about a hundred products, one of a hundred a deletion.
    private static func fill(_ database: any Database) async throws {
        try await database.write { tx in
            for start in stride(from: 0, to: 3_000, by: 500) {
                let rows = (start..<(start + 500)).map { number -> [SQLValue] in
                    let (row, actor) = ("/api/products/\(number % 100)/", number % 10)
                    let method = number % 100 == 1 ? "DELETE" : "PATCH"
                    return .row(
                        actor, "staff\(actor)@example.com", method, "/api/products/{product}/", row, row, "", "", number
                    )
                }
                try tx.execute(
                    """
                    INSERT INTO audit_entries (actor_id, actor_email, method, template, path, about, before_json,
                        after_json, created_at)
                    VALUES \(rows: rows)
                    """)
            }
        }
        _ = try await database.write { tx in
            if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE audit_entries") }
        }
    }
}

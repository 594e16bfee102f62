import AppHarness
import Commerce
import SQL
import Schema
import TestSupport
import Testing

@testable import Merchandising

/// How the rows of a large file are found, which no statistics know of yet.
@Suite struct ImportPlanTests {
    @Test(arguments: Backend.available)
    func `each row of an import is found by the index of what it is about, each step by what waits`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            try await Self.fill(database, rows: 2_000)
            let plans = try await database.read { connection in
                let (id, dialect) = (ImportID(1), connection.dialect)
                return [
                    try Self.plan(ImportQueries.effectiveQuery(of: id, about: "sku-7", dialect), connection),
                    try Self.plan(ImportQueries.waitingQuery(of: id, limit: 25, dialect), connection),
                ]
            }
            #expect(plans[0].contains("ix_import_rows_key"), "\(plans[0])")
            #expect(plans[1].contains("ix_import_rows_outcome"), "\(plans[1])")
        }
    }

    private static func fill(_ database: any Database, rows: Int) async throws {
        let values = (1...rows).map { number -> [SQLValue] in
            [
                .integer(1), .integer(Int64(number)), .integer(0), .text("sku-\(number)"), .text("[]"),
                .text("created"), .text(""),
            ]
        }
        _ = try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO imports (id, kind, file_name, is_dry_run, status, header, created_at)
                VALUES (1, 'products', 'a.csv', 1, 'running', '[]', 0)
                """)
            for start in stride(from: 0, to: rows, by: 500) {
                try tx.execute(
                    """
                    INSERT INTO import_rows (import_id, number, line, row_key, cells, outcome, errors)
                    VALUES \(rows: Array(values[start..<min(start + 500, rows)]))
                    """)
            }
        }
    }

    private static func plan(_ query: Query, _ connection: Connection) throws -> String {
        let explained: Query = connection.dialect == .sqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN FORMAT=TRADITIONAL"
        return try connection.rows("\(explained) \(query)").map { row in
            (0..<row.count).map { if case .text(let text) = row.raw($0) { text } else { "" } }.joined(separator: " ")
        }.joined(separator: "; ")
    }
}

import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Schema
@testable import Web

/// The rows that entries of the audit are about.
@Suite struct AuditRowTests {
    @Test(
        arguments: [
            ("/api/products/{product}/", "/api/products/17/", "/api/products/17/"),
            ("/api/admin/products/{product}/approve/", "/api/admin/products/17/approve/", "/api/products/17/"),
            ("/api/products/{product}/variants/{variant_id}/", "/api/products/17/variants/4/", "/api/products/17/"),
            (
                "/api/admin/payment-gateways/{code}/", "/api/admin/payment-gateways/stripe/",
                "/api/payment-gateways/stripe/"
            ),
            ("/sandbox/payments/{reference}/", "/sandbox/payments/p1/", "/sandbox/payments/p1/"),
            ("/api/products/", "/api/products/", nil), ("/api/a/{id}/", "/api/a/", nil), ("/api/{id}/", "", nil),
        ] as [(String, String, String?)])
    func `a row is what a path names up to its first parameter`(_ template: String, _ path: String, _ row: String?) {
        #expect(AuditedRow.path(of: path, template) == row)
    }

    @Test func `a row that is made is named by the id of the answer`() throws {
        let cases: [(String, String?)] = [
            (#"{"id": 17}"#, "/api/tax-rates/17/"), (#"{"id": "a1"}"#, "/api/tax-rates/a1/"), (#"{"id": null}"#, nil),
            ("[17]", nil), ("{}", nil),
        ]
        for (json, row) in cases {
            let made = try JSONValue(parsing: json.utf8)
            #expect(AuditedRow.made(at: "/api/admin/tax-rates/", made) == row, "\(json)")
        }
    }

    @Test(arguments: Backend.available)
    func `entries written before rows were named are filled by the migration`(_ backend: Backend) async throws {
        let old = Migration(1, "web", WebSchema.steps)
        try await withDatabase(backend, migrations: [old]) { database in
            let paths = [
                ("/api/products/{product}/variants/{variant_id}/", "/api/products/17/variants/4/"),
                ("/api/admin/tax-rates/{id}/", "/api/admin/tax-rates/3/"), ("/api/products/", "/api/products/"),
            ]
            try await database.write { tx in
                for (template, path) in paths {
                    try tx.execute(
                        """
                        INSERT INTO audit_entries (actor_id, method, template, path, before_json, after_json, created_at)
                        VALUES (1, 'PATCH', \(template), \(path), '', '', 0)
                        """)
                }
            }
            let new = Migration(2, "rows in the audit", WebSchema.rowSteps)
            #expect(try await Migrator(database, [old, new]).migrate() == [2])
            let rows = try await database.read {
                try $0.column("SELECT about FROM audit_entries ORDER BY id", as: String.self)
            }
            let expected = paths.map { AuditedRow.path(of: $0.1, $0.0) ?? "" }
            #expect(rows == expected && rows == ["/api/products/17/", "/api/tax-rates/3/", ""])
        }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Vendors

/// Vendors in their thousands: statements, and how the databases run them.
@Suite struct VendorPlanTests {
    private static func fill(_ shop: VendorHarness) async throws {
        for start in stride(from: 1_000, to: 11_000, by: 500) {
            try await shop.database.write { tx in
                let ids = (start..<start + 500).map(Int64.init)
                try tx.execute(
                    """
                    INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                    VALUES \(rows: ids.map { [SQLValue].row($0, "Vendor \($0)", "vendor-\($0)", $0 % 4 == 0 ? "pending" : "approved", $0, 0) })
                    """)
            }
        }
        for start in stride(from: 1_000, to: 11_000, by: 500) {
            try await shop.database.write { tx in
                let ids = (start..<start + 500).map(Int64.init)
                try tx.execute(
                    """
                    INSERT INTO vendor_reviews (vendor_id, order_id, rating, review_text, response, created_at)
                    VALUES \(rows: ids.map { [SQLValue].row(Int64(2_001), $0, 1, "x", "", $0) })
                    """)
            }
        }
        _ = try await shop.database.write {
            try $0.execute("UPDATE vendors SET rating_sum = 10000, rating_count = 10000 WHERE id = 2001")
        }
    }

    @Test(arguments: Backend.available)
    func `pages are read by an index, and by few statements`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            try await Self.fill(shop)
            try await shop.vendor(of: 2)
            let calls: [(String, Identity?)] = [
                ("/api/admin/vendors/", VendorHarness.staff), ("/api/admin/vendors/?page=40", VendorHarness.staff),
                ("/api/admin/vendors/?status=pending", VendorHarness.staff),
                ("/api/admin/vendors/?ordering=name", VendorHarness.staff),
                ("/api/admin/vendors/2001/", VendorHarness.staff), ("/api/vendors/2001/", nil),
                ("/api/vendors/vendor-2001/", nil), ("/api/vendors/vendor-2001/reviews/?page=200", nil),
                ("/api/vendors/profile/", VendorHarness.identity(2)),
                ("/api/vendors/documents/", VendorHarness.identity(2)),
            ]
            let plans = PlanReader(database: shop.database)
            for (path, caller) in calls {
                let found = try await plans.findings {
                    let answer = try await shop.call(.get, path, by: caller)
                    #expect(answer.status == 200, "\(path): \(answer.json)")
                    #expect(answer.statements <= 4, "\(path): \(answer.statements)")
                }
                // Who counts all vendors reads an index from end to end.
                let avoidable = found.filter {
                    !$0.statement.hasSuffix("FORCE INDEX (ix_vendors_created_at) WHERE 1 = 1")
                }
                #expect(avoidable.isEmpty, "\(path): \(avoidable)")
            }
        }
    }
}

import HTTPTypes
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Walks the routes of staff and looks at what each change leaves behind.
@Suite(.timeLimit(.minutes(10)))
struct AuditWalkTests {
    @Test(arguments: Backend.available)
    func `every change by staff is written down once, with what was before`(_ backend: Backend) async throws {
        try await withShop(backend, settings: PaymentsTable.settings) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            let mails = try await NotificationsPermissionTests.values(cast)
            var walked: Set<String> = []
            let quiet = Self.quiet(stand)
            for row in PermissionTables.rows + world.resources.rows where Self.isOfStaff(row) {
                let values = try await world.values(for: row.placeholders.subtracting(mails.keys))
                    .merging(mails) { own, _ in own }
                let before = try await stand.audited()
                let answer = try await row.send(by: cast.admin, values)
                let written = try await stand.audited() - before
                guard (200...299).contains(answer.status) else {
                    #expect(written == 0, "\(row.shape) was refused")
                    continue
                }
                if quiet.contains(row.shape) {
                    #expect(written == 0, "\(row.shape) changes nothing")
                    walked.insert(row.shape)
                    continue
                }
                #expect(written == 1, "\(row.shape): \(written) entries")
                let entry = try await cast.admin.send("GET", "/api/admin/audit/?page_size=1")["results"]?[0]
                #expect(entry?["actor_email"]?.text == ShopHarness.adminEmail && entry?["method"]?.text == row.method)
                #expect(entry?["request_id"]?.text == answer.header("X-Request-ID"), "\(row.shape)")
                #expect(entry?["ip_address"]?.text == "127.0.0.1")
                if row.method != "POST" { #expect(entry?["before"] != .null, "\(row.shape) has no before") }
                if answer.status != 204 { #expect(entry?["after"] != .null, "\(row.shape) has no after") }
                walked.insert(PaymentPermissionTests.documented(row.shape))
            }
            Self.expectComplete(walked, stand)
        }
    }

    @Test(arguments: Backend.available)
    func `a change that fails, a reading and a customer leave nothing`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let (admin, customer) = (try await stand.admin(), try await stand.customer())
            _ = try await admin.send("POST", "/api/categories/", json: ["name": ""])
            _ = try await admin.send("GET", "/api/admin/orders/")
            _ = try await customer.send("PATCH", "/api/auth/profile/", json: ["bio": "x"])
            _ = try await admin.send("PATCH", "/api/auth/profile/", json: ["bio": "x"])
            #expect(try await stand.audited() == 0)
            for _ in 0..<2 {
                _ = try await admin.send(
                    "POST", "/api/categories/", headers: ["Idempotency-Key": "k1"], json: ["name": "Once"])
            }
            #expect(try await stand.audited() == 1)
        }
    }

    private static func isOfStaff(_ row: PermissionRow) -> Bool {
        guard row.method != "GET" else { return false }
        return [
            "/api/admin/", "/api/users/", "/api/inventory/", "/api/products/", "/api/categories/", "/sandbox/payments/",
            "/sandbox/webhooks/", "/api/payments/{completed}/",
        ].contains {
            row.template.hasPrefix($0)
        } || row.template.contains("/cancel/") || row.template.contains("/respond/")
    }

    /// The endpoints of staff that change nothing whatever their method, of which there are few.
    private static func quiet(_ stand: ShopHarness) -> Set<String> {
        let found = stand.shop.modules.endpoints.flatMap(\.endpoints).filter(\.changesNothing).map {
            "\($0.method.rawValue) \($0.template.replacing(/\{[^}]*\}/, with: "{}"))"
        }
        #expect(found == ["POST /api/admin/email-templates/{}/preview/"])
        return Set(found)
    }

    /// Expects the walk to have gone over every changing endpoint that asks for staff.
    private static func expectComplete(_ walked: Set<String>, _ stand: ShopHarness) {
        for endpoint in stand.shop.modules.endpoints.flatMap(\.endpoints)
        where endpoint.method != .get {
            switch endpoint.access {
            case .staff, .vendorOr, .admin:
                let path = endpoint.template.replacing(/\{[^}]*\}/, with: "{}")
                #expect(walked.contains("\(endpoint.method.rawValue) \(path)"))
            case .anyone, .optionalUser, .user, .userOr: continue
            }
        }
    }
}

extension ShopHarness {
    fileprivate func audited() async throws -> Int {
        try await shop.installation.database.read { try $0.value("SELECT COUNT(*) FROM audit_entries") ?? 0 }
    }
}

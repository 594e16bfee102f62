import Commerce
import Messages
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp
@testable import Notifications

@Suite(.timeLimit(.minutes(10)))
struct NotificationsPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of notifications says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            let values = try await Self.values(cast)
            try await cast.expect(NotificationsTable.rows) { _ in values }
        }
    }

    @Test func `no endpoint of notifications is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let found = try await stand.documentedShapes(where: Self.isOurs)
            let shapes = Set(NotificationsTable.rows.map(\.shape))
            #expect(found == shapes, "\(found.symmetricDifference(shapes))")
        }
    }

    private static func isOurs(_ path: String) -> Bool {
        ["/api/notifications/", "/api/admin/email-", "/api/admin/suppressions/"].contains(where: path.hasPrefix)
    }

    /// What stands for the placeholders of the table.
    static func values(_ cast: TestAccounts) async throws -> [String: String] {
        let stand = cast.stand
        let installation = stand.shop.installation
        let (log, suppression) = try await installation.database.write { tx in
            let log = try tx.insert(
                """
                INSERT INTO email_logs (job_key, email, template_type, language, subject, status, context, created_at)
                VALUES ('k', 'a@example.com', 'welcome', 'en', 'S', 'sent', '{"first_name": "A", "email": "a@b.cd"}',
                \(TimeSource.machine.now))
                """)
            let suppression = try tx.insert(
                "INSERT INTO mail_suppressions (email, reason, created_at) VALUES ('s@example.com', 'manual', 0)")
            return (log, suppression)
        }
        let links = MailLinks(installation.secret, address: try PublicAddress(SettingsValues([:])))
        let user = UserID(Int64(try await cast.id(of: .owner)))
        let token = { (url: String) in String(url.split(separator: "/").last ?? "") }
        return [
            "template": EmailTemplateID(of: "welcome", in: "de").description,
            "french": EmailTemplateID(of: "welcome", in: "fr").description, "log": "\(log)",
            "suppression": "\(suppression)", "leaving": token(links.unsubscribe(user, .newsletter)),
            "open": token(links.open("k")), "click": token(links.click("k", to: "https://shop.example/")),
        ]
    }
}

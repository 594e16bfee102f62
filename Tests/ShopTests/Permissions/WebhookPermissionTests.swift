import Primitives
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct WebhookPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of webhooks says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(WebhooksTable.rows) { try await world.values(for: $0.placeholders) }
        }
    }

    @Test func `no endpoint of webhooks is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let found = try await stand.documentedShapes {
                $0.hasPrefix("/api/admin/webhooks/") || $0.hasPrefix(WebhooksTable.replay)
            }
            #expect(found == Set(WebhooksTable.rows.map(\.shape)))
        }
    }

    @Test(arguments: Backend.available)
    func `the audit knows of a new webhook, and not its secret`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let made = try await admin.send(
                "POST", "/api/admin/webhooks/",
                json: ["url": "https://receiver.example.com/", "topics": .array(["*"])])
            let rotated = try await admin.send(
                "POST", "/api/admin/webhooks/\(CommerceFixture.text(made["id"]))/rotate-secret/")
            let audit = try await admin.send("GET", "/api/admin/audit/")
            for secret in [made, rotated].compactMap({ $0["secret"]?.text }) {
                #expect(secret.hasPrefix("whsec_") && !audit.text.contains(secret))
            }
            #expect(audit["results"]?.elements.count == 2)
            #expect(audit["results"]?[0]?["after"]?["url"]?.text == "https://receiver.example.com/")
            #expect(audit["results"]?[0]?["before"]?["version"]?.number == 1)
        }
    }
}

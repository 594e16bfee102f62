import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

@Suite(.timeLimit(.minutes(10)))
struct AccountsPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of accounts says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            for row in AccountsTable.rows {
                try #require(row.statuses.count == TestAccounts.Part.allCases.count, "\(row.shape)")
                for (part, expected) in zip(TestAccounts.Part.allCases, row.statuses) {
                    // Wrong passwords and codes of earlier rows must not block later ones.
                    try await stand.forgetFailures()
                    let values = try await world.values(for: row.placeholders)
                    let answer = try await row.send(by: cast[part], values)
                    #expect(answer.status == expected, "\(row.method) \(row.template) by \(part): \(answer.text)")
                }
            }
        }
    }

    @Test func `every permission that an endpoint asks for can be given`() async throws {
        try await withShop(.sqlite) { stand in
            let modules = stand.shop.modules
            let asked = Set(modules.endpoints.flatMap(\.endpoints).compactMap(\.access.permission))
            #expect(asked == Set(modules.permissions.map(\.name)))
        }
    }
}

extension ShopHarness {
    /// Takes back what failed logins and requests for mail have counted.
    func forgetFailures() async throws {
        _ = try await shop.installation.database.write { tx in
            try tx.execute("DELETE FROM login_history WHERE status = 'failed'")
            try tx.execute("DELETE FROM mail_requests")
        }
    }
}

import HTTPTypes
import KontorApp
import Modules
import Primitives
import TestSupport
import Testing
import Web

@Suite(.timeLimit(.minutes(10)))
struct MarketplacePermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of vendors' money says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(
                MarketplaceTable.rows, values: { try await world.values(for: $0.placeholders) },
                look: TestAccounts.expectFewStatements)
        }
    }

    @Test func `no endpoint of vendors' money is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let shapes = Set(MarketplaceTable.rows.map(\.shape))
            let found = stand.shop.modules.endpoints.flatMap(\.endpoints).filter {
                $0.file.description.hasPrefix("Marketplace/")
            }.map { "\($0.method.rawValue) " + $0.template.replacing(/\{[^}]*\}/, with: "{}") }
            #expect(Set(found) == shapes, "\(Set(found).symmetricDifference(shapes))")
        }
    }
}

import Primitives
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct ReviewPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of reviews says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(
                ReviewsTable.rows, values: { try await world.values(for: $0.placeholders) },
                look: TestAccounts.expectFewStatements)
        }
    }

    @Test func `no endpoint of reviews is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let shapes = Set(ReviewsTable.rows.map(\.shape))
            let found = try await stand.documentedShapes {
                $0.hasPrefix("/api/reviews/") || $0.hasPrefix("/api/admin/reviews/") || $0.contains("{product}/review")
            }
            #expect(found == shapes, "\(found.symmetricDifference(shapes))")
        }
    }
}

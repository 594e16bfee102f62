import Primitives
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct WishlistPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of wishlists says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(WishlistsTable.rows, values: { try await world.values(for: $0.placeholders) }) {
                answer, row, part in
                guard row.method == "GET", answer.status == 200 else { return }
                // Two are the session's and its last activity's.
                let statements = answer.header("X-SQL-Statements").flatMap { Int($0) }
                #expect((statements ?? .max) <= 4, "\(row.template) by \(part)")
            }
        }
    }

    @Test func `no endpoint of wishlists is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let found = try await stand.documentedShapes {
                $0.hasPrefix("/api/wishlist/")
            }
            #expect(found == Set(WishlistsTable.rows.map(\.shape)))
        }
    }
}

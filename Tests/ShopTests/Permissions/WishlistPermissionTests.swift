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
            for row in WishlistsTable.rows {
                try #require(row.statuses.count == TestAccounts.Part.allCases.count - 1, "\(row.shape)")
                for (part, expected) in zip(TestAccounts.Part.allCases, row.statuses) {
                    let values = try await world.values(for: row.placeholders)
                    let answer = try await row.send(by: cast[part], values)
                    #expect(answer.status == expected, "\(row.method) \(row.template) by \(part): \(answer.text)")
                    guard row.method == "GET", answer.status == 200 else { continue }
                    // Two are the session's and its last activity's.
                    let statements = answer.header("X-SQL-Statements").flatMap { Int($0) }
                    #expect((statements ?? .max) <= 4, "\(row.template) by \(part)")
                }
            }
        }
    }

    @Test func `no endpoint of wishlists is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let document = try await stand.anonymous.send("GET", "/api/schema/")
            var found: Set<String> = []
            for (path, methods) in try #require(document["paths"]).members where path.hasPrefix("/api/wishlist/") {
                for method in methods.members.keys {
                    found.insert(method.uppercased() + " " + path.replacing(/\{[^}]*\}/, with: "{}"))
                }
            }
            #expect(found == Set(WishlistsTable.rows.map(\.shape)))
        }
    }
}

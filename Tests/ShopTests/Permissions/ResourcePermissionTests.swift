import Primitives
import TestSupport
import Testing

/// Resources that stand in no table, by what modules declare of them.
@Suite(.timeLimit(.minutes(10)))
struct ResourcePermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of a resource of staff is theirs alone, by a permission`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            #expect(world.resources["shipping_methods"] != nil)
            try await cast.expect(
                world.resources.rows, values: { try await world.values(for: $0.placeholders) },
                look: TestAccounts.expectFewStatements)
        }
    }

    @Test func `no endpoint of the API is missing, from the tables or among the resources`() async throws {
        try await withShop(.sqlite) { stand in
            let rows = PermissionTables.rows + (try StaffResources(stand)).rows
            let shapes = Set(rows.map(\.shape))
            let found = try await stand.documentedShapes {
                $0.hasPrefix("/api/") && !["/api/schema/", "/api/docs/"].contains($0)
            }
            for shape in found { #expect(shapes.contains { Self.same($0, shape) }, "\(shape)") }
            #expect(found.count > 170)
        }
    }

    /// Rows name a provider where the document has a placeholder.
    private static func same(_ row: String, _ shape: String) -> Bool {
        row == shape || PaymentPermissionTests.documented(row) == shape
            || row.replacing("/google/disconnect/", with: "/{}/disconnect/") == shape
    }
}

import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SettingsPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of the settings says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            try await cast.expect(SettingsTable.rows) { _ in [:] }
        }
    }

    @Test func `no endpoint of the settings is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let found = try await stand.documentedShapes { $0.hasPrefix(SettingsTable.path) }
            #expect(found == Set(SettingsTable.rows.map(\.shape)))
        }
    }
}

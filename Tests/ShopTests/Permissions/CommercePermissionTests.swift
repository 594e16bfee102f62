import Primitives
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct CommercePermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of commerce says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            for row in CommerceTable.rows {
                try #require(row.statuses.count == TestAccounts.Part.allCases.count - 1, "\(row.shape)")
                for (part, expected) in zip(TestAccounts.Part.allCases, row.statuses) {
                    try await world.prepareCart(of: part, filled: part == .owner && Self.wantsCart(row))
                    let values = try await world.values(for: row.placeholders)
                    let answer = try await row.send(by: cast[part], values)
                    #expect(answer.status == expected, "\(row.method) \(row.template) by \(part): \(answer.text)")
                    Self.expectFewStatements(answer, row, part)
                }
            }
        }
    }

    private static func wantsCart(_ row: PermissionRow) -> Bool {
        ["POST /api/orders/", "POST /api/cart/quote/", "POST /api/coupons/apply/"].contains(row.shape)
    }

    /// Expects few statements: two are the session's and its last activity's. Facets and reports have their own tests,
    /// an export reads without a page, and staff's view of an order holds its payments, papers and pictures too.
    private static func expectFewStatements(_ answer: ProbeResponse, _ row: PermissionRow, _ part: TestAccounts.Part) {
        let isMeasured = !["facets", "reports", "export"].contains { row.template.contains($0) }
        guard row.method == "GET", answer.status == 200, isMeasured else { return }
        let isList = answer["results"] != nil
        let statements = answer.header("X-SQL-Statements").flatMap { Int($0) }
        let isDesk = row.template == "/api/admin/orders/{order}/"
        let limit = (isList ? 4 : isDesk ? 8 : 6) + (part == .anonymous ? 1 : 2)
        #expect((statements ?? .max) <= limit, "\(row.method) \(row.template) by \(part)")
    }
}

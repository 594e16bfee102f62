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
            for row in ReviewsTable.rows {
                try #require(row.statuses.count == TestAccounts.Part.allCases.count - 1, "\(row.shape)")
                for (part, expected) in zip(TestAccounts.Part.allCases, row.statuses) {
                    let values = try await world.values(for: row.placeholders)
                    let answer = try await row.send(by: cast[part], values)
                    #expect(answer.status == expected, "\(row.method) \(row.template) by \(part): \(answer.text)")
                    Self.expectFewStatements(answer, row, part)
                }
            }
        }
    }

    @Test func `no endpoint of reviews is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let document = try await stand.anonymous.send("GET", "/api/schema/")
            let shapes = Set(ReviewsTable.rows.map(\.shape))
            var found: Set<String> = []
            for (path, methods) in try #require(document["paths"]).members
            where path.hasPrefix("/api/reviews/") || path.hasPrefix("/api/admin/reviews/")
                || path.contains("{product}/review")
            {
                for method in methods.members.keys {
                    found.insert(method.uppercased() + " " + path.replacing(/\{[^}]*\}/, with: "{}"))
                }
            }
            #expect(found == shapes, "\(found.symmetricDifference(shapes))")
        }
    }

    /// Expects few statements: two are the session's and its last activity's.
    private static func expectFewStatements(_ answer: ProbeResponse, _ row: PermissionRow, _ part: TestAccounts.Part) {
        guard row.method == "GET", answer.status == 200 else { return }
        let statements = answer.header("X-SQL-Statements").flatMap { Int($0) }
        let limit = (answer["results"] != nil ? 4 : 6) + (part == .anonymous ? 1 : 2)
        #expect((statements ?? .max) <= limit, "\(row.method) \(row.template) by \(part)")
    }
}

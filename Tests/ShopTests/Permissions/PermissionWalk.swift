import KontorApp
import SQL
import TestSupport
import Testing

extension TestAccounts {
    /// Expects each part to get from each endpoint what its row says; `values` gives what stands for the placeholders before each
    /// call, and `look` sees each answer.
    func expect(
        _ rows: [PermissionRow], values: (PermissionRow) async throws -> [String: String],
        look: (ProbeResponse, PermissionRow, Part) -> Void = { _, _, _ in }
    ) async throws {
        for row in rows {
            try #require(row.statuses.count == Part.allCases.count - 1, "\(row.shape)")
            for (part, expected) in zip(Part.allCases, row.statuses) {
                let answer = try await row.send(by: self[part], try await values(row))
                #expect(answer.status == expected, "\(row.method) \(row.template) by \(part): \(answer.text)")
                look(answer, row, part)
            }
        }
    }

    /// Expects few statements of what was shown: two are the session's and its last activity's.
    static func expectFewStatements(_ answer: ProbeResponse, _ row: PermissionRow, _ part: Part) {
        guard row.method == "GET", answer.status == 200 else { return }
        let statements = answer.header("X-SQL-Statements").flatMap { Int($0) } ?? .max
        let limit = (answer["results"] != nil ? 4 : 6) + (part == .anonymous ? 1 : 2)
        #expect(statements <= limit, "\(row.method) \(row.template) by \(part): \(statements)")
    }
}

extension ShopHarness {
    /// Returns the endpoints of the API's document under some of its paths, as `PermissionRow.shape` has them.
    func documentedShapes(where isMeant: (String) -> Bool) async throws -> Set<String> {
        let document = try await anonymous.send("GET", "/api/schema/")
        var found: Set<String> = []
        for (path, methods) in try #require(document["paths"]).members where isMeant(path) {
            for method in methods.members.keys {
                found.insert(method.uppercased() + " " + path.replacing(/\{[^}]*\}/, with: "{}"))
            }
        }
        return found
    }

    /// Has everybody's address verified.
    func verifyAll() async throws {
        _ = try await shop.installation.database.write { try $0.execute("UPDATE users SET is_email_verified = 1") }
    }
}

import AdminPages
import Primitives
import Web

/// The rows that a list's form chose: those that were ticked, or with `all` every row that the list's filters find.
struct ChosenRows: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let sent: SubmittedForm

    /// The list that they were chosen in.
    var back: String { AdminPage.inner(sent["back"] ?? "/admin/\(screen.name)/") }

    /// Reads them, at most so many; `keysAlone` leaves out what their endpoints answer.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see the list.
    func read(most: Int, keysAlone: Bool = false) async throws -> [ChosenRow] {
        if sent["all"] == nil { return await ticked(most, keysAlone: keysAlone) }
        let query = ListQuery(screen, QueryItems(String(back.halves(at: "?").1 ?? "")))
        var list = try await ListRows(query, visit)
        var rows: [ChosenRow] = []
        while rows.count < most, let page = try await list.read() {
            rows += page.rows.map { row -> ChosenRow in
                let key = row.text(screen.key) ?? ""
                return ChosenRow(key: key, name: visit.name(of: row, on: screen) ?? key, row: row)
            }
        }
        return Array(rows.prefix(most))
    }

    private func ticked(_ most: Int, keysAlone: Bool) async -> [ChosenRow] {
        var rows: [ChosenRow] = []
        for key in sent.all("row").prefix(most) {
            var row: JSONValue?
            if !keysAlone, let path = screen.itemPath(key) { row = try? await visit.read(path) }
            rows.append(ChosenRow(key: key, name: sent["name.\(key)"] ?? key, row: row))
        }
        return rows
    }
}

/// A row that was chosen in a list.
struct ChosenRow: Sendable {
    let key: String
    let name: String
    /// What its endpoint answers; nil where that was not read, the reader may not see it, or it is gone.
    let row: JSONValue?

    /// Whether a condition holds; of a row that cannot be read its endpoint decides.
    func meets(_ condition: AdminCondition) -> Bool { row.map { condition.isMet(by: $0) } ?? true }
}

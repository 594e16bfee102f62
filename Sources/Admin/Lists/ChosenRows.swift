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

    /// Reads their keys and names, at most so many.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see the list.
    func read(most: Int) async throws -> [(key: String, name: String)] {
        if sent["all"] == nil {
            return sent.all("row").prefix(most).map { key in (key, sent["name.\(key)"] ?? key) }
        }
        let query = ListQuery(screen, QueryItems(String(back.halves(at: "?").1 ?? "")))
        let named = await NamedFilters(query, visit)
        try named.check()
        var rows: [(key: String, name: String)] = []
        for page in 1...max(1, (most + 99) / 100) {
            var asked = named.applied(to: query.narrowing)
            (asked["page"], asked["page_size"]) = (String(page), "100")
            let json = try await visit.read(screen.list, asked)
            rows += json.rows.map { row -> (key: String, name: String) in
                let key = row.text(screen.key) ?? ""
                return (key, row.text(screen.label) ?? key)
            }
            if json.rows.count < 100 { break }
        }
        return Array(rows.prefix(most))
    }
}

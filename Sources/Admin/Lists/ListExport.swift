import AdminPages
import HTTPTypes
import Web

/// What a list shows, as a file for a spreadsheet: all its pages, the columns that are shown, in the list's order.
struct ListExport: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let query: ListQuery

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        self.visit = visit
        screen = try visit.screen()
        query = ListQuery(screen, visit.call.query)
    }

    /// The most rows of a file: more have to be asked for in parts, by filters.
    private static let limit = 50_000

    /// - Throws: `AdminRefusal.answer` where the reader may not see the list, or it is too long.
    func file() async throws -> AdminPage {
        let lead = visit.lead(of: query.columns, on: screen).map { query.columns[$0] }
        var table = TableFile(visit, query.columns)
        var rows = try await ListRows(query, visit)
        while let page = try await rows.read() {
            guard page.count <= Self.limit else {
                throw AdminRefusal.answer(APIAnswer(APIResponse(status: .contentTooLarge)))
            }
            for row in page.rows { table.add(row, called: visit.name(of: row, on: screen), at: lead) }
        }
        return table.page(named: screen.name)
    }
}

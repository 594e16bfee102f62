import AdminPages
import HTTPTypes
import Primitives
import Web

/// What a list shows, as a file for a spreadsheet: all its pages, the columns that are shown, in the list's order.
///
/// However long it is, one page of it is held at a time: the next is read once the client has taken the last.
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

    /// Returns the file with its first page; the others are read while it is sent.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see the list.
    func file() async throws -> AdminPage {
        var table = TableFile(visit, query.columns)
        var rows = try await ListRows(query, visit)
        let first = try await rows.read()?.rows ?? []
        write(first, after: [], to: &table)
        guard !rows.isDone else { return table.page(named: screen.name) }
        let page = table
        return page.page(named: screen.name) { [rows] send in
            var (rows, table, former) = (rows, page, first)
            _ = table.take()
            while let next = try await rows.read()?.rows {
                try Task.checkCancellation()
                write(next, after: former, to: &table)
                let block = table.take()
                if !block.isEmpty { try await send(block) }
                former = next
            }
        }
    }

    /// Writes the rows of a page, without those of the page before: what is made meanwhile moves rows to the next page.
    private func write(_ page: [JSONValue], after former: [JSONValue], to table: inout TableFile) {
        let lead = visit.lead(of: query.columns, on: screen).map { query.columns[$0] }
        let known = Set(former.compactMap { $0.text(screen.key) })
        for row in page where !(row.text(screen.key).map(known.contains) ?? false) {
            table.add(row, called: visit.name(of: row, on: screen), at: lead)
        }
    }
}

import AdminPages
import HTTPTypes
import Primitives
import Web

/// The rows that the address of a list finds, in its order, read page by page.
struct ListRows: Sendable {
    private let visit: Visit
    private let screen: AdminScreen
    private let asked: [String: String]
    /// The number of the page that is read next; nil after the last.
    private var next: Int? = 1

    /// The most rows that endpoints give at once.
    private static let size = 100

    /// - Throws: `AdminRefusal.answer` where a filter names no row, or may be one of two numbers.
    init(_ query: ListQuery, _ visit: Visit) async throws {
        self.visit = visit
        screen = query.screen
        let entered = await EnteredFilters(query, visit)
        try entered.check()
        asked = entered.applied(to: query.narrowing)
    }

    /// Whether the last page has been read.
    var isDone: Bool { next == nil }

    /// Reads the next page: some of its rows, and how many there are of the whole list by now; nil after the last page.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see the list, or its endpoint refuses a filter.
    mutating func read() async throws -> (rows: [JSONValue], count: Int)? {
        guard let page = next else { return nil }
        var query = asked
        (query["page"], query["page_size"]) = (String(page), String(Self.size))
        let answer = await visit.send(LocalAPI.Call(reading: screen.list, query))
        // Rows may have gone since the page before was read.
        if page > 1, answer.response.status == .notFound {
            next = nil
            return nil
        }
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        let (rows, count) = (answer.json.rows, answer.json.count)
        let isLast = answer.json["results"] == nil || rows.isEmpty || page * Self.size >= count
        next = isLast ? nil : page + 1
        return (rows, count)
    }
}

import AdminPages
import HTTPTypes
import Primitives
import Web

/// What a list shows, as a file for a spreadsheet: all its pages, the columns that are shown, a byte order mark.
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
        let columns = query.columns.filter { $0.kind != .picture }
        var bytes = Array("\u{FEFF}".utf8) + Array(CSVText.line(columns.map { .text(visit.text($0.title)) }).utf8)
        var (page, last) = (1, 1)
        let named = await NamedFilters(query, visit)
        try named.check()
        while page <= last {
            var asked = named.applied(to: query.narrowing)
            (asked["page"], asked["page_size"]) = (String(page), "100")
            let json = try await visit.read(screen.list, asked)
            guard json.count <= Self.limit else {
                throw AdminRefusal.answer(APIAnswer(APIResponse(status: .contentTooLarge)))
            }
            for row in json.rows { bytes += CSVText.line(columns.map { plain($0, row) }).utf8 }
            last = json["results"] == nil ? 1 : (json.count + 99) / 100
            page += 1
        }
        var answer = AdminPage(contentType: "text/csv; charset=utf-8", body: bytes)
        answer.headers[.contentDisposition] = "attachment; filename=\"\(screen.name).csv\""
        return answer
    }

    /// Returns the value of a row as spreadsheets take it; what is only told in words, in the reader's.
    private func plain(_ column: AdminColumn, _ row: JSONValue) -> CSVText.Cell {
        switch column.kind {
        case .deed, .changes: .text(visit.cell(column, of: row)["text"] as? String ?? "")
        default: column.plain(row)
        }
    }
}

extension AdminColumn {
    /// Returns the value of a row as spreadsheets take it: amounts, numbers and moments as the API writes them.
    func plain(_ row: JSONValue) -> CSVText.Cell {
        let value = row.at(member) ?? .null
        switch kind {
        case .list(let member):
            let texts = value.elements.compactMap { member.isEmpty ? $0.scalarText : $0.text(member) }
            return .text(texts.joined(separator: ", "))
        case .money, .number, .rate, .moment, .day, .flag, .stars: return .plain(value.scalarText ?? "")
        case .json: return .text(value == .null ? "" : value.lines())
        default:
            let texts = value.elements.compactMap(\.scalarText)
            return .text(texts.isEmpty ? value.scalarText ?? "" : texts.joined(separator: ", "))
        }
    }
}

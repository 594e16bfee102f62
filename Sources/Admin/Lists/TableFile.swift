import AdminPages
import HTTPTypes
import Primitives
import Web

/// A table as a file for a spreadsheet: the texts of its cells as pages show them, numbers as a spreadsheet of the reader's
/// language takes them, a byte order mark before all.
struct TableFile: Sendable {
    private let visit: Visit
    private let columns: [AdminColumn]
    private var bytes = Array("\u{FEFF}".utf8)

    /// Begins a table of these columns, without those of pictures.
    init(_ visit: Visit, _ columns: [AdminColumn]) {
        self.visit = visit
        self.columns = columns.filter { $0.kind != .picture }
        write(self.columns.map { .text(visit.text($0.title)) })
    }

    /// Adds a row. Where it has nothing in the column `lead`, its name stands there.
    mutating func add(_ row: JSONValue, called name: String? = nil, at lead: AdminColumn? = nil) {
        write(
            columns.map { column in
                let cell = visit.plain(column, of: row)
                guard cell.isBlank, column == lead, let name else { return cell }
                return .text(name)
            })
    }

    private mutating func write(_ cells: [CSVText.Cell]) {
        bytes += CSVText.line(cells, separator: visit.language == .german ? ";" : ",").utf8
    }

    /// Gives away what was written since this was done last.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Returns the file as a download; `rest` sends what is not written yet.
    func page(named name: String, followedBy rest: BodyStream? = nil) -> AdminPage {
        var page = AdminPage(contentType: "text/csv; charset=utf-8", body: bytes, rest: rest)
        page.headers[.contentDisposition] = "attachment; filename=\"\(name).csv\""
        return page
    }
}

extension Visit {
    /// Returns a cell as a spreadsheet takes it: a number without signs and marks for thousands, of stars how many there are, and
    /// of anything else the text that pages show.
    fileprivate func plain(_ column: AdminColumn, of row: JSONValue) -> CSVText.Cell {
        let value = row.at(column.member) ?? .null
        switch column.kind {
        case .money, .number, .stars: return number(value.scalarText ?? "", as: format.typed)
        case .rate:
            return number(value.scalarText ?? "") { format.typed(AdminRate.percent($0) ?? $0) + "%" }
        case .photo(let full): return .text(row.text(full) ?? "")
        case .address where !value.elements.isEmpty:
            return .text(value.elements.compactMap(\.scalarText).joined(separator: "\n"))
        default: return .text(cell(column, of: row).text)
        }
    }

    /// Returns the cell of a number; text that is none is one that people may have written.
    private func number(_ text: String, as write: (String) -> String) -> CSVText.Cell {
        AdminFormat.isNumber(text) ? .plain(write(text)) : .text(text)
    }
}

extension CSVText.Cell {
    fileprivate var isBlank: Bool {
        switch self {
        case .text(let text), .plain(let text): text.isEmpty
        }
    }
}

import Commerce
import Primitives
import SQL

/// A file as it was sent, its rows ready to be stored.
struct SheetFile: Sendable {
    let header: [String]
    let rows: [ImportRow]

    /// Parses a CSV whose first row names the columns.
    ///
    /// - Throws: `ValidationError` on `file`.
    init(_ bytes: [UInt8], of sheet: some Sheet) throws {
        let table: [CSVReader.Row]
        do {
            table = try CSVReader.rows(bytes).filter { $0.cells.contains { !$0.asCell.isEmpty } }
        } catch {
            throw Self.refusal(error.description)
        }
        guard let first = table.first, table.count > 1 else { throw Self.refusal("The file has no rows.") }
        guard table.count - 1 <= ImportService.maxRows else {
            throw Self.refusal("The file has more than \(ImportService.maxRows) rows; send it in parts.")
        }
        header = try Self.header(first.cells, of: sheet)
        rows = try table.dropFirst().enumerated().map { [header] index, row in
            try Self.row(index + 1, row, header, sheet)
        }
    }

    private static func header(_ cells: [String], of sheet: some Sheet) throws -> [String] {
        let names = cells.map { $0.asCell.words.joined(separator: " ").lowercased() }
        if let unknown = names.first(where: { !sheet.columns.contains($0) }) {
            throw refusal(
                "There is no column \"\(unknown)\". The columns are \(sheet.columns.joined(separator: ", ")).")
        }
        guard Set(names).count == names.count else { throw refusal("A column stands twice.") }
        if let missing = sheet.keyColumns.first(where: { !names.contains($0) }) {
            throw refusal("The column \"\(missing)\" is missing.")
        }
        return names
    }

    private static func row(
        _ number: Int, _ row: CSVReader.Row, _ header: [String], _ sheet: some Sheet
    ) throws -> ImportRow {
        guard row.cells.count == header.count else {
            let error = ValidationError.whole("This row has \(row.cells.count) cells, the header \(header.count).")
            let outcome = RowOutcome.failed(error.errors.json)
            return ImportRow(
                number: number, line: row.line, key: "", cells: row.cells, outcome: outcome.name,
                errors: try outcome.errors())
        }
        let cells = row.cells.map { CSVText.unguarded($0.asCell).asCell }
        let key = sheet.key(of: SheetRow(cells, under: header))
        return ImportRow(
            number: number, line: row.line, key: key.asRowKey, cells: cells, outcome: "", errors: "")
    }

    private static func refusal(_ message: String) -> ValidationError { ValidationError("file", message) }
}

extension SheetRow {
    init(_ cells: [String], under header: [String]) {
        self.cells = Dictionary(zip(header, cells)) { first, _ in first }
    }
}

extension String {
    /// The text of a cell without white space around it, and without the characters that spreadsheets and web pages
    /// leave there invisibly (word joiner, zero-width space, byte order mark).
    var asCell: String {
        trimmed { $0.properties.isWhitespace || "\u{200B}\u{2060}\u{FEFF}".unicodeScalars.contains($0) }
    }

    /// The key as the column `row_key` holds it; longer ones name nothing in the shop.
    var asRowKey: String { prefix(scalars: 200) }
}

import Catalog
import Commerce
import Primitives
import SQL

/// A file as it was sent, its rows ready to be stored.
struct SheetFile: Sendable {
    let header: [String]
    let rows: [ImportRow]
    /// The shop system whose export it is.
    let format: TableFormat
    /// The columns of the file that hold something and are not taken over.
    let leftOut: [String]

    /// Parses a CSV or a workbook whose first row names the columns; exports of other shop systems are brought into the form
    /// of the table.
    ///
    /// - Throws: `ValidationError` on `file` or `format`.
    init(_ bytes: [UInt8], of sheet: some Sheet, as format: TableFormat = .auto) throws {
        let table = try SheetTable(bytes)
        let translated = try ForeignExports.translated(table, of: sheet.kind, as: format)
        self.format = translated?.format ?? .kontor
        leftOut = translated?.leftOut ?? []
        let (cells, rows) = (translated?.header ?? table.header, translated?.rows ?? table.rows)
        guard rows.count <= ImportService.maxRows else {
            throw SheetTable.refusal("The file has more than \(ImportService.maxRows) rows; send it in parts.")
        }
        let header = try SheetHeader.names(cells, of: sheet)
        let reading = RowReading(
            header: header, sheet: sheet,
            // What was brought into form is not read a second time.
            spelling: translated == nil
                ? CellSpelling(table, numbers: header.indices.filter { sheet.numbers.contains(header[$0]) }) : nil)
        self.header = header
        self.rows = try rows.enumerated().map { try reading.row($0.offset + 1, $0.element) }
    }
}

extension SheetFile {
    /// The columns that are not taken over, in one line as long as the database takes.
    var leftOutLine: String { leftOut.joined(separator: ", ").prefix(scalars: 500) }
}

/// The first row of a table.
enum SheetHeader {
    /// Returns the names of the columns, whatever their case and spaces.
    ///
    /// - Throws: `ValidationError` on `file` where one is unknown, stands twice or is missing.
    static func names(_ cells: [String], of sheet: some Sheet) throws -> [String] {
        let names = cells.map { $0.cut { $0.properties.isWhitespace || $0 == "_" }.joined(separator: "_").lowercased() }
        let known = sheet.columns + sheet.extraColumns
        if let index = names.indices.first(where: { !known.contains(names[$0]) }) {
            let written = cells[index].words.joined(separator: " ").lowercased()
            let near = known.first {
                Spelling.slips(between: names[index], and: $0) <= Spelling.tolerance(of: names[index])
            }
            let columns = known.joined(separator: ", ")
            guard let near else {
                throw SheetTable.refusal(
                    "There is no column \"\(written)\". The columns are \(columns). Rename it or take it out.")
            }
            throw SheetTable.refusal(
                "There is no column \"\(written)\". Is \"\(near)\" meant? The columns are \(columns). "
                    + "Rename it or take it out.")
        }
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            throw SheetTable.refusal("A column stands twice. It is \"\(name)\": take one of them out.")
        }
        if let missing = sheet.keyColumns.first(where: { !names.contains($0) }) {
            throw SheetTable.refusal(
                "The column \"\(missing)\" is missing. The first row has to name it: the shop finds by it what a row is about."
            )
        }
        return names
    }
}

/// How the rows of one file are read.
private struct RowReading {
    let header: [String]
    let sheet: any Sheet
    /// Nil where the cells are spelled as the shop spells them.
    let spelling: CellSpelling?

    /// Formulas that came to nothing, as spreadsheets write them.
    private static let brokenFormulas: Set<String> = [
        "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#BEZUG!", "#NV", "#WERT!",
    ]

    func row(_ number: Int, _ row: SheetTable.Row) throws -> ImportRow {
        if let refusal = row.refusal { return try failed(number, row, .whole(refusal)) }
        guard row.cells.count == header.count else {
            let message =
                "This row has \(row.cells.count) cells, the header \(header.count). "
                + "Put quotation marks around cells that hold a separator or a line break, or save the table anew."
            return try failed(number, row, .whole(message))
        }
        var cells: [String] = []
        for (column, written) in zip(header, row.cells) {
            let cell = CSVText.unguarded(written).asCell
            if Self.brokenFormulas.contains(cell) {
                return try failed(
                    number, row,
                    ValidationError(column, "The formula came to \(cell). Put in what it should have come to."))
            }
            guard let plain = self.plain(cell, column) else {
                return try failed(
                    number, row,
                    ValidationError(
                        column, "\(cell) may be a thousand or have decimals. Write it without a point, or with a comma."
                    ))
            }
            cells.append(plain)
        }
        let key = sheet.key(of: SheetRow(cells, under: header))
        return ImportRow(
            number: number, line: row.line, key: key.asRowKey, cells: cells, outcome: "", errors: "")
    }

    private func plain(_ cell: String, _ column: String) -> String? {
        guard let spelling else { return cell }
        if sheet.numbers.contains(column) { return spelling.plain(cell) }
        return sheet.flags.contains(column) ? CellSpelling.flag(cell) : cell
    }

    private func failed(_ number: Int, _ row: SheetTable.Row, _ error: ValidationError) throws -> ImportRow {
        let outcome = RowOutcome.failed(error.errors.json)
        return ImportRow(
            number: number, line: row.line, key: "", cells: row.cells, outcome: outcome.name,
            errors: try outcome.errors())
    }
}

extension SheetRow {
    init(_ cells: [String], under header: [String]) {
        self.cells = Dictionary(zip(header, cells)) { first, _ in first }
    }
}

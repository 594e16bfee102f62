import Commerce
import Primitives
import Workbooks

/// The rows of a file that came in, a CSV or an Excel workbook, as wide as the first of them, which names the columns.
struct SheetTable: Sendable {
    /// A row and where it stands in the file.
    struct Row: Sendable, Hashable {
        /// The line of a CSV or the row of a workbook, from 1.
        let line: Int
        /// The cells without white space around them.
        var cells: [String]
        /// The reason why the row is not taken; nil where it is.
        var refusal: String?
    }

    /// The cells of the first row.
    private(set) var header: [String]
    /// All others that hold anything.
    private(set) var rows: [Row]
    /// Whether numbers may have a comma before their decimals: where none stands between the cells.
    let allowsDecimalCommas: Bool
    /// Whether numbers were written as text, so that a point may part thousands.
    let isText: Bool

    /// Reads a file.
    ///
    /// - Throws: `ValidationError` on `file`.
    init(_ bytes: [UInt8]) throws(ValidationError) {
        let all: [Row]
        if Workbook.isLikely(bytes) {
            let book: Workbook
            do {
                book = try Workbook(bytes)
            } catch {
                throw Self.refusal(error.description)
            }
            all = book.rows.map { Row(line: $0.number, cells: $0.cells.map(\.asCell)) }
            (allowsDecimalCommas, isText) = (true, false)
        } else {
            let table: CSVReader.Table
            do {
                table = try CSVReader.table(bytes)
            } catch {
                throw Self.refusal(error.description)
            }
            all = table.rows.map { Row(line: $0.line, cells: $0.cells.map(\.asCell)) }
            (allowsDecimalCommas, isText) = (table.separator != .comma, true)
        }
        let filled = all.filter { row in row.cells.contains { !$0.isEmpty } }
        guard let first = filled.first, filled.count > 1 else {
            throw Self.refusal(
                "The file has no rows. The first row names the columns, and each other one is about one thing.")
        }
        let width = (first.cells.lastIndex { !$0.isEmpty } ?? 0) + 1
        header = Array(first.cells.prefix(width))
        rows = filled.dropFirst().map { [isText] row in Self.fitted(row, width: width, fills: !isText) }
        try dropNameless()
    }

    /// Returns a row without empty cells beyond the header, which spreadsheets leave where something once stood. A
    /// workbook has no empty cells at the end of a row.
    private static func fitted(_ row: Row, width: Int, fills: Bool) -> Row {
        var row = row
        while row.cells.count > width, row.cells.last?.isEmpty == true { row.cells.removeLast() }
        if fills, row.cells.count < width { row.cells += Array(repeating: "", count: width - row.cells.count) }
        return row
    }

    /// Takes out columns without a name that hold nothing.
    private mutating func dropNameless() throws(ValidationError) {
        let nameless = header.indices.filter { header[$0].isEmpty }
        guard !nameless.isEmpty else { return }
        for index in nameless {
            guard let row = rows.first(where: { $0.cells.indices.contains(index) && !$0.cells[index].isEmpty }) else {
                continue
            }
            throw Self.refusal(
                "Column \(Self.letters(index)) has no name in the first row, but row \(row.line) has something in it. "
                    + "Name the column or empty it.")
        }
        let named = header.indices.filter { !header[$0].isEmpty }
        for place in rows.indices where rows[place].cells.count == header.count {
            rows[place].cells = named.map { rows[place].cells[$0] }
        }
        header = named.map { header[$0] }
    }

    /// Returns the letters that spreadsheets name a column by: `A`, `Z`, `AA`.
    static func letters(_ index: Int) -> String {
        let letter = String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26)))
        return index < 26 ? letter : letters(index / 26 - 1) + letter
    }

    /// Returns a refusal of the whole file.
    static func refusal(_ message: String) -> ValidationError { ValidationError("file", message) }
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

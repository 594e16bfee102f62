/// Reads tables in the form of RFC 4180, as spreadsheets write them too: in UTF-8, UTF-16 or Windows-1252, with a byte
/// order mark, with semicolons or tabs between the cells, with a first line `sep=;`, with bare line feeds, with the
/// carriage returns of old Macs.
public enum CSVReader {
    /// A row and the line of the file on which it begins, from 1.
    public struct Row: Sendable, Hashable {
        /// The line of the file on which the row begins, from 1.
        public let line: Int
        /// The cells without their quotation marks; never empty.
        public let cells: [String]
    }

    /// The mark between the cells of a table.
    public enum Separator: UInt8, Sendable, Hashable, CaseIterable {
        /// As RFC 4180 has it.
        case comma = 0x2C
        /// As spreadsheets have it where a comma stands before decimals.
        case semicolon = 0x3B
        /// As "Unicode text" has it.
        case tab = 0x09
    }

    /// The rows of a file, and how they were written.
    public struct Table: Sendable, Hashable {
        /// All rows, the header among them, without empty lines.
        public let rows: [Row]
        /// The mark between the cells.
        public let separator: Separator
    }

    /// The reason why a file is no table.
    public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The bytes are no text.
        case noText
        /// A quoted cell that begins on this line has no end.
        case openQuote(line: Int)
        /// Something follows the end of a quoted cell.
        case afterQuote(line: Int)

        /// A sentence for people, with the line.
        public var description: String {
            switch self {
            case .noText: "The file is no text. Save it as \"CSV UTF-8\" and send that."
            case .openQuote(let line):
                "Line \(line): a cell begins with a quotation mark that no other one closes. Close it, or write it twice."
            case .afterQuote(let line):
                "Line \(line): something follows a cell in quotation marks. Write quotation marks within it twice."
            }
        }
    }

    /// Returns all rows of `bytes`, the header among them, without empty lines.
    ///
    /// - Throws: `Failure`.
    public static func rows(_ bytes: [UInt8]) throws(Failure) -> [Row] { try table(bytes).rows }

    /// Returns the table that `bytes` hold.
    ///
    /// - Throws: `Failure`.
    public static func table(_ bytes: [UInt8]) throws(Failure) -> Table {
        guard var text = TableEncoding.utf8(bytes) else { throw .noText }
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        if !text.contains(lineFeed) { text = text.map { $0 == carriageReturn ? lineFeed : $0 } }
        let stated = statedSeparator(of: text)
        let start = stated == nil ? text.startIndex : text.firstIndex(of: lineFeed).map { $0 + 1 } ?? text.endIndex
        let separator = stated ?? likelySeparator(of: text)
        var scanner = CSVScanner(text[start...], separator: separator.rawValue, line: stated == nil ? 1 : 2)
        var rows: [Row] = []
        while let row = try scanner.row() {
            if row.cells != [""] { rows.append(row) }
        }
        return Table(rows: rows, separator: separator)
    }

    /// Returns the mark that a first line `sep=;` names, by which Excel is told; nil where there is no such line.
    private static func statedSeparator(of text: [UInt8]) -> Separator? {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let bare = line.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\r") }
        let isStatement = bare.count == 5 && String(decoding: bare.prefix(4), as: UTF8.self).lowercased() == "sep="
        return isStatement ? Separator(rawValue: bare[4]) : nil
    }

    /// Returns the mark that stands most often in the first row, outside of quoted cells; a comma where none does.
    private static func likelySeparator(of text: [UInt8]) -> Separator {
        var counts: [Separator: Int] = [:]
        var isQuoted = false
        for byte in text {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") { break }
            if let mark = Separator(rawValue: byte) { counts[mark, default: 0] += 1 }
        }
        var likely = Separator.comma
        for mark in Separator.allCases where counts[mark, default: 0] > counts[likely, default: 0] { likely = mark }
        return likely
    }
}

/// Walks over a table's bytes, cell by cell.
private struct CSVScanner {
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var line: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8, line: Int) {
        self.bytes = bytes
        self.separator = separator
        self.index = bytes.startIndex
        self.line = line
    }

    /// Reads the next row; nil at the end.
    mutating func row() throws(CSVReader.Failure) -> CSVReader.Row? {
        guard index < bytes.endIndex else { return nil }
        let start = line
        var cells = [try cell()]
        while index < bytes.endIndex, bytes[index] == separator {
            index += 1
            cells.append(try cell())
        }
        endLine()
        return CSVReader.Row(line: start, cells: cells)
    }

    private mutating func cell() throws(CSVReader.Failure) -> String {
        if index < bytes.endIndex, bytes[index] == Self.quote { return try quoted() }
        let start = index
        while index < bytes.endIndex, bytes[index] != separator, !isLineEnd { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func quoted() throws(CSVReader.Failure) -> String {
        let start = line
        var text: [UInt8] = []
        index += 1
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == Self.quote {
                guard index < bytes.endIndex, bytes[index] == Self.quote else { return try closed(text) }
                index += 1
            }
            if byte == Self.lineFeed { line += 1 }
            text.append(byte)
        }
        throw .openQuote(line: start)
    }

    private func closed(_ text: [UInt8]) throws(CSVReader.Failure) -> String {
        guard index == bytes.endIndex || bytes[index] == separator || isLineEnd else { throw .afterQuote(line: line) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a line ends here; a carriage return alone is text.
    private var isLineEnd: Bool {
        if bytes[index] == Self.lineFeed { return true }
        guard bytes[index] == Self.carriageReturn else { return false }
        return index + 1 == bytes.endIndex || bytes[index + 1] == Self.lineFeed
    }

    private mutating func endLine() {
        if index < bytes.endIndex, bytes[index] == Self.carriageReturn { index += 1 }
        if index < bytes.endIndex, bytes[index] == Self.lineFeed { index += 1 }
        line += 1
    }
}

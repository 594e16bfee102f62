/// Reads tables in the form of RFC 4180, as spreadsheets write them too: with a byte order mark, with semicolons
/// between the cells, with bare line feeds.
public enum CSVReader {
    /// A row and the line of the file on which it begins, from 1.
    public struct Row: Sendable, Hashable {
        /// The line of the file on which the row begins, from 1.
        public let line: Int
        /// The cells without their quotation marks; never empty.
        public let cells: [String]
    }

    /// The reason why a file is no table.
    public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The bytes are not valid UTF-8.
        case notUTF8
        /// A quoted cell that begins on this line has no end.
        case openQuote(line: Int)
        /// Something follows the end of a quoted cell.
        case afterQuote(line: Int)

        /// A sentence for people, with the line.
        public var description: String {
            switch self {
            case .notUTF8: "The file is not UTF-8."
            case .openQuote(let line): "Line \(line): a quoted cell has no end."
            case .afterQuote(let line): "Line \(line): something follows the end of a quoted cell."
            }
        }
    }

    /// Returns all rows of `bytes`, the header among them, without empty lines.
    ///
    /// - Throws: `Failure`.
    public static func rows(_ bytes: [UInt8]) throws(Failure) -> [Row] {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        var scanner = CSVScanner(text, separator: separator(of: text))
        var rows: [Row] = []
        while let row = try scanner.row() {
            if row.cells != [""] { rows.append(row) }
        }
        return rows
    }

    /// Returns a semicolon where the first line has one and no comma, else a comma.
    private static func separator(of text: ArraySlice<UInt8>) -> UInt8 {
        let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
        let head = text.prefix { $0 != UInt8(ascii: "\n") }
        return head.contains(semicolon) && !head.contains(comma) ? semicolon : comma
    }
}

/// Walks over a table's bytes, cell by cell.
private struct CSVScanner {
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        self.index = bytes.startIndex
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

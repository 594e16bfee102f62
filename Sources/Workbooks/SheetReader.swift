import Markup
import Primitives

/// Gathers the cells of a sheet while its XML passes by (ECMA-376, part 1, 18.3.1).
struct SheetReader {
    let texts: [String]
    let formats: CellFormats
    let from1904: Bool

    /// The rows that have a cell with text.
    private(set) var rows: [Workbook.Row] = []
    private var row: (number: Int, next: Int, cells: [String])?
    private var cell: (column: Int, kind: String, format: Int, text: String)?
    private var isCollecting = false
    private var isPhonetic = false
    private var count = 0
    /// The bytes of all cells together: many may name one long text.
    private var bytes = 0

    init(texts: [String], formats: CellFormats, from1904: Bool) {
        self.texts = texts
        self.formats = formats
        self.from1904 = from1904
    }

    /// Takes the next event.
    ///
    /// - Throws: `WorkbookError`.
    mutating func take(_ event: XMLEvent) throws(WorkbookError) {
        switch event {
        case .open(let name, let attributes): try open(name, attributes)
        case .text(let text): if isCollecting { cell?.text += text }
        case .close(let name): try close(name)
        }
    }

    private mutating func open(_ name: String, _ attributes: [String: String]) throws(WorkbookError) {
        switch name {
        case "row":
            let number = attributes["r"].map { Int($0) ?? 0 } ?? (rows.last?.number ?? 0) + 1
            guard (1...WorkbookLimits.rows).contains(number) else { throw .unreadable }
            row = (number, 0, [])
        case "c":
            let next = row?.next ?? 0
            let column = attributes["r"].map { Self.column($0) } ?? next
            guard column >= next else { throw .unreadable }
            row?.next = column + 1
            cell = (column, attributes["t"] ?? "n", attributes["s"].flatMap { Int($0) } ?? 0, "")
        case "rPh": isPhonetic = true
        case "v", "t": isCollecting = !isPhonetic
        default: break
        }
    }

    private mutating func close(_ name: String) throws(WorkbookError) {
        switch name {
        case "v", "t": isCollecting = false
        case "rPh": isPhonetic = false
        case "c": try endCell()
        case "row":
            if let row, row.cells.contains(where: { !$0.isEmpty }) {
                rows.append(Workbook.Row(number: row.number, cells: row.cells))
            }
            row = nil
        default: break
        }
    }

    private mutating func endCell() throws(WorkbookError) {
        guard let cell else { return }
        self.cell = nil
        let text = try self.text(of: cell.kind, cell.format, cell.text)
        guard !text.isEmpty, let missing = row.map({ cell.column - $0.cells.count }) else { return }
        count += missing + 1
        bytes += text.utf8.count
        guard cell.column < WorkbookLimits.columns, count <= WorkbookLimits.cells, bytes <= WorkbookLimits.bytes else {
            throw .tooLarge
        }
        row?.cells += Array(repeating: "", count: missing) + [text]
    }

    private func text(of kind: String, _ format: Int, _ text: String) throws(WorkbookError) -> String {
        switch kind {
        case "s":
            guard let index = Int(text), texts.indices.contains(index) else { throw .unreadable }
            return texts[index]
        case "b": return text == "1" ? "true" : "false"
        case "n":
            guard let number = CellNumber.plain(text) else { return text }
            guard formats.isMoment(format) else { return number }
            return CellMoment.text(number, from1904: from1904) ?? number
        default: return text.withoutEscapes
        }
    }

    /// Returns the column that a reference such as `AB7` names, from 0; one beyond all limits where it names none.
    private static func column(_ reference: String) -> Int {
        var column = 0
        for byte in reference.utf8 where column <= WorkbookLimits.columns {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): column = column * 26 + Int(byte) - 0x40
            case UInt8(ascii: "a")...UInt8(ascii: "z"): column = column * 26 + Int(byte) - 0x60
            default: return max(column - 1, 0)
            }
        }
        return max(column - 1, 0)
    }
}

extension String {
    /// The text with what stands in it as `_x000D_`: characters that XML does not have (18.4.12).
    var withoutEscapes: String {
        guard holds(text: "_x") else { return self }
        let bytes = Array(utf8)
        var (plain, index) = ([UInt8](), 0)
        while index < bytes.count {
            if let scalar = Self.escape(in: bytes, at: index) {
                plain += Array(String(scalar).utf8)
                index += 7
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func escape(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        return UInt16(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16).flatMap {
            Unicode.Scalar($0)
        }
    }
}

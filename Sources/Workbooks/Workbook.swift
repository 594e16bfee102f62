import Markup
import Primitives

/// The first visible sheet of an Excel workbook (.xlsx, ECMA-376): its cells as people typed them.
public struct Workbook: Sendable {
    /// A row with at least one cell that is not empty.
    public struct Row: Sendable, Hashable {
        /// The number at the row's left, from 1.
        public let number: Int
        /// The cells from the first column to the last that is not empty: numbers in decimals, days as YYYY-MM-DD, yes and
        /// no as `true` and `false`, of formulas what they came to.
        public let cells: [String]
    }

    /// The rows in their order.
    public let rows: [Row]

    /// Returns whether bytes may be a workbook, of whatever kind: they begin as a ZIP or as a document of Excel 97-2003.
    public static func isLikely(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: oldMark)
    }

    private static let oldMark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

    /// Reads a workbook within fixed limits, so that a small file cannot fill the memory.
    ///
    /// - Throws: `WorkbookError`.
    public init(_ bytes: [UInt8]) throws(WorkbookError) {
        if bytes.starts(with: Self.oldMark) { throw .oldOrLocked }
        var zip = try ZipReader(bytes, budget: WorkbookLimits.bytes)
        if zip.has("content.xml"), zip.has("mimetype") { throw .openDocument }
        guard let main = try zip.file("xl/workbook.xml", most: WorkbookLimits.tree) else { throw .unreadable }
        do {
            let book = try XMLElement(parsing: main)
            let links = try zip.file("xl/_rels/workbook.xml.rels", most: WorkbookLimits.tree)
                .map { try XMLElement(parsing: $0) }
            guard let path = Self.sheetPath(book, links), let sheet = try zip.file(path) else {
                throw WorkbookError.unreadable
            }
            let texts = try zip.file("xl/sharedStrings.xml").map { try SharedTexts.read($0) } ?? []
            let styles = try zip.file("xl/styles.xml", most: WorkbookLimits.tree)
            let formats = try styles.map { try CellFormats($0) } ?? CellFormats()
            let epoch = book.first("workbookPr")?.attributes["date1904"] ?? "0"
            var reader = SheetReader(texts: texts, formats: formats, from1904: ["1", "true"].contains(epoch))
            try XMLStream.read(sheet) { try reader.take($0) }
            rows = reader.rows
        } catch let error as WorkbookError {
            throw error
        } catch {
            throw .unreadable
        }
    }

    /// Returns the path of the first sheet that is not hidden.
    private static func sheetPath(_ book: XMLElement, _ links: XMLElement?) -> String? {
        let sheets = book.first("sheets")?.all("sheet") ?? []
        let shown = sheets.first { ($0.attributes["state"] ?? "visible") == "visible" } ?? sheets.first
        guard let id = shown?.attributes["id"],
            let target = links?.children.first(where: { $0.attributes["Id"] == id })?.attributes["Target"]
        else { return nil }
        return target.after("/").map(String.init) ?? "xl/" + target
    }
}

/// The texts of a workbook, which its cells name by their number (18.4).
enum SharedTexts {
    /// Reads the part `sharedStrings.xml`; how a text is pronounced is left out.
    ///
    /// - Throws: `XMLError`, `WorkbookError.tooLarge`.
    static func read(_ bytes: [UInt8]) throws -> [String] {
        var texts: [String] = []
        var current = ""
        var (isCollecting, isPhonetic) = (false, false)
        try XMLStream.read(bytes) { event in
            switch event {
            case .open("si", _): current = ""
            case .open("rPh", _): isPhonetic = true
            case .open("t", _): isCollecting = !isPhonetic
            case .text(let text): if isCollecting { current += text }
            case .close("t"): isCollecting = false
            case .close("rPh"): isPhonetic = false
            case .close("si"):
                guard texts.count < WorkbookLimits.cells else { throw WorkbookError.tooLarge }
                texts.append(current.withoutEscapes)
            default: break
            }
        }
        return texts
    }
}

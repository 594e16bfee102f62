import Markup
import Primitives

/// Which of a workbook's formats show a number as a day or a time (ECMA-376, part 1, 18.8.30).
struct CellFormats {
    private var areMoments: [Bool] = []

    /// Creates formats that show numbers alone.
    init() {}

    /// Reads the part `styles.xml`.
    ///
    /// - Throws: `XMLError`.
    init(_ bytes: [UInt8]) throws(XMLError) {
        let root = try XMLElement(parsing: bytes)
        var codes: [Int: String] = [:]
        for format in root.first("numFmts")?.all("numFmt") ?? [] {
            if let id = format.attributes["numFmtId"].flatMap({ Int($0) }) {
                codes[id] = format.attributes["formatCode"]
            }
        }
        areMoments = (root.first("cellXfs")?.all("xf") ?? []).map { format in
            let id = format.attributes["numFmtId"].flatMap { Int($0) } ?? 0
            return codes[id].map(Self.isMoment) ?? Self.builtIn.contains { $0.contains(id) }
        }
    }

    /// Returns whether the format with this index shows a day or a time.
    func isMoment(_ index: Int) -> Bool { areMoments.indices.contains(index) && areMoments[index] }

    private static let builtIn = [14...22, 27...36, 45...47, 50...58]

    /// Returns whether a code has a letter of a day or a time outside of quotation marks, brackets and escapes.
    static func isMoment(_ code: String) -> Bool {
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for scalar in code.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = scalar != "\""
            } else if isBracketed {
                isBracketed = scalar != "]"
            } else {
                switch scalar {
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "\\", "_", "*": isEscaped = true
                case "y", "m", "d", "h", "s", "Y", "M", "D", "H", "S": return true
                default: break
                }
            }
        }
        return false
    }
}

import Primitives

/// Numbers, and yes and no, as spreadsheets in other languages write them.
struct CellSpelling: Sendable {
    /// Whether a comma may stand before decimals.
    private let allowsCommas: Bool
    /// Whether some number of the table has a comma before its decimals, so that a point before three digits is none.
    private let hasCommas: Bool

    /// Learns from all numbers of a table how it writes them.
    init(_ table: SheetTable, numbers: [Int]) {
        allowsCommas = table.allowsDecimalCommas
        hasCommas =
            allowsCommas && table.isText
            && table.rows.contains { row in
                numbers.contains { row.cells.indices.contains($0) && Self.number(row.cells[$0])?.hasComma == true }
            }
    }

    /// Returns a number with a point before its decimals; what cannot be one stays as it is. Nil where it could be two
    /// different numbers.
    func plain(_ cell: String) -> String? {
        guard allowsCommas, let number = Self.number(cell) else { return cell }
        return number.isAmbiguous && hasCommas ? nil : number.text
    }

    private struct Number {
        let text: String
        var hasComma = false
        var isAmbiguous = false
    }

    /// Reads `1.234,56`, `1 234,56`, `1'234,56`, `12,50 €` and `1.234`; nil for anything else.
    private static func number(_ cell: String) -> Number? {
        let bare = cell.trimmed { $0.properties.isWhitespace || $0.properties.generalCategory == .currencySymbol }
        let unsigned = bare.after("-").map(String.init) ?? bare
        let sign = unsigned.utf8.count < bare.utf8.count ? "-" : ""
        let (whole, decimals) = unsigned.halves(at: ",")
        guard let joined = Self.joined(whole) else { return nil }
        if let decimals {
            guard isDigits(decimals) else { return nil }
            return Number(text: sign + joined + "." + String(decimals), hasComma: true)
        }
        let points = whole.utf8.count { $0 == UInt8(ascii: ".") }
        // One point before three digits: a thousand, or a number with three decimals.
        if points == 1, !whole.begins(with: "0") { return Number(text: sign + String(whole), isAmbiguous: true) }
        return Number(text: sign + (points == 1 ? String(whole) : joined))
    }

    /// Returns the digits of a whole number whose thousands may be parted; nil where it is none.
    private static func joined(_ whole: Substring) -> String? {
        let marks = ".'’\u{20}\u{A0}\u{2009}\u{202F}".unicodeScalars
        guard let mark = whole.unicodeScalars.first(where: { marks.contains($0) }) else {
            return isDigits(whole) ? String(whole) : nil
        }
        let groups = whole.cut(at: mark)
        guard let first = groups.first, (1...3).contains(first.utf8.count), groups.allSatisfy(isDigits),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
        else { return nil }
        return groups.joined()
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Returns `true` or `false` for what spreadsheets in other languages write for them; anything else as it is.
    static func flag(_ cell: String) -> String {
        switch cell.lowercased() {
        case "wahr", "ja", "vrai", "oui", "verdadero", "sí", "vero", "sì", "waar", "prawda", "tak", "verdadeiro", "sim":
            "true"
        case "falsch", "nein", "faux", "non", "falso", "onwaar", "nee", "fałsz", "nie": "false"
        default: cell
        }
    }
}

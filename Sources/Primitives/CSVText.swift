/// Lines of a table as RFC 4180 has them.
public enum CSVText {
    /// A cell of a table.
    public enum Cell: Sendable, Hashable {
        /// Text of people, which a spreadsheet must not take for a formula.
        case text(String)
        /// A number or a date of ours, as it is.
        case plain(String)
    }

    /// One line with its end.
    public static func line(_ cells: [Cell]) -> String {
        cells.map(written).joined(separator: ",") + "\r\n"
    }

    /// Text that begins as a formula gets an apostrophe before it
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    private static func written(_ cell: Cell) -> String {
        switch cell {
        case .plain(let text): return quoted(text)
        case .text(let text):
            let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
            return quoted(isFormula ? "'" + text : text)
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

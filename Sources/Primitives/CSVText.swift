/// Lines of a table as RFC 4180 has them.
public enum CSVText {
    /// A cell of a table.
    public enum Cell: Sendable, Hashable {
        /// Text written by people, which a spreadsheet must not take for a formula.
        case text(String)
        /// A number or a date written by us, as it is.
        case plain(String)
    }

    /// Returns one line with its line break, CR LF; between cells stands `separator`: a comma, or a semicolon where spreadsheets
    /// write numbers with commas.
    public static func line(_ cells: [Cell], separator: Unicode.Scalar = ",") -> String {
        cells.map { written($0, separator) }.joined(separator: String(separator)) + "\r\n"
    }

    private static func written(_ cell: Cell, _ separator: Unicode.Scalar) -> String {
        switch cell {
        case .plain(let text): quoted(text, separator)
        case .text(let text): quoted(guarded(text), separator)
        }
    }

    /// Puts an apostrophe before text that begins as a formula
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    static func guarded(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    /// Undoes ``guarded(_:)``: returns the text that it was given.
    public static func unguarded(_ text: String) -> String {
        isFormula(text) ? text.after("'").map(String.init) ?? text : text
    }

    /// Apostrophes before the sign do not count, so that the guard of a guarded text can be told from its own.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    }

    private static func quoted(_ text: String, _ separator: Unicode.Scalar) -> String {
        guard text.holds(separator) || text.holds(anyOf: "\"\r\n") else { return text }
        return "\"" + text.replacing(scalars: { $0 == "\"" ? "\"\"" : nil }) + "\""
    }
}

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

    private static func written(_ cell: Cell) -> String {
        switch cell {
        case .plain(let text): quoted(text)
        case .text(let text): quoted(guarded(text))
        }
    }

    /// Text that begins as a formula, with an apostrophe before it
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    static func guarded(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    /// What ``guarded(_:)`` was given.
    public static func unguarded(_ text: String) -> String {
        isFormula(text) ? text.after("'").map(String.init) ?? text : text
    }

    /// Apostrophes before the sign do not count, so that the guard of a guarded text can be told from its own.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    }

    private static func quoted(_ text: String) -> String {
        guard text.holds(anyOf: ",\"\r\n") else { return text }
        return "\"" + text.replacing(scalars: { $0 == "\"" ? "\"\"" : nil }) + "\""
    }
}

import Primitives
import SQL

/// Reads the texts of the server's errors: names of the schema are kept, values of rows are not.
enum ServerMessage {
    static func error(_ code: Int, _ text: String) -> SQLError {
        let kind = ServerError.kind(of: code, message: text)
        return SQLError(kind, code: code, constraint: constraint(kind, text), message: message(code, text))
    }

    /// Returns the part of a text that may go to a log.
    private static func message(_ code: Int, _ text: String) -> String {
        if code == ServerError.pluginMissing { return text + pluginHint }
        if nameOnly.contains(code) || (2_000..<3_000).contains(code) || code >= 5_000 { return text }
        guard let quote = text.utf8.firstIndex(of: UInt8(ascii: "'")) else { return text }
        var kept = String(text[..<quote]) + "…"
        for introduction in [" for key ", " for column "] {
            if let name = quoted(text, afterLast: introduction) { kept += introduction + "'" + name + "'" }
        }
        return kept
    }

    private static let pluginHint =
        "; MySQL's caching_sha2_password needs a plugin of the client library: install the package libmariadb3,"
        + " or name the directory that holds it"

    /// The codes of errors whose texts quote names of the schema, the account or the statement, never values.
    private static let nameOnly: Set<Int> = [
        1_040, 1_044, 1_045, 1_046, 1_047, 1_048, 1_049, 1_050, 1_051, 1_052, 1_054, 1_060, 1_061, 1_064, 1_071, 1_091,
        1_114, 1_142, 1_143, 1_146, 1_205, 1_213, 1_216, 1_217, 1_264, 1_265, 1_295, 1_305, 1_364, 1_406, 1_451, 1_452,
        1_461, 3_819, 4_025,
    ]

    private static func constraint(_ kind: SQLError.Kind, _ text: String) -> String? {
        switch kind {
        case .unique: quoted(text, afterLast: " for key ").map(withoutTable)
        case .foreignKey: quoted(text, afterLast: "CONSTRAINT ")
        case .check: quoted(text, afterLast: "CONSTRAINT ") ?? quoted(text, afterLast: "constraint ")
        case .notNull: quoted(text, afterLast: "Column ") ?? quoted(text, afterLast: "Field ")
        default: nil
        }
    }

    /// Returns the key's name alone: MySQL says `table.key` where MariaDB says `key`.
    private static func withoutTable(_ name: String) -> String {
        name.cut(at: ".", keepsEmpty: false).last.map(String.init) ?? name
    }

    /// Returns the name between quotes or backticks after the last `introduction`: a value earlier in the text may hold
    /// the same words.
    private static func quoted(_ text: String, afterLast introduction: String) -> String? {
        var rest = text[...]
        var found: Substring?
        while let next = rest.behind(introduction) {
            found = next
            rest = next
        }
        guard let found, let quote = found.unicodeScalars.first, quote == "'" || quote == "`" else { return nil }
        return String(found.cut(at: quote)[1])
    }
}

extension Substring {
    /// Returns what follows the first `words`; nil where they do not occur.
    fileprivate func behind(_ words: String) -> Substring? {
        var candidate = self
        while let index = candidate.utf8.firstIndex(of: words.utf8.first ?? 0) {
            candidate = candidate[index...]
            if candidate.utf8.starts(with: words.utf8) {
                return candidate[candidate.utf8.index(candidate.startIndex, offsetBy: words.utf8.count)...]
            }
            candidate = candidate[candidate.utf8.index(after: index)...]
        }
        return nil
    }
}

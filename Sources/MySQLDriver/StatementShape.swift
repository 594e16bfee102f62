/// Classifies statements by their first word.
enum StatementShape {
    /// Returns whether a statement without values is sent by the text protocol: those that return no rows and that
    /// MySQL 8 does not prepare, or that are too rare to be kept prepared.
    static func runsAsText(_ text: String) -> Bool {
        let start = text.utf8.drop { $0 <= UInt8(ascii: " ") }
        guard let first = start.first, initials.contains(first | 0x20) else { return false }
        let word = start.prefix { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: ";") }
        return words.contains(String(decoding: word, as: UTF8.self).uppercased())
    }

    private static let words: Set<String> = [
        "ALTER", "CREATE", "DROP", "LOCK", "RELEASE", "RENAME", "ROLLBACK", "SAVEPOINT", "SET", "TRUNCATE", "UNLOCK",
        "USE",
    ]

    /// The words' first letters, which rule most statements out.
    private static let initials = Set(words.compactMap { $0.lowercased().utf8.first })
}

/// Tells statements by their first word.
enum StatementShape {
    /// Whether a statement without values goes by the text protocol: those that give no rows and that MySQL 8 does not prepare,
    /// or that are run too seldom to be kept prepared.
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

    /// The words' first letters: most statements are told by these alone.
    private static let initials = Set(words.compactMap { $0.lowercased().utf8.first })
}

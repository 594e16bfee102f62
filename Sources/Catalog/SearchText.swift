import Commerce

/// What a shopper looks for: every word must be there, of the last one its beginning.
public struct SearchText: Sendable, Hashable {
    /// Folded, letters and digits alone, so that no word means anything to a database; at most ``most`` of them.
    public let words: [String]

    /// Words beyond these are not looked for.
    static let most = 12
    /// MySQL keeps longer words out of its index.
    static let longestWord = 80

    /// Nil where `text` is blank: nothing is looked for.
    public init?(_ text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        self.words = TextFolding.words(text).prefix(Self.most).map { String($0.prefix(Self.longestWord)) }
    }

    /// Words that are folded already.
    init(words: [String]) {
        self.words = words
    }

    /// Whether there is anything that a product's words could hold.
    public var isSearchable: Bool { !words.isEmpty }

    /// The words of a product's own text, as they are indexed.
    static func indexed(_ text: String) -> String {
        TextFolding.words(text).map { String($0.prefix(longestWord)) }.joined(separator: " ")
    }

    /// Whether InnoDB's full-text index, as it comes, holds `word`.
    static func isIndexed(_ word: String, asPrefix: Bool) -> Bool {
        word.unicodeScalars.count >= 3 && (asPrefix || !stopwords.contains(word))
    }

    /// `INFORMATION_SCHEMA.INNODB_FT_DEFAULT_STOPWORD`.
    private static let stopwords: Set<String> = [
        "a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from", "how", "i", "in", "is",
        "it", "la", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where", "who", "will",
        "with", "und", "www",
    ]
}

import Commerce

/// A shopper's search: every term must be found, the last one by its beginning at least.
public struct SearchText: Sendable, Hashable {
    let terms: [SearchTerm]
    /// The whole text as ``SearchKey`` writes names and SKUs.
    let key: String

    /// Terms beyond these are not looked for.
    static let most = 12

    /// Parses `text`, of which at most 12 terms are searched for; nil where it is blank.
    public init?(_ text: String) {
        guard !text.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { return nil }
        let chunks = SearchChunk.chunks(of: text).prefix(Self.most)
        terms = chunks.indices.map { SearchTerm(chunks[$0], isLast: $0 == chunks.count - 1) }
        key = SearchKey.key(of: text)
    }

    /// Creates a search of corrected terms.
    init(terms: [SearchTerm]) {
        self.terms = terms
        key = SearchKey.key(of: terms.map { $0.ways[0].map(\.text).joined() }.joined())
    }

    /// Hashes the key alone, which nearly all different searches differ in: texts are hashed several times a request.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Whether `text` held a word; without any, nothing is found.
    public var isSearchable: Bool { !terms.isEmpty }
}

/// A word as it is looked for.
struct SearchWord: Sendable, Hashable {
    let text: String
    /// Whether its beginning is enough.
    let isPrefix: Bool

    init(_ text: String, isPrefix: Bool = false) {
        self.text = SearchKey.cut(text)
        self.isPrefix = isPrefix
    }
}

/// A part of a search.
struct SearchTerm: Sendable, Hashable {
    /// How a product may hold it, best first; in each way it holds all of the words: `wifi`, or `wi` and `fi`.
    let ways: [[SearchWord]]
    /// What is looked for where no product holds it: `torch` for `torch+`.
    let plain: [[SearchWord]]?

    init(ways: [[SearchWord]], plain: [[SearchWord]]? = nil) {
        self.ways = ways
        self.plain = plain
    }

    init(_ chunk: SearchChunk, isLast: Bool) {
        guard chunk.glyphs.isEmpty else {
            self.init(ways: [Self.glyphs(chunk.glyphs)])
            return
        }
        let ways = Self.ways(chunk, isLast)
        guard !chunk.symbols.isEmpty else {
            self.init(ways: ways)
            return
        }
        self.init(ways: [[SearchWord(chunk.joined + chunk.symbols, isPrefix: isLast)]], plain: ways)
    }

    private static func ways(_ chunk: SearchChunk, _ isLast: Bool) -> [[SearchWord]] {
        let texts = chunk.segments.map(\.text)
        var ways = [[SearchWord(chunk.joined, isPrefix: isLast)]]
        if texts.count > 1 {
            ways.append(texts.indices.map { SearchWord(texts[$0], isPrefix: isLast && $0 == texts.count - 1) })
        } else if let whole = chunk.segments[0].withoutThousands {
            ways.append([SearchWord(whole, isPrefix: isLast)])
        }
        return ways
    }

    /// Returns the pairs of a run without spaces, or a single character as the beginning of a word.
    private static func glyphs(_ glyphs: [Unicode.Scalar]) -> [SearchWord] {
        guard glyphs.count > 1 else { return [SearchWord(String(scalars: glyphs), isPrefix: true)] }
        var words: [SearchWord] = []
        for pair in zip(glyphs, glyphs.dropFirst()).prefix(SearchText.most) {
            let word = SearchWord(String(scalars: [pair.0, pair.1]))
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}

import Commerce

/// The texts by which a product is found.
struct SearchableText {
    let name: String
    let skus: [String]
    /// Descriptions and options.
    let texts: [String]
}

/// A name, a SKU or a search without anything between its letters and digits: `Wi-Fi 6` and `wifi6` have one key.
enum SearchKey {
    /// Longer words are cut.
    static let maxLength = 80
    /// What marks a key among words, of which none begins so.
    static let mark = "="

    static func key(of text: String) -> String {
        let scalars = TextFolding.fold(text).unicodeScalars
        let kept = scalars.filter { TextFolding.isWord($0) || $0 == "+" || $0 == "#" }
        return mark + String(scalars: kept.prefix(maxLength))
    }

    static func cut(_ word: String) -> String {
        word.utf8.count <= maxLength ? word : String(scalars: word.unicodeScalars.prefix(maxLength))
    }
}

/// The words under which a product stands in the index, each once.
struct SearchIndexWords: Equatable {
    /// Those of its name, in their order.
    private(set) var name: [String] = []
    /// Those that only the rest holds, and the keys of its name and its SKUs.
    private(set) var body: [String] = []
    private var known: Set<String> = []

    init(_ product: SearchableText) {
        add(product.name, to: \.name)
        for text in product.skus + product.texts { add(text, to: \.body) }
        for sku in product.skus { add(word: String(SearchKey.key(of: sku).dropFirst()), to: \.body) }
        for text in [product.name] + product.skus { add(word: SearchKey.key(of: text), to: \.body) }
    }

    private mutating func add(_ text: String, to list: WritableKeyPath<Self, [String]>) {
        var before = ""
        for chunk in SearchChunk.chunks(of: text) {
            for word in chunk.indexed { add(word: word, to: list) }
            let first = chunk.segments.first?.text ?? ""
            if chunk.isNext, let pair = Self.pair(before, first) { add(word: pair, to: list) }
            before = chunk.symbols.isEmpty ? chunk.segments.last?.text ?? "" : ""
        }
    }

    private mutating func add(word: String, to list: WritableKeyPath<Self, [String]>) {
        let word = SearchKey.cut(word)
        if !word.isEmpty, known.insert(word).inserted { self[keyPath: list].append(word) }
    }

    /// Joins two neighbors of which one ends and the other begins with a digit, as `500ml` for `500 ml`; nil otherwise.
    private static func pair(_ left: String, _ right: String) -> String? {
        guard let end = left.unicodeScalars.last, let start = right.unicodeScalars.first,
            end.isDigit != start.isDigit, left.utf8.count + right.utf8.count <= maxPair
        else { return nil }
        return left + right
    }

    private static let maxPair = 40
}

extension SearchChunk {
    /// The words under which the chunk is found.
    fileprivate var indexed: [String] {
        guard glyphs.isEmpty else { return pairs }
        var words = segments.flatMap(\.indexed)
        if segments.count > 1 { words.append(joined) }
        if !symbols.isEmpty { words.append(joined + symbols) }
        return words
    }

    /// Each two neighbors, and the last alone: every character begins one of them.
    private var pairs: [String] {
        glyphs.indices.map { String(scalars: glyphs[$0..<min($0 + 2, glyphs.count)]) }
    }
}

extension SearchChunk.Segment {
    /// Segments of more parts are numbers of goods, of which no part means anything.
    private static let maxParts = 3

    fileprivate var indexed: [String] {
        var words = [text]
        if (2...Self.maxParts).contains(atoms.count) { words += atoms }
        for atom in atoms where atom.utf8.contains(UInt8(ascii: ".")) {
            words += atom.utf8.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
        }
        return words + (withoutThousands.map { [$0] } ?? [])
    }

    /// `1000` for `1.000`; nil where the points part no thousands.
    var withoutThousands: String? {
        let groups = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard atoms.count == 1, groups.count > 1, groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return groups.map { String(decoding: $0, as: UTF8.self) }.joined()
    }
}

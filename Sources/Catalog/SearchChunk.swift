import Commerce

/// What stands together in a text without a space: `Wi-Fi`, `1.5l`, `C++`, or a run of a script that has no spaces.
struct SearchChunk {
    /// What stands between two connectors: letters and numbers that touch, `1.5` and `l`.
    struct Segment {
        var atoms: [String] = []

        var text: String { atoms.joined() }
    }

    var segments: [Segment] = []
    /// The `+` or `#` at its end.
    var symbols = ""
    /// A run of a script without spaces, in place of segments.
    var glyphs: [Unicode.Scalar] = []
    /// Whether one space lies between the chunk before and this one.
    var isNext = false

    /// Its segments as one word, with a hyphen between digits, so that `10-12` is not `1012`.
    var joined: String {
        segments.dropFirst().reduce(segments.first?.text ?? "") { word, segment in
            let text = segment.text
            let isBetweenDigits = word.unicodeScalars.last.isDigit && text.unicodeScalars.first.isDigit
            return word + (isBetweenDigits ? "-" : "") + text
        }
    }
}

extension SearchChunk {
    /// Returns the chunks of `text`.
    static func chunks(of text: String) -> [SearchChunk] {
        var reader = SearchReader(text)
        var chunks: [SearchChunk] = []
        while let chunk = reader.next() { chunks.append(chunk) }
        return chunks
    }
}

/// Reads chunks from folded text.
private struct SearchReader {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    private static let maxSymbols = 3

    init(_ text: String) {
        scalars = Array(TextFolding.fold(text).unicodeScalars)
    }

    mutating func next() -> SearchChunk? {
        let start = place
        while let scalar = scalar(0), !TextFolding.isWord(scalar) { place += 1 }
        guard let first = scalar(0) else { return nil }
        var chunk = SearchChunk()
        chunk.isNext = start > 0 && place == start + 1 && scalars[start] == " "
        if first.isUnspaced {
            chunk.glyphs = take { $0.isUnspaced && TextFolding.isWord($0) }
            return chunk
        }
        repeat { chunk.segments.append(segment()) } while isConnected()
        chunk.symbols = symbols()
        return chunk
    }

    /// Returns the segment that begins here, or behind the connector that stands here.
    private mutating func segment() -> SearchChunk.Segment {
        var segment = SearchChunk.Segment()
        if let connector = scalar(0), !TextFolding.isWord(connector) { place += 1 }
        while let scalar = scalar(0), TextFolding.isWord(scalar), !scalar.isUnspaced {
            segment.atoms.append(scalar.isDigit ? number() : letters())
        }
        return segment
    }

    private mutating func letters() -> String {
        String(scalars: take { TextFolding.isWord($0) && !$0.isDigit && !$0.isUnspaced })
    }

    /// Digits with points or commas between them; `1,5` is written `1.5`.
    private mutating func number() -> String {
        var digits = take(while: \.isDigit)
        while scalar(0) == "." || scalar(0) == ",", scalar(1).isDigit {
            place += 1
            digits += ["."] + take(while: \.isDigit)
        }
        return String(scalars: digits)
    }

    private func isConnected() -> Bool {
        guard let mark = scalar(0), let next = scalar(1) else { return false }
        return mark.isConnector && TextFolding.isWord(next) && !next.isUnspaced
    }

    private mutating func symbols() -> String {
        guard let symbol = scalar(0), symbol == "+" || symbol == "#" else { return "" }
        let run = take { $0 == symbol }
        let isEnd = scalar(0).map { !TextFolding.isWord($0) } ?? true
        return isEnd && run.count <= Self.maxSymbols ? String(scalars: run) : ""
    }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> [Unicode.Scalar] {
        let start = place
        while let scalar = scalar(0), condition(scalar) { place += 1 }
        return Array(scalars[start..<place])
    }

    private func scalar(_ offset: Int) -> Unicode.Scalar? {
        place + offset < scalars.count ? scalars[place + offset] : nil
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }

    /// Whether it joins two parts of one word; every dash is a hyphen.
    fileprivate var isConnector: Bool {
        switch self {
        case "-", "'", "\"", ".", "&", "/", "_", "+", "\u{B7}": true
        default: !isASCII && properties.generalCategory == .dashPunctuation
        }
    }

    /// Whether it belongs to a script whose words no space parts: Thai, Lao, Burmese, Khmer, kana, Han, Hangul.
    var isUnspaced: Bool { value >= 0xE00 && Self.unspaced.contains { $0.contains(value) } }

    private static let unspaced: [ClosedRange<UInt32>] = [
        0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x31FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0x20000...0x3FFFF,
    ]
}

extension Unicode.Scalar? {
    var isDigit: Bool { self?.isDigit ?? false }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.underestimatedCount)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes += String(scalar).utf8
            }
        }
        self.init(decoding: bytes, as: UTF8.self)
    }
}

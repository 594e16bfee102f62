/// Text as protocols define it, a sequence of scalars: a separator or a quote is one whatever stands beside it. Swift's
/// own `split`, `contains`, `hasPrefix` and `==` compare by `Character`, in which a mark can hide behind its neighbor,
/// and treat as equal what Unicode calls equivalent (U+037E and `;`).
///
/// Implemented by `String` and `Substring`.
public protocol ProtocolText {
    /// The whole text.
    var slice: Substring { get }
}

extension String: ProtocolText {
    /// The whole text, without a copy.
    public var slice: Substring { self[...] }
}

extension Substring: ProtocolText {
    /// The text itself.
    public var slice: Substring { self }
}

extension ProtocolText {
    /// Cuts at each `separator`, at most `cuts` times; two separators side by side have an empty part between them.
    public func cut(at separator: Unicode.Scalar, cuts: Int = .max, keepsEmpty: Bool = true) -> [Substring] {
        let scalars = slice.unicodeScalars
        return scalars.split(separator: separator, maxSplits: cuts, omittingEmptySubsequences: !keepsEmpty)
            .map { Substring($0) }
    }

    /// Returns the parts between scalars that `isSeparator` accepts, without empty ones.
    public func cut(where isSeparator: (Unicode.Scalar) -> Bool) -> [Substring] {
        slice.unicodeScalars.split(whereSeparator: isSeparator).map { Substring($0) }
    }

    /// The words between white space of any kind.
    public var words: [Substring] { cut(where: \.properties.isWhitespace) }

    /// Returns what precedes the first `separator`, and what follows it; nil for the second where there is none.
    public func halves(at separator: Unicode.Scalar) -> (Substring, Substring?) {
        let parts = cut(at: separator, cuts: 1)
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    /// Returns whether `scalar` occurs.
    public func holds(_ scalar: Unicode.Scalar) -> Bool { slice.unicodeScalars.contains(scalar) }

    /// Returns whether any of the scalars of `set` occurs.
    public func holds(anyOf set: String) -> Bool { slice.unicodeScalars.contains { set.unicodeScalars.contains($0) } }

    /// Returns whether the bytes of `other` occur, one after the other.
    public func holds(text other: String) -> Bool { offset(of: other) != nil }

    /// Returns this text without each occurrence of the bytes of `other`.
    public func without(_ other: String) -> String {
        guard !other.isEmpty, let offset = offset(of: other) else { return String(slice) }
        let rest = Substring(slice.utf8.dropFirst(offset + other.utf8.count))
        return String(Substring(slice.utf8.prefix(offset))) + rest.without(other)
    }

    /// Returns where the bytes of `other` first occur, counted in bytes.
    public func offset(of other: String) -> Int? {
        var (text, other) = (slice, other)
        return text.withUTF8 { bytes in
            other.withUTF8 { wanted in
                guard wanted.count <= bytes.count else { return nil }
                return (0...bytes.count - wanted.count).first {
                    bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
                }
            }
        }
    }

    /// Returns whether this begins with the bytes of `prefix`.
    public func begins(with prefix: String) -> Bool { slice.utf8.starts(with: prefix.utf8) }

    /// Returns whether this ends with the bytes of `suffix`.
    public func ends(with suffix: String) -> Bool {
        slice.utf8.count >= suffix.utf8.count && slice.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// Returns what follows the bytes of `prefix`; nil where this does not begin with them.
    public func after(_ prefix: String) -> Substring? {
        begins(with: prefix) ? Substring(slice.utf8.dropFirst(prefix.utf8.count)) : nil
    }

    /// Returns what precedes the bytes of `suffix`; nil where this does not end with them.
    public func before(_ suffix: String) -> Substring? {
        ends(with: suffix) ? Substring(slice.utf8.dropLast(suffix.utf8.count)) : nil
    }

    /// Returns whether the bytes are the same; `==` treats as equal what Unicode calls equivalent.
    public func isSame(as other: String) -> Bool { slice.utf8.elementsEqual(other.utf8) }

    /// Returns this text without the scalars at both ends that `isCut` accepts.
    public func trimmed(where isCut: (Unicode.Scalar) -> Bool) -> String {
        let scalars = slice.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isCut($0) }), let last = scalars.lastIndex(where: { !isCut($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text without white space of any kind at both ends.
    public var trimmed: String { trimmed(where: \.properties.isWhitespace) }

    /// The text without slashes at its end: the base of addresses.
    public var withoutFinalSlashes: String {
        var base = slice
        while let shorter = base.before("/") { base = shorter }
        return String(base)
    }

    /// Returns only the scalars that `isKept` accepts.
    public func keeping(_ isKept: (Unicode.Scalar) -> Bool) -> String {
        String(String.UnicodeScalarView(slice.unicodeScalars.filter(isKept)))
    }

    /// Returns the first `most` scalars, which is how databases count a text's length.
    public func prefix(scalars most: Int) -> String {
        String(String.UnicodeScalarView(slice.unicodeScalars.prefix(most)))
    }

    /// Returns this text with each scalar replaced for which `substitute` has a text.
    public func replacing(scalars substitute: (Unicode.Scalar) -> String?) -> String {
        var text = ""
        for scalar in slice.unicodeScalars {
            if let other = substitute(scalar) { text += other } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    /// The text with the five characters that HTML reads as markup as references, fit for text and for quoted
    /// attributes.
    public var escapedForHTML: String {
        replacing(scalars: { scalar in
            switch scalar {
            case "<": "&lt;"
            case ">": "&gt;"
            case "&": "&amp;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: nil
            }
        })
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is an ASCII letter or digit, `-` or `_`.
    public var isPlainWord: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }
}

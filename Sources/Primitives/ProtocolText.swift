/// Text as protocols have it, a row of scalars: a separator or a quote is one whatever stands beside it. Swift's own
/// `split`, `contains`, `hasPrefix` and `==` go by `Character`, in which a mark can hide behind its neighbour, and take
/// what Unicode holds to be equivalent (U+037E and `;`) for the same.
///
/// Implemented by `String` and `Substring`.
public protocol ProtocolText {
    /// All of it.
    var slice: Substring { get }
}

extension String: ProtocolText {
    public var slice: Substring { self[...] }
}

extension Substring: ProtocolText {
    public var slice: Substring { self }
}

extension ProtocolText {
    /// Cuts at each `separator`, at most `cuts` times; the parts between two that stand side by side are empty.
    public func cut(at separator: Unicode.Scalar, cuts: Int = .max, keepsEmpty: Bool = true) -> [Substring] {
        let scalars = slice.unicodeScalars
        return scalars.split(separator: separator, maxSplits: cuts, omittingEmptySubsequences: !keepsEmpty)
            .map { Substring($0) }
    }

    /// The parts between scalars that `isSeparator` names, without empty ones.
    public func cut(where isSeparator: (Unicode.Scalar) -> Bool) -> [Substring] {
        slice.unicodeScalars.split(whereSeparator: isSeparator).map { Substring($0) }
    }

    /// The words between white space of any kind.
    public var words: [Substring] { cut(where: \.properties.isWhitespace) }

    /// What stands before the first `separator`, and after it; nil for the second where there is none.
    public func halves(at separator: Unicode.Scalar) -> (Substring, Substring?) {
        let parts = cut(at: separator, cuts: 1)
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    /// Whether `scalar` occurs.
    public func holds(_ scalar: Unicode.Scalar) -> Bool { slice.unicodeScalars.contains(scalar) }

    /// Whether any of the scalars of `set` occurs.
    public func holds(anyOf set: String) -> Bool { slice.unicodeScalars.contains { set.unicodeScalars.contains($0) } }

    /// Whether the bytes of `other` occur, one after the other.
    public func holds(text other: String) -> Bool { offset(of: other) != nil }

    /// Without the places where the bytes of `other` occur.
    public func without(_ other: String) -> String {
        guard !other.isEmpty, let offset = offset(of: other) else { return String(slice) }
        let rest = Substring(slice.utf8.dropFirst(offset + other.utf8.count))
        return String(Substring(slice.utf8.prefix(offset))) + rest.without(other)
    }

    /// Where the bytes of `other` first occur, counted in bytes.
    private func offset(of other: String) -> Int? {
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

    /// Whether this begins with the bytes of `prefix`.
    public func begins(with prefix: String) -> Bool { slice.utf8.starts(with: prefix.utf8) }

    /// Whether this ends with the bytes of `suffix`.
    public func ends(with suffix: String) -> Bool {
        slice.utf8.count >= suffix.utf8.count && slice.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// What follows the bytes of `prefix`, or nil where this does not begin with them.
    public func after(_ prefix: String) -> Substring? {
        begins(with: prefix) ? Substring(slice.utf8.dropFirst(prefix.utf8.count)) : nil
    }

    /// What stands before the bytes of `suffix`, or nil where this does not end with them.
    public func before(_ suffix: String) -> Substring? {
        ends(with: suffix) ? Substring(slice.utf8.dropLast(suffix.utf8.count)) : nil
    }

    /// The same bytes; `==` takes for equal what Unicode holds to be equivalent.
    public func isSame(as other: String) -> Bool { slice.utf8.elementsEqual(other.utf8) }

    /// Without what `isCut` names at both ends.
    public func trimmed(where isCut: (Unicode.Scalar) -> Bool) -> String {
        let scalars = slice.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isCut($0) }), let last = scalars.lastIndex(where: { !isCut($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Without white space of any kind at both ends.
    public var trimmed: String { trimmed(where: \.properties.isWhitespace) }

    /// Only the scalars that `isKept` names.
    public func keeping(_ isKept: (Unicode.Scalar) -> Bool) -> String {
        String(String.UnicodeScalarView(slice.unicodeScalars.filter(isKept)))
    }

    /// The first `most` scalars, which is how databases count a text's length.
    public func prefix(scalars most: Int) -> String {
        String(String.UnicodeScalarView(slice.unicodeScalars.prefix(most)))
    }

    /// With each scalar for which `substitute` has a text replaced by that text.
    public func replacing(scalars substitute: (Unicode.Scalar) -> String?) -> String {
        var text = ""
        for scalar in slice.unicodeScalars {
            if let other = substitute(scalar) { text += other } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    /// With the five characters that HTML reads as markup as references, fit for text and for quoted attributes.
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
    /// An ASCII letter or digit, `-` or `_`.
    public var isPlainWord: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }
}

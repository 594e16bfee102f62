/// Text as it is compared: lower case, without accents, so that `Crème BRÛLÉE` is found as `creme brulee`.
public enum TextFolding {
    /// Returns `text` in lower case and in one of the ways in which it can be written (NFKC): accents taken off Latin,
    /// Greek and Cyrillic letters, points off Hebrew and Arabic ones, ligatures and full width spelled out, digits of
    /// every script as `0` to `9`, without characters that only format.
    public static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy(\.isASCII) { return String(decoding: text.utf8.map(\.lowered), as: UTF8.self) }
        var folded: [Unicode.Scalar] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                folded.append(scalar.lowered)
            } else {
                append(scalar, to: &folded)
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: folded)
        return String(result)
    }

    /// Returns the words of `text`, folded: runs of letters and digits.
    public static func words(_ text: String) -> [String] {
        fold(text).unicodeScalars.split { !isWord($0) }.map { String($0) }
    }

    /// Returns whether words are made of `scalar`: a letter, a digit, or a mark upon them.
    public static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar)
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) {
        if let plain = FoldingTable.plain[scalar] { return folded.append(contentsOf: plain) }
        guard let parts = Decompositions.shared.parts(of: scalar) else { return appendPlain(scalar, to: &folded) }
        for part in parts { appendPlain(part, to: &folded) }
    }

    /// Appends a scalar that stands for itself alone.
    private static func appendPlain(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) {
        if scalar.isASCII { return folded.append(scalar.lowered) }
        if FoldingMarks.vanishes(scalar) { return }
        if let digit = scalar.digit { return folded.append(digit) }
        if let last = folded.last, let composed = Decompositions.shared.composed(last, scalar) {
            folded[folded.count - 1] = composed
            return
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars where !FoldingMarks.vanishes(lower) {
            if let plain = FoldingTable.plain[lower] { folded += plain } else { folded.append(lower) }
        }
    }
}

extension UInt8 {
    fileprivate var isASCII: Bool { self < 0x80 }

    /// The small letter of an ASCII capital, else the byte itself.
    fileprivate var lowered: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

extension Unicode.Scalar {
    /// The small letter of an ASCII capital, else the scalar itself.
    fileprivate var lowered: Unicode.Scalar {
        ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) : self
    }

    /// The ASCII digit of a decimal digit of any script.
    fileprivate var digit: Unicode.Scalar? {
        guard properties.generalCategory == .decimalNumber, let number = properties.numericValue else { return nil }
        return Unicode.Scalar(UInt8(ascii: "0") + UInt8(number))
    }
}

/// Scalars that are dropped where text is compared.
enum FoldingMarks {
    /// Returns whether a scalar is an accent, a point of Hebrew or Arabic, a variation selector, or one that only
    /// formats: soft hyphens, joiners, marks of direction. Marks of other scripts are letters to their readers and
    /// stay.
    static func vanishes(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        guard value >= 0xAD else { return false }
        if ranges.contains(where: { $0.contains(value) }) { return true }
        return scalar.properties.generalCategory == .format
    }

    private static let ranges: [ClosedRange<UInt32>] = [
        0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x5BF...0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7...0x5C7,
        0x610...0x61A, 0x640...0x640, 0x64B...0x65F, 0x670...0x670, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7...0x6E8,
        0x6EA...0x6ED, 0x8D3...0x8FF, 0x115F...0x1160, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
        0x3164...0x3164, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFFA0...0xFFA0, 0xE0100...0xE01EF,
    ]
}

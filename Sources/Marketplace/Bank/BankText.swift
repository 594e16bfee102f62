import Primitives

/// Text as every bank takes it: the Latin letters, digits and marks of SWIFT's character set x
/// (EPC217-08, SEPA Conversion Table).
enum BankText {
    /// Returns a text of at most `limit` characters: letters without their accents, a space in place of what banks do not take.
    /// Empty where nothing of it is left.
    static func cleaned(_ text: String, limit: Int) -> String {
        let plain = text.replacing(scalars: { isTaken($0) ? nil : letters(of: $0) })
        return plain.words.joined(separator: " ").prefix(scalars: limit).trimmed
    }

    private static func isTaken(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", " ": true
        default: false
        }
    }

    private static func letters(of scalar: Unicode.Scalar) -> String {
        if let known = special[scalar] { return known }
        if scalar.properties.canonicalCombiningClass != .notReordered { return "" }
        return base(of: scalar) ?? " "
    }

    /// Returns the letter that Unicode's name of a scalar is about: `o` of LATIN SMALL LETTER O WITH DIAERESIS.
    private static func base(of scalar: Unicode.Scalar) -> String? {
        let words = scalar.properties.name?.words.map { String($0) } ?? []
        guard words.count > 3, words[0] == "LATIN", words[2] == "LETTER", words[3].utf8.count < 3 else { return nil }
        return words[1] == "SMALL" ? words[3].lowercased() : words[3]
    }

    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "SS", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i",
        "&": "+", "’": "'", "‘": "'", "–": "-", "—": "-", "_": "-",
    ]
}

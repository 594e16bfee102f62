import Commerce
import Primitives

/// Text as every bank takes it: the Latin letters, digits and marks of SWIFT's character set x
/// (EPC217-08, SEPA Conversion Table).
enum BankText {
    /// Returns a text of at most `limit` characters: letters without their accents, a space in place of what banks do not take.
    /// Empty where nothing of it is left.
    static func cleaned(_ text: String, limit: Int) -> String {
        let plain = text.replacing(scalars: { isTaken($0) ? nil : substitute(for: $0) })
        return plain.words.joined(separator: " ").prefix(scalars: limit).trimmed
    }

    private static func isTaken(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", " ": true
        default: false
        }
    }

    private static func substitute(for scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": return "+"
        case "_", "–", "—": return "-"
        default:
            let folded = TextFolding.fold(String(scalar))
            guard folded.unicodeScalars.allSatisfy({ isTaken($0) }) else { return " " }
            return scalar.properties.isUppercase ? folded.uppercased() : folded
        }
    }
}

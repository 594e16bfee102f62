import Primitives

/// A telephone number in the form of E.164: up to 15 digits, with `+` where the country is named.
public struct PhoneNumber: Sendable, Hashable {
    /// Digits alone, `+` before them where it was given.
    public let text: String

    /// Reads a number as people write and copy it: spaces, dots, dashes, slashes, parentheses and what is not seen are
    /// dropped, and after a country's code the `(0)` that is dialed within the country alone. Nil where it is none.
    public init?(_ text: String) {
        let bare = Self.withoutTrunkZero(text.keeping { !Self.isDropped($0) })
        let kept = bare.keeping { $0 != "(" && $0 != ")" }
        let international = kept.after("+")
        let digits = international ?? kept[...]
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        if international?.begins(with: "0") == true { return nil }
        self.text = kept
    }

    /// Returns whether a scalar only dresses a number: any of Unicode's spaces and dashes, and what is not seen, such as the marks
    /// of direction around a number that was copied from an address book.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if "./·\u{2043}\u{2212}".unicodeScalars.contains(scalar) || properties.isWhitespace { return true }
        return properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format
            || properties.generalCategory == .dashPunctuation
    }

    /// Countries whose numbers have their first zero from abroad as well: Italy, San Marino, Gabon, Ivory Coast and Congo.
    private static let keepingZero: Set<Substring> = ["39", "378", "241", "225", "242"]

    /// Returns a number without the zero that begins the first parentheses after its country's code: `+49(0)30` and
    /// `+49(030)` are `+49(30)`.
    private static func withoutTrunkZero(_ text: String) -> String {
        let sign = text.begins(with: "+") ? "+" : "00"
        guard let (country, area) = text.after(sign)?.halves(at: "("), let local = area?.after("0"),
            (1...3).contains(country.utf8.count), !keepingZero.contains(country)
        else { return text }
        return sign + country + "(" + local
    }
}

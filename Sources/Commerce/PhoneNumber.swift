import Primitives

/// A telephone number in the form of E.164: up to 15 digits, with `+` where the country is named.
public struct PhoneNumber: Sendable, Hashable {
    /// Digits alone, `+` before them where it was given.
    public let text: String

    /// Reads a number as people write it: spaces, dots, dashes, slashes and parentheses are dropped; nil where it is
    /// none.
    public init?(_ text: String) {
        let kept = text.keeping { !" .-()/".unicodeScalars.contains($0) }
        let international = kept.after("+")
        let digits = international ?? kept[...]
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        if international?.begins(with: "0") == true { return nil }
        self.text = kept
    }
}

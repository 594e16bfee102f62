/// A telephone number in the form of E.164: up to 15 digits, with `+` where the country is named.
public struct PhoneNumber: Sendable, Hashable {
    /// Digits alone, `+` before them where it was given.
    public let text: String

    /// Reads a number as people write it: spaces, dots, dashes and parentheses are dropped; nil where it is none.
    public init?(_ text: String) {
        let kept = text.filter { !" .-()/".contains($0) }
        let digits = kept.first == "+" ? kept.dropFirst() : kept[...]
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        if kept.first == "+", digits.first == "0" { return nil }
        self.text = kept
    }
}

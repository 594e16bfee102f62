import Primitives

/// The forms that some texts have.
enum TextRules {
    /// Returns whether a text is made of letters, digits, `.`, `_` and `-` alone, and not of digits alone: those are an
    /// id.
    static func isUsername(_ text: String) -> Bool {
        !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// Returns whether a text has the form of a BCP 47 language tag: `en`, `pt-BR`, `zh-Hans-CN`.
    static func isLanguage(_ text: String) -> Bool {
        let parts = text.cut(at: "-")
        guard let first = parts.first, (2...3).contains(first.utf8.count) else { return false }
        return first.utf8.allSatisfy { isWord($0) && $0 > UInt8(ascii: "9") && $0 != UInt8(ascii: "_") }
            && parts.dropFirst().allSatisfy { part in
                (2...8).contains(part.utf8.count) && part.utf8.allSatisfy { isWord($0) && $0 != UInt8(ascii: "_") }
            }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// The key of a guest's cart: unguessable, made by the shop when the first item is added.
public struct SessionKey: Sendable, Hashable {
    /// 16 to 64 characters: ASCII letters, digits, `-` and `_`.
    public let text: String

    /// Creates a key as a client sent it; nil where it cannot be one of ours.
    public init?(_ text: String) {
        guard (16...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

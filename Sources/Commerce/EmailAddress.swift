/// An e-mail address in its compared form: lower case, ASCII.
///
/// The form is the one of HTML's `input type=email` (https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address)
/// with RFC 5321's lengths and at least one dot in the domain. Characters beyond ASCII are refused: look-alikes of another's
/// address are a way to take over an account.
public struct EmailAddress: Sendable, Hashable {
    public let text: String

    public init?(_ text: String) {
        guard text.utf8.count <= 254, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), Self.isLocal(parts[0]), Self.isDomain(parts[1])
        else { return nil }
        self.text = text.lowercased()
    }

    public var domain: Substring { text.drop { $0 != "@" }.dropFirst() }

    private static func isLocal(_ part: Substring) -> Bool {
        part.first != "." && part.last != "." && !part.contains("..")
            && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".!#$%&'*+/=?^_`{|}~-".contains($0)) }
    }

    private static func isDomain(_ part: Substring) -> Bool {
        let labels = part.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }
}

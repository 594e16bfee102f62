import Primitives

/// An e-mail address in its compared form: lower case, ASCII before the `@`, the domain as people read it.
///
/// The form is the one of HTML's `input type=email`
/// (https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address) with RFC 5321's lengths, at least one dot
/// in the domain, and international domains in both spellings: `info@müller.de` and `info@xn--mller-kva.de` are one
/// address. Characters beyond ASCII before the `@` are refused: look-alikes of another's address are a way to take over
/// an account. A domain that looks like another has a mail server of its own.
public struct EmailAddress: Sendable, Hashable {
    /// The address with its domain as people read it, at most 254 characters.
    public let text: String
    /// The address as it is sent on the wire: ASCII only, at most 254 bytes.
    public let ascii: String

    /// Normalizes `text`; nil where it is no address in this form.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= 1_000, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        let (local, domain) = (text[..<at], text[bytes.index(after: at)...])
        guard (1...64).contains(local.utf8.count), Self.isLocal(local.utf8),
            let ascii = DomainName.ascii(domain), Self.isDomain(ascii)
        else { return nil }
        let name = local.lowercased()
        self.ascii = "\(name)@\(ascii)"
        self.text = "\(name)@\(DomainName.unicode(ascii) ?? ascii)"
        guard self.ascii.utf8.count <= 254, self.text.unicodeScalars.count <= 254 else { return nil }
    }

    /// The domain as people read it, after the `@`.
    public var domain: Substring {
        text.utf8.firstIndex(of: UInt8(ascii: "@")).map { text[text.utf8.index(after: $0)...] } ?? ""
    }

    /// Both spellings of an international address, ASCII last; else the one there is.
    public var spellings: [String] { text == ascii ? [text] : [text, ascii] }

    private static func isLocal(_ part: Substring.UTF8View) -> Bool {
        let dot = UInt8(ascii: ".")
        return part.first != dot && part.last != dot && !zip(part, part.dropFirst()).contains { $0 == dot && $1 == dot }
            && part.allSatisfy { isAlphanumeric($0) || symbols.contains($0) }
    }

    private static let symbols = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

    private static func isDomain(_ text: String) -> Bool {
        let (dot, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
        let labels = text.utf8.split(separator: dot, omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

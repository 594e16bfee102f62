import Primitives

/// A mail, ready to be sent.
public struct MailMessage: Sendable {
    /// The author shown to readers, and the sender of the envelope where `returnPath` is nil.
    public var from: MailAddress
    /// The recipients, at least one; all of them see each other.
    public var to: [MailAddress]
    /// The address that replies go to; nil for `from`.
    public var replyTo: MailAddress?
    /// Any text without control characters; encoded where it is not plain ASCII.
    public var subject: String
    /// The plain text; any kind of line break.
    public var text: String
    /// The same content as HTML; nil for a mail of text alone.
    public var html: String?
    /// `<unique@domain>`: the same for every attempt to send the same mail, so that a reader can drop a second copy.
    public var messageID: String
    /// The time of sending, written in UTC with whole seconds.
    public var date: Timestamp
    /// The URL behind `List-Unsubscribe`, which also takes the one-click POST of RFC 8058 where it is https.
    public var unsubscribeURL: String?
    /// The sender of the envelope, to whom failures are reported; nil for `from`.
    public var returnPath: MailAddress?

    /// Creates a mail of these parts; they are checked when it is sent.
    public init(
        from: MailAddress, to: [MailAddress], replyTo: MailAddress? = nil, subject: String, text: String,
        html: String? = nil, messageID: String, date: Timestamp, unsubscribeURL: String? = nil,
        returnPath: MailAddress? = nil
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
        self.unsubscribeURL = unsubscribeURL
        self.returnPath = returnPath
    }
}

/// A mail address with the name shown beside it.
public struct MailAddress: Sendable, Hashable {
    /// The display name; empty where there is none.
    public let name: String
    /// `local@domain`, without brackets; an international domain in its ASCII form, as headers and envelopes have it.
    public let address: String

    /// Creates an address; nil where it is not `local@domain`, exceeds 254 bytes, or holds white space, brackets,
    /// quotes or control characters, or where the name holds a control character.
    public init?(_ address: String, name: String = "") {
        let parts = address.cut(at: "@")
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            let domain = Self.wired(String(parts[1])), !domain.utf8.contains(UInt8(ascii: "@"))
        else { return nil }
        let address = "\(String(parts[0]))@\(domain)"
        guard address.utf8.count <= 254, address.unicodeScalars.allSatisfy({ !Self.isForbidden($0) }),
            !name.holdsControlCharacter
        else { return nil }
        self.name = name
        self.address = address
    }

    private static func wired(_ domain: String) -> String? {
        domain.utf8.allSatisfy { $0 < 0x80 } ? domain : DomainName.ascii(domain)
    }

    /// Reads `Name <local@domain>`, as settings write it, or the address alone; nil for anything else.
    public init?(parsing text: String) {
        let parts = text.cut(at: "<")
        guard let last = parts.last, parts.count > 1 else {
            self.init(text)
            return
        }
        guard let address = last.before(">") else { return nil }
        let name = parts.dropLast().joined(separator: "<").trimmed { $0 == " " || $0 == "\"" }
        self.init(String(address), name: name)
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || "<>()[],;:\\\"".unicodeScalars.contains(scalar)
    }
}

extension String {
    /// Whether the text holds a line break, a NUL or the like, which must not get into a header.
    var holdsControlCharacter: Bool {
        unicodeScalars.contains { scalar in
            (scalar.value < 0x20 && scalar != "\t") || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
                || scalar.value == 0x2029
        }
    }
}

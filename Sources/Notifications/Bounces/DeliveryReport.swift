import Commerce
import Primitives
import SQL

/// A mail that came back, as far as the shop cares.
struct Bounce: Sendable, Hashable {
    enum Kind: String, WireEnum {
        /// The address takes no mail.
        case hard
        /// The mail did not get through this time: a full mailbox, a server that is down.
        case soft
    }

    /// The recipient, as tables of mails compare it.
    var email: String
    let kind: Kind
    let reason: String
    /// The address that the shop has written to, where that was forwarded to the recipient.
    var original: String?
}

/// A report on the delivery of a mail (RFC 3464), read from a mail.
struct DeliveryReport: Sendable {
    /// What became of the mail for each recipient to whom it could not be delivered.
    let bounces: [Bounce]
    /// The `Message-ID` of the mail that it is about, without brackets; nil where the report does not show it.
    let messageID: String?

    /// Reads a mail; nil where it is no report on a delivery: a read receipt, a complaint, an automatic reply.
    init?(parsing bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = MIMEPart(text[...]).walk()
        guard let report = parts.first(where: { Self.types.contains($0.type) }) else { return nil }
        bounces = Self.groups(of: report.text).dropFirst().compactMap(Self.bounce)
        messageID = Self.messageID(in: parts, after: report.type)
    }

    private static let types: Set<String> = ["message/delivery-status", "message/global-delivery-status"]
    private static let returned: Set<String> = [
        "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers",
    ]

    /// Returns the groups of fields: the first is about the message, each other about one recipient.
    private static func groups(of text: String) -> [[(name: String, value: String)]] {
        var groups: [[(name: String, value: String)]] = []
        var lines: [Substring] = []
        for line in MIMEPart.lines(text[...]) + [""] {
            if !line.trimmed.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                groups.append(MIMEPart.fields(of: lines))
                lines = []
            }
        }
        // Some leave out what is about the message.
        let isBare = groups.first?.contains { $0.name == "final-recipient" } == true
        return isBare ? [[]] + groups : groups
    }

    /// Reads one recipient's fields; nil where the mail has arrived, or is only late.
    private static func bounce(_ fields: [(name: String, value: String)]) -> Bounce? {
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        let original = value("original-recipient").flatMap(address(in:))
        guard value("action")?.halves(at: " ").0.trimmed.lowercased() == "failed",
            let address = value("final-recipient").flatMap(address(in:)) ?? original
        else { return nil }
        let status = value("status")?.words.first.map(String.init) ?? ""
        let reason = value("diagnostic-code").map { diagnostic in
            (diagnostic.halves(at: ";").1.map(String.init) ?? diagnostic).trimmed
        }
        return Bounce(
            email: MailRecipient.key(address), kind: kind(of: status, reason ?? ""),
            reason: [status, reason ?? ""].filter { !$0.isEmpty }.joined(separator: " "),
            original: original.map(MailRecipient.key))
    }

    /// An address behind its type: `rfc822; a@example.com`. A `;` or `=` may be part of it.
    private static func address(in field: String) -> String? {
        let (type, rest) = field.halves(at: ";")
        guard let rest, ["rfc822", "utf-8"].contains(type.trimmed.lowercased()) else { return nil }
        let address = rest.trimmed.trimmed(where: { $0 == "<" || $0 == ">" })
        return address.holds("@") && address.unicodeScalars.count <= 254 ? address : nil
    }

    /// Returns whether an address is lost: a status of class 5 (RFC 3463) but for a full mailbox, or such a reply where
    /// there is no status.
    private static func kind(of status: String, _ diagnostic: String) -> Bounce.Kind {
        let words = status.isEmpty ? diagnostic.words.map(String.init) : [status]
        guard let first = words.first, first.begins(with: "5") else { return .soft }
        return first == "5.2.2" || first == "552" || words.dropFirst().first == "5.2.2" ? .soft : .hard
    }

    private static func messageID(in parts: [MIMEPart], after type: String) -> String? {
        guard let original = parts.last(where: { returned.contains($0.type) }) else { return nil }
        let head = MIMEPart.split(Substring(original.text.trimmed(where: { $0 == "\n" || $0 == "\r" }))).0
        let id = MIMEPart.fields(head).first { $0.name == "message-id" }?.value
        return id?.trimmed.trimmed(where: { $0 == "<" || $0 == ">" })
    }
}

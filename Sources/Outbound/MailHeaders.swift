import Primitives

/// The header lines of a mail (RFC 5322), non-ASCII text as encoded words (RFC 2047).
enum MailHeaders {
    /// Returns the header lines of `message`, without line breaks at their ends.
    ///
    /// - Throws: `OutboundError` of kind `.invalid` for a mail without a recipient, a control character in a header, or
    ///   a malformed message id or URL.
    static func lines(of message: MailMessage) throws -> [String] {
        guard !message.to.isEmpty else { throw OutboundError(.invalid, "the mail has no recipient") }
        guard !message.subject.holdsControlCharacter else {
            throw OutboundError(.invalid, "the subject holds a control character")
        }
        var lines = [
            "Date: " + date(message.date),
            "From: " + mailbox(message.from),
            "To: " + message.to.map(mailbox).joined(separator: ",\r\n "),
            "Subject: " + EncodedWords.encode(message.subject),
            "Message-ID: " + (try checked(messageID: message.messageID)),
        ]
        if let replyTo = message.replyTo { lines.append("Reply-To: " + mailbox(replyTo)) }
        if let url = message.unsubscribeURL { lines += try unsubscribe(url) }
        return lines
    }

    /// Formats `Mon, 23 Nov 2026 20:31:09 +0000`.
    static func date(_ moment: Timestamp) -> String {
        let day = moment.dayInUTC
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = ((day.daysSinceEpoch + 3) % 7 + 7) % 7
        let second = moment.seconds - day.startInUTC.seconds
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(weekdays[weekday]), \(day.day) \(months[day.month - 1]) \(day.year) "
            + clock.joined(separator: ":") + " +0000"
    }

    private static func mailbox(_ mailbox: MailAddress) -> String {
        guard !mailbox.name.isEmpty else { return mailbox.address }
        return phrase(mailbox.name) + " <\(mailbox.address)>"
    }

    /// Formats a display name: plain words as they are, others quoted or encoded.
    private static func phrase(_ name: String) -> String {
        guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), name.utf8.count < 60 else {
            return EncodedWords.encode(name, evenIfPlain: true)
        }
        if name.utf8.allSatisfy({ OutboundHeader.isTokenByte($0) || $0 == 0x20 }), !name.holds(text: "=?") {
            return name
        }
        return "\"" + name.replacing(scalars: { $0 == "\"" || $0 == "\\" ? "\\" + String($0) : nil }) + "\""
    }

    private static func checked(messageID: String) throws -> String {
        guard let inner = messageID.after("<")?.before(">"), inner.holds("@"), messageID.utf8.count <= 250,
            inner.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !inner.holds(anyOf: "<>")
        else { throw OutboundError(.invalid, "the message id is malformed") }
        return messageID
    }

    private static func unsubscribe(_ url: String) throws -> [String] {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !url.holds(anyOf: "<>"), url.utf8.count <= 900
        else { throw OutboundError(.invalid, "the unsubscribe URL is malformed") }
        let line = "List-Unsubscribe: <\(url)>"
        return url.begins(with: "https://") ? [line, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] : [line]
    }
}

/// Text in a header as RFC 2047's encoded words in the Q encoding, folded so that no line exceeds 78 characters.
enum EncodedWords {
    /// Encodes a text; short, plain ASCII stays as it is unless `evenIfPlain`.
    static func encode(_ text: String, evenIfPlain: Bool = false) -> String {
        let isPlain = text.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x09 }
        let isReadAsItIs = isPlain && text.utf8.count <= 200 && !text.holds(text: "=?")
        if isReadAsItIs, !evenIfPlain { return text }
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let piece = UTF8.encode(scalar).map { $0.map(quoted).joined() } ?? ""
            if word.utf8.count + piece.utf8.count > 50 {
                words.append(word)
                word = ""
            }
            word += piece
        }
        words.append(word)
        return words.map { "=?UTF-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }

    private static func quoted(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            String(UnicodeScalar(byte))
        case UInt8(ascii: " "): "_"
        default: "=" + Hex.encode([byte]).uppercased()
        }
    }
}

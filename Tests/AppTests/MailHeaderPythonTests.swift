import Primitives
import TestSupport
import Testing

@testable import Outbound

/// Headers of mails, against Python's `email`.
@Suite struct MailHeaderPythonTests {
    private struct Header: Encodable {
        let name: String
        let value: String
    }

    private struct Read: Decodable, Sendable {
        let text: String
        let longest: Int
        let isASCII: Bool
        let defects: Int
    }

    private static let reader = """
        import email, email.policy

        def answer(case):
            raw = (case["name"] + ": " + case["value"] + "\\r\\n\\r\\n").encode("utf-8")
            value = email.message_from_bytes(raw, policy=email.policy.default)[case["name"]]
            lines = raw.split(b"\\r\\n")
            return {
                "text": str(value), "longest": max(len(line) for line in lines), "isASCII": raw.isascii(),
                "defects": len(value.defects),
            }
        """

    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        let random = RandomSource.seeded(seed)
        let parts = [
            "a", "Bestellung", "ü", "№7", "🎉", "日本語", "=", "?", "_", "=?", "?=", "\"", "<b>", "(x)", ",", ";", "é",
        ]
        return (0..<count).map { _ in
            // White space at the ends or doubled is folded away by readers.
            (0..<(1 + random.number(below: 24))).map { _ in parts[random.number(below: parts.count)] }
                .joined(separator: random.number(below: 2) == 0 ? " " : "")
        }
    }

    @Test func `a subject is read as it was written, in short lines of ASCII`() async throws {
        let texts = Self.texts(1_500, seed: 171)
        let headers = texts.map { Header(name: "Subject", value: EncodedWords.encode($0)) }
        for (text, read) in zip(texts, try await TestPython.answers(Self.reader, to: headers, as: Read.self)) {
            #expect(read.text == text, "\(text)")
            #expect(read.isASCII && read.longest <= 220 && read.defects == 0, "\(text)")
        }
    }

    @Test func `what is encoded keeps to the lengths of RFC 2047, whole characters in each word`() {
        for text in Self.texts(2_000, seed: 172) {
            let encoded = EncodedWords.encode(text, evenIfPlain: true)
            for line in encoded.cut(where: { $0 == "\r" || $0 == "\n" }).map({ String($0).trimmed }) where !line.isEmpty
            {
                #expect(line.utf8.count <= 75 && line.hasPrefix("=?UTF-8?Q?") && line.hasSuffix("?="), "\(line)")
                #expect(!line.dropFirst(10).dropLast(2).contains(" "), "\(line)")
            }
        }
        #expect(EncodedWords.encode("Order 7") == "Order 7")
        #expect(EncodedWords.encode("=?UTF-8?Q?x?=").hasPrefix("=?UTF-8?Q?=3D=3F"), "what looks encoded is encoded")
    }

    @Test func `every name beside an address comes back, and brings no second address`() async throws {
        struct Mailbox: Decodable, Sendable {
            let name: String
            let address: String
            let count: Int
        }
        let script = """
            import email.header, email.utils

            def answer(case):
                field = next(line for line in case if line.startswith("From: "))
                value = field.removeprefix("From: ").replace("\\r\\n ", " ")
                name, address = email.utils.parseaddr(value)
                name = str(email.header.make_header(email.header.decode_header(name)))
                return {"name": name, "address": address, "count": len(email.utils.getaddresses([value]))}
            """
        let names = Self.texts(800, seed: 173).filter { !$0.hasPrefix(" ") && !$0.hasSuffix(" ") }
        let cases = try names.map { name in
            try MailHeaders.lines(
                of: MailMessage(
                    from: try #require(MailAddress("shop@example.com", name: name)),
                    to: [try #require(MailAddress("a@example.com"))], subject: "x", text: "",
                    messageID: "<1@example.com>", date: Timestamp(seconds: 0)))
        }
        for (name, mailbox) in zip(names, try await TestPython.answers(script, to: cases, as: Mailbox.self)) {
            #expect(mailbox.count == 1 && mailbox.address == "shop@example.com", "\(name)")
            #expect(mailbox.name == name, "\(name)")
        }
    }

    @Test func `another reader takes a date for the second that was meant`() async throws {
        let script = """
            import email.utils

            def answer(case):
                return int(email.utils.parsedate_to_datetime(case).timestamp())
            """
        let random = RandomSource.seeded(174)
        let seconds = (0..<1_000).map { _ in Int64(random.number(below: 4_000_000_000)) }
        let dates = seconds.map { MailHeaders.date(Timestamp(seconds: $0)) }
        #expect(try await TestPython.answers(script, to: dates, as: Int64.self) == seconds)
    }

    @Test(arguments: [
        ("Käse <shop@example.com>", "Käse", "shop@example.com"), ("shop@example.com", "", "shop@example.com"),
        ("\"A, B\" <a@b.de>", "A, B", "a@b.de"), ("  A  <a@b.de>", "A", "a@b.de"), ("<a@b.de>", "", "a@b.de"),
        ("A <x> B <a@b.de>", "A <x> B", "a@b.de"),
    ])
    func `a setting names who mails come from`(_ text: String, _ name: String, _ address: String) {
        let read = MailAddress(parsing: text)
        #expect(read?.name == name && read?.address == address)
    }

    @Test(arguments: [
        "", "a", "a@", "@b.de", "a@b@c", "a b@c.de", "a@b.de\r\nBcc: x@y.de", "a@b.de>", "A <a@b.de", "a,b@c.de",
        "a@b;c",
        "A\nB <a@b.de>", "a\u{0}@b.de", "a@b.de\u{85}",
    ])
    func `what would break a header is no address`(_ text: String) {
        #expect(MailAddress(parsing: text) == nil)
    }

    @Test(arguments: ["a\nb", "a\r\nBcc: x@y.de", "a\u{0}", "a\u{2028}b", "a\u{85}b", "\u{7F}"])
    func `a subject with a line of its own is refused`(_ subject: String) throws {
        let message = MailMessage(
            from: try #require(MailAddress("a@b.de")), to: [try #require(MailAddress("c@d.de"))], subject: subject,
            text: "", messageID: "<1@b.de>", date: Timestamp(seconds: 0))
        #expect { try MailHeaders.lines(of: message) } throws: { ($0 as? OutboundError)?.kind == .invalid }
    }

    @Test(arguments: [
        "", "1@b.de", "<1@b.de", "<1b.de>", "<1@b.de> x", "<1@\u{E4}.de>", "<1@b.de>\r\nX: y", "<<1@b.de>>",
    ])
    func `a message id that is none is refused`(_ id: String) throws {
        let message = MailMessage(
            from: try #require(MailAddress("a@b.de")), to: [try #require(MailAddress("c@d.de"))], subject: "x",
            text: "",
            messageID: id, date: Timestamp(seconds: 0))
        #expect { try MailHeaders.lines(of: message) } throws: { ($0 as? OutboundError)?.kind == .invalid }
    }

    @Test(arguments: [
        ("", ""), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\r\nb", "a\r\nb\r\n"), ("a\rb", "a\r\nb\r\n"),
        ("\n\n", "\r\n\r\n"),
        ("a\r\r\nb", "a\r\n\r\nb\r\n"), ("é\n", "é\r\n"),
    ])
    func `lines of a body end as the network has it`(_ text: String, _ expected: String) {
        #expect(MailBody.withNetworkLines(text) == Array(expected.utf8))
    }
}

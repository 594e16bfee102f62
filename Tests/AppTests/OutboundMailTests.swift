import AppHarness
import Outbound
import Primitives
import TestSupport
import Testing

@Suite struct OutboundMailTests {
    private struct Received: Decodable {
        let sender: String
        let recipients: [String]
        let tls: Bool
        let login: Bool
        let headers: [String: String]
        let kinds: [String]
        let text: String
        let html: String
        let longest: Int
        let defects: [String]
    }

    private let threads: TransferThreads

    init() throws {
        self.threads = try TransferThreads(count: 2)
    }

    private func client(
        _ peer: OutboundPeer, user: String? = nil, password: String? = nil, security: SMTPSettings.Security = .none,
        host: String = "127.0.0.1", certificateFile: String? = nil
    ) -> SMTPClient {
        SMTPClient(
            threads: threads,
            settings: SMTPSettings(
                host: host, port: peer.greeting.port, user: user, password: password, security: security,
                certificateFile: certificateFile))
    }

    private func message(to recipients: String...) throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("shop@example.com", name: "Käse & Co., GmbH")),
            to: try recipients.map { try #require(MailAddress($0)) }, subject: "Order 7", text: "Thank you.\n",
            messageID: "<order-7@example.com>", date: try #require(Timestamp("2026-11-23T20:31:09Z")))
    }

    private func lines(_ text: String) -> [Substring] { text.split(whereSeparator: \.isNewline) }

    private func kind(_ client: SMTPClient, _ message: MailMessage) async -> OutboundError.Kind? {
        (await outcome { try await client.send(message) } as? OutboundError)?.kind
    }

    @Test func `a mail arrives with its headers, its text and its HTML`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        var message = try message(to: "anna@example.org", "bert@example.org")
        let subject = "Bestellung №7 bestätigt 🎉 " + String(repeating: "und noch ein sehr langes Wörtchen ", count: 6)
        message.subject = subject
        message.text = "Grüße\n.\n..\nFrom here\r\n" + String(repeating: "ä=", count: 600)
        message.html = "<p>Grüße 🎉</p>"
        message.unsubscribeURL = "https://example.com/u?t=abc"
        message.returnPath = MailAddress("bounces@example.com")
        message.replyTo = MailAddress("help@example.com", name: "Help \"desk\"")
        try await client(peer).send(message)
        let received = try peer.next(as: Received.self)
        #expect(received.sender == "bounces@example.com")
        #expect(received.recipients == ["anna@example.org", "bert@example.org"])
        #expect(received.headers["Subject"] == subject)
        #expect(received.headers["From"]?.contains("Käse & Co., GmbH") == true)
        #expect(received.headers["To"] == "anna@example.org, bert@example.org")
        #expect(received.headers["Reply-To"] == "\"Help \\\"desk\\\"\" <help@example.com>")
        #expect(received.headers["Message-ID"] == "<order-7@example.com>")
        #expect(received.headers["Date"] == "Mon, 23 Nov 2026 20:31:09 +0000")
        #expect(received.headers["List-Unsubscribe"] == "<https://example.com/u?t=abc>")
        #expect(received.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        #expect(received.headers["Mime-Version"] == "1.0")
        #expect(received.kinds.contains("multipart/alternative"))
        #expect(lines(received.text) == lines(message.text))
        #expect(lines(received.html) == ["<p>Grüße 🎉</p>"])
        #expect(received.longest <= 998)
        #expect(received.defects.isEmpty)
    }

    @Test func `an international domain goes over the wire in ASCII, in envelope and headers`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        var message = try message(to: "info@müller.de", "info@xn--bcher-kva.example")
        message.from = try #require(MailAddress(parsing: "Müller <Shop@MÜLLER.de>"))
        message.returnPath = MailAddress("bounces@müller.de")
        message.messageID = "<order-7@\(message.from.address.drop { $0 != "@" }.dropFirst())>"
        try await client(peer).send(message)
        let received = try peer.next(as: Received.self)
        #expect(received.sender == "bounces@xn--mller-kva.de")
        #expect(received.recipients == ["info@xn--mller-kva.de", "info@xn--bcher-kva.example"])
        #expect(received.headers["From"] == "Müller <Shop@xn--mller-kva.de>")
        #expect(received.headers["To"] == "info@xn--mller-kva.de, info@xn--bcher-kva.example")
        #expect(received.headers["Message-ID"] == "<order-7@xn--mller-kva.de>")
        #expect(MailAddress("a@mü ller.de") == nil && MailAddress("a@ex\u{FF20}ample.de") == nil)
    }

    @Test func `a mail of text alone has no HTML part`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        try await client(peer).send(try message(to: "anna@example.org"))
        let received = try peer.next(as: Received.self)
        #expect(received.sender == "shop@example.com")
        #expect(lines(received.text) == ["Thank you."])
        #expect(!received.kinds.contains("text/html"))
        #expect(received.headers["List-Unsubscribe"] == nil)
    }

    @Test func `STARTTLS is required where it is asked for, and its certificate is checked`() async throws {
        let message = try message(to: "anna@example.org")
        let plain = try OutboundPeer("smtp_sink.py")
        #expect(await kind(client(plain, security: .startTLS), message) == .tls)
        let secure = try OutboundPeer("smtp_sink.py", "starttls")
        #expect(await kind(client(secure, security: .startTLS), message) == .tls)
        try await secure.withCertificate { file in
            try await client(secure, security: .startTLS, host: "localhost", certificateFile: file).send(message)
        }
        #expect(try secure.next(as: Received.self).tls)
    }

    @Test func `TLS from the first byte works`() async throws {
        let peer = try OutboundPeer("smtp_sink.py", "tls")
        let message = try message(to: "anna@example.org")
        #expect(await kind(client(peer, security: .implicitTLS), message) == .tls)
        try await peer.withCertificate { file in
            try await client(peer, security: .implicitTLS, certificateFile: file).send(message)
        }
        #expect(lines(try peer.next(as: Received.self).text) == ["Thank you."])
    }

    @Test func `a login is made with user and password, and a wrong one is not worth a retry`() async throws {
        let peer = try OutboundPeer("smtp_sink.py", "login")
        let message = try message(to: "anna@example.org")
        try await client(peer, user: "shop", password: "geheim & ä").send(message)
        #expect(try peer.next(as: Received.self).login)
        let failure = await outcome { try await client(peer, user: "shop", password: "no").send(message) }
        #expect((failure as? OutboundError)?.kind == .smtp(535))
        #expect((failure as? OutboundError)?.mayRetry == false)
        #expect(await kind(client(peer), message) == .smtp(530))
    }

    @Test(arguments: [(550, false), (451, true), (421, true)])
    func `a refused recipient or mail says the code and whether to retry`(_ code: Int, _ mayRetry: Bool) async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        var refusedBody = try message(to: "anna@example.org")
        refusedBody.text = "REFUSE\(code)"
        for message in [try message(to: "anna@example.org", "refuse\(code)@example.org"), refusedBody] {
            let failure = await outcome { try await client(peer).send(message) } as? OutboundError
            #expect(failure?.kind == .smtp(code))
            #expect(failure?.mayRetry == mayRetry)
        }
    }

    @Test func `a server that is not there is worth a retry`() async throws {
        let settings = SMTPSettings(host: "127.0.0.1", port: 1, security: .none)
        let failure = await outcome {
            try await SMTPClient(threads: threads, settings: settings).send(try message(to: "a@example.org"))
        }
        #expect((failure as? OutboundError)?.kind == .connect)
        #expect((failure as? OutboundError)?.mayRetry == true)
    }

    @Test func `a line break in a header is refused before anything is sent`() async throws {
        let client = SMTPClient(threads: threads, settings: SMTPSettings(host: "127.0.0.1", port: 1, security: .none))
        for text in ["a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}b"] {
            var subject = try message(to: "anna@example.org")
            subject.subject = text
            #expect(await kind(client, subject) == .invalid)
            var id = try message(to: "anna@example.org")
            id.messageID = "<\(text)@example.com>"
            #expect(await kind(client, id) == .invalid)
            var link = try message(to: "anna@example.org")
            link.unsubscribeURL = "https://example.com/\(text)"
            #expect(await kind(client, link) == .invalid)
            #expect(MailAddress("anna@example.org", name: text) == nil)
            #expect(MailAddress("\(text)@example.org") == nil)
        }
        #expect(await kind(client, try message()) == .invalid)
    }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>", "<a@b", "a@b,c@d", "a\t@b", "a\"@b", "a@b\u{a0}c",
        "a@\u{301}b@c", "a@b@\u{200D}c",
    ])
    func `what is no address is refused`(_ text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `a sender is read as settings have it`() {
        #expect(MailAddress(parsing: "Shop <shop@example.com>") == MailAddress("shop@example.com", name: "Shop"))
        #expect(MailAddress(parsing: "\"A, B\" <a@b.c>") == MailAddress("a@b.c", name: "A, B"))
        #expect(MailAddress(parsing: "shop@example.com") == MailAddress("shop@example.com"))
        #expect(MailAddress(parsing: "Shop <shop@example.com") == nil)
        #expect(MailAddress(parsing: "Shop <a@b.c>\r\nBcc: x@y.z") == nil)
        #expect(MailAddress(parsing: "Shop <\u{301}a@b.c>")?.name == "Shop")
    }

    @Test(arguments: ["", "mail.example.com/x", "mail example", "user@host", "a#b", "[::1]"])
    func `a host that could change the URL is refused`(_ host: String) async throws {
        let settings = SMTPSettings(host: host, port: 25, security: .none)
        #expect(await kind(SMTPClient(threads: threads, settings: settings), try message(to: "a@b.c")) == .invalid)
    }
}

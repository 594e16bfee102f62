import AppHarness
import Commerce
import Foundation
import Jobs
import Logging
import Messages
import Outbound
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Notifications

/// Mails through a real mail server (aiosmtpd), with all that such servers say.
@Suite(.timeLimit(.minutes(6)))
struct MailServerTests {
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
        let connection: Int
        let isPlain: Bool
        let encodings: [String]
    }

    private static func transport(
        _ port: Int, _ more: [String: String] = [:], time: TimeSource
    ) throws -> MailTransport {
        let settings = [
            "EMAIL_HOST": "localhost", "EMAIL_PORT": "\(port)",
            "DEFAULT_FROM_EMAIL": "Käse & Co. <shop@shop.test>",
        ]
        return try MailTransport(
            try MailSettings(SettingsValues(settings.merging(more) { $1 })), time: time)
    }

    /// Keeps a mail's HTML in the folder `KONTOR_MAIL_PAGES`, where it is set, for somebody to look at.
    private static func keep(_ mail: ComposedMail, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["KONTOR_MAIL_PAGES"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try mail.html.write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
    }

    @Test func `every template arrives in both languages over TLS and a login, clean and whole`() async throws {
        let peer = try OutboundPeer("smtp_sink.py", "starttls", "login")
        let composer = MailComposer(
            shopName: "Käse & Co.", shopURL: "https://shop.example", secrets: MailSecrets(SecretKey("a secret")),
            templates: ShippedMails.all)
        try await peer.withCertificate { file in
            let login = [
                "EMAIL_USE_TLS": "true", "EMAIL_HOST_USER": "shop", "EMAIL_HOST_PASSWORD": "geheim & ä",
                "EMAIL_CA_FILE": file,
            ]
            guard case .server(_, let send) = try Self.transport(peer.greeting.port, login, time: .machine) else {
                return
            }
            for (type, language) in composer.catalog.shipped {
                let text = try #require(composer.catalog.text(type, language))
                let mail = try composer.compose(text, of: type, in: language, with: [:])
                #expect(mail.html.hasPrefix("<!doctype html><html lang=\"\(language)\">"), "\(type)")
                #expect(mail.html.contains("<title>Käse &amp; Co.</title>"), "\(type)")
                try Self.keep(mail, "\(type)-\(language)")
                try await send("anna@example.org", mail, "\(type)-\(language)")
                let got = try peer.next(as: Received.self)
                #expect(got.tls && got.login && got.isPlain && got.defects.isEmpty && got.longest <= 998, "\(type)")
                #expect(
                    got.headers["Subject"] == mail.subject
                        && got.headers["Message-ID"] == "<\(type)-\(language)@shop.test>")
                #expect(got.headers["From"]?.contains("Käse & Co.") == true)
                #expect(
                    got.kinds == ["multipart/alternative", "text/plain", "text/html"]
                        || got.kinds.contains("text/html"))
                #expect(got.encodings.allSatisfy { $0 == "quoted-printable" }, "\(got.encodings)")
                let lines = { (text: String) in text.split(whereSeparator: \.isNewline).map(String.init) }
                #expect(lines(got.text) == lines(mail.text) && lines(got.html) == lines(mail.html), "\(type)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `greylisting, a lost connection and refusals end as they should`(_ backend: Backend) async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let port = peer.greeting.port
        try await NotificationStand.with(backend) { stand in
            let transport = try Self.transport(port, time: stand.clock.source)
            let cases: [(String, name: String, first: EmailStatus, last: EmailStatus, attempts: Int)] = [
                ("good@example.org", "Ada", .sent, .sent, 1), ("greylist@example.org", "Ada", .pending, .sent, 2),
                ("drop@example.org", "Ada", .pending, .sent, 2),
                ("refuse550@example.org", "Ada", .bounced, .bounced, 1),
                ("mail@example.org", "REFUSE554", .failed, .failed, 1),
                ("wait@example.org", "REFUSE451", .pending, .pending, 2),
            ]
            for (address, name, _, _, _) in cases { try await stand.enqueue("note", email: address, name: name) }
            try await stand.drain(transport)
            for log in try await stand.logs() {
                let expected = try #require(cases.first { $0.0 == log.email })
                #expect(log.status == expected.first, "\(log.email): \(log.status) \(log.error)")
            }
            stand.clock.advance(by: .minutes(20))
            try await stand.drain(transport)
            for log in try await stand.logs() {
                let expected = try #require(cases.first { $0.0 == log.email })
                #expect(log.status == expected.last && log.attempts == expected.attempts, "\(log.email): \(log.status)")
            }
            let lost = try await stand.database.read {
                try $0.column("SELECT email FROM mail_suppressions", as: String.self)
            }
            #expect(lost == ["refuse550@example.org"])
        }
        var arrived: [String] = []
        for _ in 0..<3 { arrived += try peer.next(as: Received.self).recipients }
        #expect(Set(arrived) == ["good@example.org", "greylist@example.org", "drop@example.org"])
    }

    @Test func `a mail that is not taken is logged by the recipient's domain and the server alone`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let port = peer.greeting.port
        let lines = LogLines()
        try await NotificationStand.with(.sqlite) { stand in
            let transport = try Self.transport(port, time: stand.clock.source)
            for address in ["good@example.org", "refuse550@lost.example.org", "greylist@slow.example.org"] {
                try await stand.enqueue("note", email: address)
            }
            try await stand.drain(transport, log: lines)
        }
        let refused = lines.named("a mail was not taken")
        let domains = Set(refused.compactMap { $0.metadata["domain"]?.description })
        #expect(domains == ["lost.example.org", "slow.example.org"])
        for line in refused {
            #expect(line.metadata["host"]?.description == "localhost:\(port)" && line.metadata["step"] == "recipient")
            let code = line.metadata["domain"] == "lost.example.org" ? "550" : "45"
            #expect(line.metadata["code"]?.description.hasPrefix(code) == true, "\(line.metadata)")
        }
    }

    @Test func `a connection carries several mails, and another one is made when the server has enough`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let client = SMTPClient(
            threads: try TransferThreads(count: 1),
            settings: SMTPSettings(host: "127.0.0.1", port: peer.greeting.port, security: .none))
        func send(_ address: String) async throws -> Received {
            try await client.send(
                MailMessage(
                    from: try #require(MailAddress("shop@shop.test")), to: [try #require(MailAddress(address))],
                    subject: "Note", text: "Note", messageID: "<\(address)>", date: NotificationStand.start))
            return try peer.next(as: Received.self)
        }
        let first = try await send("a@example.org")
        #expect(try await send("b@example.org").connection == first.connection)
        let limited = try await send("limit@example.org")
        #expect(limited.connection == first.connection)
        let second = try await send("c@example.org")
        #expect(second.connection != first.connection, "421 costs no attempt")
        #expect(try await send("bye@example.org").connection == second.connection)
        let third = try await send("d@example.org")
        #expect(third.recipients == ["d@example.org"])
    }

    @Test func `a server that is slow is given up, and the mail waits`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let client = SMTPClient(
            threads: try TransferThreads(count: 1),
            settings: SMTPSettings(
                host: "127.0.0.1", port: peer.greeting.port, security: .none, timeout: .milliseconds(300)))
        let message = MailMessage(
            from: try #require(MailAddress("shop@shop.test")), to: [try #require(MailAddress("slow@example.org"))],
            subject: "Note", text: "Note", messageID: "<slow@shop.test>", date: NotificationStand.start)
        let failure = await outcome { try await client.send(message) }
        let error = try #require(failure as? OutboundError)
        guard case .later = MailRefusal(error) else {
            Issue.record("\(error)")
            return
        }
        #expect(error.kind == .timeout)
    }

    @Test func `a refusal says at what, and in which words`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let client = SMTPClient(
            threads: try TransferThreads(count: 1),
            settings: SMTPSettings(host: "127.0.0.1", port: peer.greeting.port, security: .none))
        let cases: [(String, String, MailReply)] = [
            ("refuse550@example.org", "x", MailReply(.recipient, code: 550, text: "not here")),
            (
                "greylist@example.org", "x",
                MailReply(.recipient, code: 451, text: "4.7.1 Greylisted, come back in a moment")
            ),
            ("a@example.org", "REFUSE554", MailReply(.content, code: 554, text: "not this")),
        ]
        for (address, text, reply) in cases {
            let message = MailMessage(
                from: try #require(MailAddress("shop@shop.test")), to: [try #require(MailAddress(address))],
                subject: "Note", text: text, messageID: "<note@shop.test>", date: NotificationStand.start)
            let failure = await outcome { try await client.send(message) } as? OutboundError
            #expect(failure?.reply == reply, "\(String(describing: failure))")
        }
        #expect(cases[1].2.status == "4.7.1" && cases[0].2.status == nil)
    }
}

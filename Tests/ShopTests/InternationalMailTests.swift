import Jobs
import KontorApp
import Primitives
import TestSupport
import Testing

/// Mail from and to domains beyond ASCII, through a real mail server.
@Suite(.timeLimit(.minutes(6)))
struct InternationalMailTests {
    private struct Received: Decodable {
        let sender: String
        let recipients: [String]
        let headers: [String: String]
    }

    @Test(arguments: Backend.available)
    func `a shop with an international domain mails to customers with one`(_ backend: Backend) async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        let settings = [
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "\(peer.greeting.port)",
            "DEFAULT_FROM_EMAIL": "Möbel Müller <laden@müller.de>",
        ]
        try await withShop(backend, settings: settings) { stand in
            let made = try await stand.anonymous.send(
                "POST", "/api/auth/register/",
                json: [
                    "email": "Info@BÜCHER.example", "password": "testpass123", "first_name": "Anna",
                    "last_name": "Smith",
                ])
            #expect(made.status == 201, "\(made.text)")
            #expect(made["user"]?["email"]?.text == "info@bücher.example")
            let login = try await stand.anonymous.send(
                "POST", "/api/auth/login/",
                json: ["email": "info@xn--bcher-kva.example", "password": "testpass123"])
            #expect(login.status == 200, "\(login.text)")
            try await poll("the mails to go out") {
                let counts = try await stand.shop.jobs.counts()
                try #require(counts.dead == 0)
                return counts.due + counts.scheduled + counts.running == 0
            }
        }
        for _ in 0..<2 {
            let mail = try peer.next(as: Received.self)
            #expect(mail.sender == "laden@xn--mller-kva.de")
            #expect(mail.recipients == ["info@xn--bcher-kva.example"])
            #expect(mail.headers["From"] == "Möbel Müller <laden@xn--mller-kva.de>")
            #expect(mail.headers["Message-ID"]?.hasSuffix("@xn--mller-kva.de>") == true)
        }
    }
}

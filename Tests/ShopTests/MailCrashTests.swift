import Foundation
import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@testable import Notifications

/// A shop whose process is killed while it sends mails, again and again.
@Suite struct MailCrashTests {
    private struct Received: Decodable {
        let recipients: [String]
        let headers: [String: String]
    }

    private static let kills = 10
    private static let mails = ProcessInfo.processInfo.environment["KONTOR_CRASH_MAILS"].flatMap { Int($0) } ?? 150

    @Test(.timeLimit(.minutes(8)), arguments: Backend.available)
    func `kill -9 while mails go out loses none, and doubles bear the same id`(_ backend: Backend) async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        // Read all along: a server whose output nobody reads stands still.
        let arrivals = Task { try await ChildProcess.waiting { try Self.arrivals(at: peer) } }
        let settings = [
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "\(peer.greeting.port)", "JOB_LEASE_SECONDS": "2",
            "DEFAULT_FROM_EMAIL": "shop@shop.test",
        ]
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.makeAdmin(over: database, data: data)
            let asked = try await Self.killAgainAndAgain(over: database, data: data, settings)
            let shop = try await ShopProcess(over: database, data: data, settings: settings)
            let opened = try openDatabase(beside: database)
            try await poll("an empty queue", atMost: .seconds(120)) {
                try await opened.read {
                    try $0.value("SELECT COUNT(*) FROM jobs WHERE kind = 'mail.send'", as: Int.self) == 0
                }
            }
            let logs: [EmailLog] = try await opened.read { try $0.all("SELECT \(EmailLog.columns) FROM email_logs") }
            await opened.close()
            #expect(try await shop.terminate() == 0)
            try await Self.sendLast(to: peer)
            let arrived = try await arrivals.value
            #expect(asked.allSatisfy { arrived[$0] != nil }, "\(asked.filter { arrived[$0] == nil })")
            for log in logs where log.email.hasPrefix("m") {
                let ids = arrived[log.email] ?? []
                #expect(log.status == .sent && log.attempts >= ids.count, "\(log.email): \(log.status) \(log.attempts)")
                #expect(Set(ids) == ["<\(log.jobKey)@shop.test>"], "\(ids)")
            }
            #expect(Set(logs.map(\.email)).isSuperset(of: asked))
        }
    }

    /// Has mails sent, kills the shop in the middle of them, and starts it again; gives the addresses whose mails it promised.
    private static func killAgainAndAgain(
        over database: String, data: String, _ settings: [String: String]
    ) async throws -> [String] {
        let path = "/api/admin/email-templates/\(EmailTemplateID(of: "welcome", in: "en"))/test/"
        var promised: [String] = []
        for round in 0..<kills {
            let shop = try await ShopProcess(over: database, data: data, settings: settings)
            let admin = try await shop.admin()
            for number in 0..<(mails / kills) {
                let address = "m\(round)-\(number)@example.org"
                let answer = try await admin.send("POST", path, json: ["email": .string(address)])
                try #require(answer.status == 202, "\(answer.text)")
                promised.append(address)
            }
            shop.kill()
            try await shop.wait()
        }
        return promised
    }

    private static let last = "end@example.org"

    /// Sends a mail behind which no other comes.
    private static func sendLast(to peer: OutboundPeer) async throws {
        let talk = [
            "EHLO test", "MAIL FROM:<\(last)>", "RCPT TO:<\(last)>", "DATA", "Subject: End\r\n\r\nEnd\r\n.", "QUIT",
        ]
        try await RawConnection.open(port: peer.greeting.port) { connection in
            try await connection.write(talk.map { $0 + "\r\n" }.joined())
            _ = try await connection.readToEnd()
        }
    }

    /// Returns the ids of the mails that arrive until the last one, by recipient.
    private static func arrivals(at peer: OutboundPeer) throws -> [String: [String]] {
        var arrived: [String: [String]] = [:]
        while true {
            let mail = try peer.next(as: Received.self)
            for recipient in mail.recipients {
                if recipient == last { return arrived }
                arrived[recipient, default: []].append(mail.headers["Message-ID"] ?? "")
            }
        }
    }
}

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
        let settings = [
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "\(peer.greeting.port)", "JOB_LEASE_SECONDS": "2",
            "DEFAULT_FROM_EMAIL": "shop@shop.test",
        ]
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.makeAdmin(over: database, data: data)
            let asked = try await Self.killAgainAndAgain(over: database, data: data, settings)
            let shop = try await ShopProcess(over: database, data: data, settings: settings)
            let opened = try openDatabase(beside: database)
            do {
                try await poll("an empty queue", atMost: .seconds(60)) {
                    try await opened.read {
                        try $0.value("SELECT COUNT(*) FROM jobs WHERE kind = 'mail.send'", as: Int.self) == 0
                    }
                }
            } catch {
                print("DBG", try await opened.read { try $0.all("SELECT CAST(state AS CHAR), COALESCE(last_error,''), CAST(AVG(run_at) AS SIGNED), COUNT(*), MAX(losses), MAX(failures) FROM jobs WHERE kind = 'mail.send' GROUP BY state, last_error") { row in "\(try row(String.self)) \(try row(String.self)) \(try row(Int64.self)/1_000_000 - TimeSource.machine.now.seconds) \(try row(Int64.self)) \(try row(Int64.self)) \(try row(Int64.self))" } })
                throw error
            }
            let logs: [EmailLog] = try await opened.read { try $0.all("SELECT \(EmailLog.columns) FROM email_logs") }
            await opened.close()
            #expect(try await shop.terminate() == 0)
            let arrived = try await Self.arrived(at: peer)
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

    /// Returns the ids of the mails that arrived, by recipient.
    private static func arrived(at peer: OutboundPeer) async throws -> [String: [String]] {
        // A last mail, behind which no other comes.
        let end = "end@example.org"
        let talk = [
            "EHLO test", "MAIL FROM:<\(end)>", "RCPT TO:<\(end)>", "DATA", "Subject: End\r\n\r\nEnd\r\n.", "QUIT",
        ]
        try await RawConnection.open(port: peer.greeting.port) { connection in
            try await connection.write(talk.map { $0 + "\r\n" }.joined())
            _ = try await connection.readToEnd()
        }
        var arrived: [String: [String]] = [:]
        while true {
            let mail = try peer.next(as: Received.self)
            for recipient in mail.recipients {
                if recipient == end { return arrived }
                arrived[recipient, default: []].append(mail.headers["Message-ID"] ?? "")
            }
        }
    }
}

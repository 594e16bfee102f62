import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// Mails that came back, as the mail servers of the world report them.
@Suite(.timeLimit(.minutes(6)))
struct BounceTests {
    private static let path = "/api/notifications/bounces/"

    private static func report(
        _ fields: String, original: String = "Message-ID: <{id}@shop.test>\nSubject: Note",
        type: String = "message/delivery-status",
        returned: String = "message/rfc822", encoding: String = ""
    ) -> String {
        """
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: shop@shop.test
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="9B095B5ADSN=_01D/mx.example"

        This is a MIME-encapsulated message.

        --9B095B5ADSN=_01D/mx.example
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you.

        --9B095B5ADSN=_01D/mx.example
        Content-Description: Delivery report
        Content-Type: \(type)
        \(encoding)
        \(fields)

        --9B095B5ADSN=_01D/mx.example
        Content-Type: \(returned)

        \(original)

        Hello.

        --9B095B5ADSN=_01D/mx.example--
        """
    }

    private static let postfix = """
        Reporting-MTA: dns; mx.example
        X-Postfix-Queue-ID: 4XyZ
        Arrival-Date: Mon, 30 Nov 2026 07:00:00 +0000 (UTC)

        Final-Recipient: rfc822; u1@example.com
        Original-Recipient: rfc822;u1@example.com
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.com
        Diagnostic-Code: smtp; 550 5.1.1 <u1@example.com>: Recipient address rejected:
            User unknown in virtual mailbox table
        """
    private static let exchange = """
        Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
        Received-From-MTA: dns;mail.shop.test

        Final-Recipient: rfc822;U1@Example.com
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient u1@example.com not found by SMTP address lookup
        """
    private static let gmail = """
        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Mon, 30 Nov 2026 00:00:00 -0800 (PST)
        X-Original-Message-ID: <{id}@shop.test>

        Final-Recipient: rfc822; u1@example.com
        Action: failed
        Status: 5.2.2
        Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.1.26, the server for the domain example.com.)
        Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space and inactive.
         552 5.2.2  https://support.google.com/mail/?p=OverQuotaPerm - gsmtp
        Last-Attempt-Date: Mon, 30 Nov 2026 00:00:01 -0800 (PST)
        """
    private static let delayed = """
        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; u1@example.com
        Action: delayed
        Status: 4.4.1
        Will-Retry-Until: Fri, 4 Dec 2026 07:00:00 +0000
        """
    private static let expired = delayed.replacing("delayed", with: "failed").replacing("4.4.1", with: "4.4.7")
    private static let delivered = postfix.replacing("failed", with: "delivered").replacing("5.1.1", with: "2.0.0")

    /// A report, and what it makes of the address; nil where it is about no failure.
    private static let reports: [(String, String, Bounce.Kind?)] = [
        ("Postfix", report(postfix), .hard),
        ("Postfix with headers alone", report(postfix, returned: "text/rfc822-headers"), .hard),
        ("Exchange", report(exchange), .hard), ("Gmail, full", report(gmail), .soft),
        ("delayed", report(delayed), nil), ("expired", report(expired), .soft), ("delivered", report(delivered), nil),
        (
            "an international one",
            report(
                postfix.replacing("rfc822;", with: "utf-8;"), type: "message/global-delivery-status",
                returned: "message/global-headers"),
            .hard
        ),
        (
            "quoted-printable",
            report(
                postfix.replacing("5.1.1\n", with: "5.1=\n.1\n"),
                encoding: "Content-Transfer-Encoding: quoted-printable\n"),
            .hard
        ),
        ("without a group about the message", report(String(postfix.split(separator: "\n\n")[1])), .hard),
        ("an unknown type of address", report(postfix.replacing("rfc822;", with: "x400;")), nil),
        ("without a status", report(postfix.replacing("Status: 5.1.1\n", with: "")), .hard),
    ]

    private static func send(
        _ stand: NotificationStand, _ body: String, type: String = "message/rfc822", token: String? = "a-good-token"
    ) async throws -> EndpointAnswer {
        try await stand.call(
            .post, path, body, as: nil, type: type, headers: token.map { [.authorization: "Bearer \($0)"] } ?? [:])
    }

    @Test(arguments: Backend.available)
    func `a report on a delivery is read, whoever has written it`(_ backend: Backend) async throws {
        for (name, report, kind) in Self.reports {
            for lineEnd in ["\n", "\r\n"] {
                try await NotificationStand.with(backend) { stand in
                    for _ in 0..<2 {
                        try await stand.enqueue("note")
                        try await stand.run()
                    }
                    let first = try #require(stand.mails.first?.id)
                    let text = report.replacing("{id}", with: first).replacing("\n", with: lineEnd)
                    let answer = try await Self.send(stand, text)
                    #expect(answer.status == 200 && answer.json.int("bounces") == (kind == nil ? 0 : 1), "\(name)")
                    #expect(try await Self.send(stand, text).status == 200, "again")
                    let logs = try await stand.logs()
                    #expect(logs[0].status == (kind == nil ? .sent : .bounced), "\(name): \(logs[0])")
                    #expect(logs[1].status == .sent, "\(name)")
                    let lost = try await stand.count(
                        "SELECT COUNT(*) FROM mail_suppressions WHERE email = 'u1@example.com'")
                    #expect(lost == (kind == .hard ? 1 : 0), "\(name)")
                    #expect(
                        try await stand.count("SELECT COUNT(*) FROM mail_bounces") == (kind == nil ? 0 : 1), "\(name)")
                }
            }
        }
    }

    @Test func `a mail that was forwarded is known by the address that it was sent to`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            try await stand.enqueue("note")
            try await stand.run()
            let forwarded = Self.postfix.replacing(
                "Final-Recipient: rfc822; u1@", with: "Final-Recipient: rfc822; other@")
            _ = try await Self.send(stand, Self.report(forwarded, original: "Subject: Note"))
            #expect(try await stand.logs()[0].status == .bounced)
            #expect(try await stand.count("SELECT COUNT(*) FROM mail_suppressions WHERE email = 'u1@example.com'") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a provider says in JSON what came back, and several soft ones are a hard one`(
        _ backend: Backend
    ) async throws {
        try await NotificationStand.with(backend) { stand in
            for number in 1...3 {
                try await stand.enqueue("note")
                try await stand.run()
                let soft = try await Self.send(
                    stand, #"{"email": "U1@example.com", "type": "soft", "reason": "full"}"#, type: "application/json")
                #expect(soft.status == 200)
                let lost = try await stand.count("SELECT COUNT(*) FROM mail_suppressions")
                #expect(lost == (number == 3 ? 1 : 0), "\(number)")
            }
            #expect(try await stand.logs().allSatisfy { $0.status == .bounced && $0.error == "full" })
            let hard = try await Self.send(
                stand, #"{"email": "b@example.com", "type": "hard"}"#, type: "application/json")
            #expect(hard.status == 200)
            #expect(
                try await stand.count("SELECT COUNT(*) FROM mail_suppressions WHERE reason = 'hard_bounce'") == 1)
            for (body, field) in [
                (#"{"email": "x", "type": "hard"}"#, "email"), (#"{"email": "a@b.cd", "type": "firm"}"#, "type"),
                (#"{"email": "a@b.cd"}"#, "type"), ("{}", "email"), (#"{"email": 5, "type": "hard"}"#, "email"),
            ] {
                let answer = try await Self.send(stand, body, type: "application/json")
                #expect(answer.status == 400 && answer[field] != nil, "\(body): \(answer.json)")
            }
        }
    }

    /// What a provider sends again until it is answered: words of its own, and a report without the mail's id.
    private static let repeated: [(String, type: String, lost: Int)] = [
        (#"{"email": "u1@example.com", "type": "soft", "reason": "full"}"#, "application/json", 0),
        (#"{"email": "u1@example.com", "type": "hard", "reason": "gone"}"#, "application/json", 1),
        (report(gmail, original: "Subject: Note"), "message/rfc822", 0),
        (report(postfix, original: "Subject: Note"), "message/rfc822", 1),
        (
            report(
                postfix.replacing("Final-Recipient: rfc822; u1@", with: "Final-Recipient: rfc822; other@"),
                original: "Subject: Note"), "message/rfc822", 1
        ),
    ]

    @Test(arguments: Backend.available)
    func `what is said five times of one mail counts once, and leaves older mails as they are`(
        _ backend: Backend
    ) async throws {
        for (body, type, lost) in Self.repeated {
            try await NotificationStand.with(backend) { stand in
                for _ in 0..<3 {
                    try await stand.enqueue("note")
                    try await stand.run()
                }
                for _ in 0..<5 { #expect(try await Self.send(stand, body, type: type).status == 200) }
                #expect(try await stand.logs().map(\.status) == [.sent, .sent, .bounced], "\(body)")
                #expect(try await stand.count("SELECT COUNT(*) FROM mail_bounces") == 1, "\(body)")
                #expect(try await stand.count("SELECT COUNT(*) FROM mail_suppressions") == lost, "\(body)")
            }
        }
    }

    @Test func `of a mail that is not in the log the same counts once too`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let soft = #"{"email": "nobody@example.com", "type": "soft"}"#
            for _ in 0..<5 {
                let answer = try await Self.send(stand, soft, type: "application/json")
                #expect(answer.status == 200)
            }
            #expect(try await stand.count("SELECT COUNT(*) FROM mail_bounces") == 1)
            #expect(try await stand.count("SELECT COUNT(*) FROM mail_suppressions") == 0)
        }
    }

    @Test func `a mail that was held back is not the one that came back`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            try await stand.enqueue("note")
            try await stand.run()
            let hard = #"{"email": "u1@example.com", "type": "hard"}"#
            _ = try await Self.send(stand, hard, type: "application/json")
            try await stand.enqueue("note")
            try await stand.run()
            _ = try await Self.send(stand, hard, type: "application/json")
            #expect(try await stand.logs().map(\.status) == [.bounced, .suppressed])
            #expect(try await stand.count("SELECT COUNT(*) FROM mail_bounces") == 1)
        }
    }

    @Test func `the door opens to the token alone, and takes reports alone`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let report = Self.report(Self.postfix)
            for (token, status) in [(nil, 401), ("no", 401), ("a", 401), ("a-token", 401)] as [(String?, Int)] {
                #expect(try await Self.send(stand, report, token: token).status == status, "\(token ?? "-")")
            }
            #expect(try await Self.send(stand, "Subject: Out of office\n\nI am away.").status == 400)
            #expect(try await Self.send(stand, "x", type: "image/png").status == 415)
            let shut = try NotificationStand(stand.database, bounceToken: nil)
            #expect(try await Self.send(shut, report).status == 404)
            let reply =
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
                + "--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; u1@example.com\n\n--b--\n"
            #expect(try await Self.send(stand, reply).status == 400, "a read receipt is no bounce")
            #expect(try await stand.count("SELECT COUNT(*) FROM mail_bounces") == 0)
        }
    }

    @Test func `hostile reports end, and change nothing`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let nested = (0..<400).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
            let many = "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 20_000)
            let headers = String(repeating: "A: b\n", count: 50_000)
            let bodies: [String] = [nested, many, headers, String(repeating: "\n", count: 100_000), "--\n--\n"]
            for body in bodies {
                let answer = try await Self.send(stand, body)
                #expect(answer.status == 400)
            }
        }
    }
}

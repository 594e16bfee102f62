import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Messages
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// What users say they want, and what they and staff see of the mails that were sent.
@Suite(.timeLimit(.minutes(6)))
struct LogAndPreferenceTests {
    private static let preferences = "/api/notifications/preferences/"
    private static let logs = "/api/admin/email-logs/"

    @Test(arguments: Backend.available)
    func `preferences have defaults, change in part or whole, and under their version`(_ backend: Backend) async throws
    {
        try await NotificationStand.with(backend) { stand in
            let user = NotificationStand.identity(.customer)
            let fresh = try await stand.call(.get, Self.preferences, as: user)
            let isOn = ["order_confirmation", "shipping_updates", "price_drop_alerts", "back_in_stock_alerts"]
            let isOff = ["promotional_emails", "newsletter", "product_recommendations", "allow_tracking"]
            #expect(isOn.allSatisfy { fresh[$0] == .bool(true) } && isOff.allSatisfy { fresh[$0] == .bool(false) })
            #expect(fresh.json.int("version") == 1)
            #expect(try await stand.count("SELECT COUNT(*) FROM notification_preferences") == 0)
            let all = (isOn + isOff).map { "\"\($0)\": true" }.joined(separator: ", ")
            let put = try await stand.call(.put, Self.preferences, "{\(all)}", as: user, headers: [.ifMatch: "1"])
            #expect(put.status == 200 && (isOn + isOff).allSatisfy { put[$0] == .bool(true) })
            let stale = try await stand.call(.patch, Self.preferences, "{}", as: user, headers: [.ifMatch: "1"])
            #expect(stale.status == 412)
            let patched = try await stand.call(
                .patch, Self.preferences, #"{"newsletter": false, "unknown": 1, "version": 9}"#, as: user)
            #expect(patched["newsletter"] == .bool(false) && patched["promotional_emails"] == .bool(true))
            #expect(patched.json.int("version") == 3)
            let wrong = try await stand.call(.patch, Self.preferences, #"{"newsletter": "maybe"}"#, as: user)
            #expect(wrong.status == 400 && wrong["newsletter"] != nil)
            let other = try await stand.call(.get, Self.preferences, as: NotificationStand.identity(.customer, 2))
            #expect(other["newsletter"] == .bool(false) && other["allow_tracking"] == .bool(false))
            #expect(try await stand.call(.get, Self.preferences, as: nil).status == 401)
        }
    }

    @Test func `the newsletter's flag is the profile's`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let user = NotificationStand.identity(.customer)
            _ = try await stand.database.write {
                try $0.execute("UPDATE user_profiles SET newsletter_subscribed = 1 WHERE user_id = 1")
            }
            #expect(try await stand.call(.get, Self.preferences, as: user)["newsletter"] == .bool(true))
            _ = try await stand.call(.patch, Self.preferences, #"{"newsletter": false}"#, as: user)
            #expect(try await stand.count("SELECT newsletter_subscribed FROM user_profiles WHERE user_id = 1") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the log is filtered, and each user sees their own mails alone`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            for (type, user) in [("note", 1), ("promotion", 1), ("note", 2), ("password_reset", 2)] as [(String, Int64)]
            {
                try await stand.enqueue(type, to: user)
                try await stand.run()
                stand.clock.advance(by: .days(1))
            }
            let queries: [(String, [String])] = [
                ("", ["password_reset", "note", "promotion", "note"]), ("status=suppressed", ["promotion"]),
                ("template_type=note", ["note", "note"]), ("email=U2@example.com", ["password_reset", "note"]),
                ("from=2027-01-16T08:00:00Z", ["password_reset", "note", "promotion"]),
                ("until=2027-01-16", ["promotion", "note"]), ("status=pending", []),
                ("unknown=1&page_size=1", ["password_reset"]),
            ]
            for (query, types) in queries {
                let answer = try await stand.call(.get, Self.logs + "?" + query)
                #expect(answer.results.map { $0.text("template_type") } == types, "\(query)")
                #expect(answer.statements <= 4)
            }
            for query in ["status=lost", "from=x", "until=2027-02-30"] {
                #expect(try await stand.call(.get, Self.logs + "?" + query).status == 400, "\(query)")
            }
            let mine = try await stand.call(
                .get, "/api/notifications/history/", as: NotificationStand.identity(.customer, 1))
            #expect(mine.results.map { $0.text("template_type") } == ["promotion", "note"])
            #expect(
                mine.results[1].text("status") == "sent" && mine.results[1].text("sent_at") == "2027-01-15T08:00:00Z")
            #expect(mine.results[0]["email"] == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `the log of an order has the mails about it alone, and what is sent again is one of them`(
        _ backend: Backend
    ) async throws {
        try await NotificationStand.with(backend) { stand in
            for order in [7, nil, 8] as [Int64?] { try await stand.enqueue("note", about: order) }
            try await stand.run()
            let first = try await stand.call(.get, Self.logs + "?order=7").results
            #expect(first.map { $0.int("order_id") } == [7] && first.first?.text("order_number") == "K-1")
            let others = try await stand.call(.get, Self.logs).results.filter { $0["order_id"] == .null }
            #expect(others.count == 1 && others.first?["order_number"] == .null)
            let mail = try #require(first.first)
            #expect(try await stand.call(.post, Self.logs + "\(mail.int("id"))/resend/").status == 202)
            try await stand.run()
            #expect(try await stand.call(.get, Self.logs + "?order=7").results.count == 2)
            #expect(try await stand.call(.get, Self.logs + "?order=9").results.isEmpty)
            let wrong = try await stand.call(.get, Self.logs + "?order=x")
            #expect(wrong.status == 400 && wrong["order"] != nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a mail is sent once more, unless it held a secret`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            try await stand.enqueue("note")
            let sealed = try stand.secrets.seal(["name": .string("t0ken")], for: "u1@example.com")
            let secret = MailJob(
                template: "password_reset", to: "u1@example.com", userID: UserID(1),
                context: .object([MailSecrets.key: .string(sealed)]))
            _ = try await stand.database.write { [jobs = stand.jobs] in try jobs.enqueue(secret, in: $0) }
            try await stand.run()
            let logs = try await stand.logs()
            #expect(!logs.contains { $0.context.contains(sealed) || $0.context.contains("t0ken") })
            for log in logs {
                let again = try await stand.call(.post, Self.logs + "\(log.id)/resend/")
                #expect(again.status == (log.type == "note" ? 202 : 409), "\(log.type)")
            }
            try await stand.run()
            #expect(stand.mails.count == 3 && Set(stand.mails.map(\.id)).count == 3)
            #expect(stand.mails.count { $0.mail.subject == "Note Ada" } == 2)
            #expect(try await stand.call(.post, Self.logs + "999/resend/").status == 404)
            let viewer = NotificationStand.identity(.staff, 2, ["notifications.view"])
            #expect(try await stand.call(.get, Self.logs + "\(logs[0].id)/", as: viewer).status == 200)
            #expect(try await stand.call(.post, Self.logs + "\(logs[0].id)/resend/", as: viewer).status == 403)
        }
    }

    @Test(arguments: Backend.available)
    func `a mail is sent once more to where its user is now, and a test is not`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            for user in [1, 2, nil] as [Int64?] { try await stand.enqueue("note", to: user) }
            let template = EmailTemplateID(of: "note", in: "de")
            _ = try await stand.call(
                .post, "/api/admin/email-templates/\(template)/test/", #"{"email": "me@example.com"}"#)
            try await stand.run()
            try await stand.database.write { tx in
                try tx.execute("UPDATE users SET email = 'moved@example.com' WHERE id = 1")
                try tx.execute("UPDATE users SET deleted_at = 1 WHERE id = 2")
            }
            let expected: [(String, status: Int, code: String?)] = [
                ("u1@example.com", 202, nil), ("u2@example.com", 409, "lost_recipient"),
                ("guest@example.com", 202, nil), ("me@example.com", 409, "test_mail"),
            ]
            for log in try await stand.logs() {
                let wanted = try #require(expected.first { $0.0 == log.email })
                let again = try await stand.call(.post, Self.logs + "\(log.id)/resend/")
                #expect(again.status == wanted.status && again["code"]?.text == wanted.code, "\(log.email)")
            }
            try await stand.run()
            #expect(stand.mails.dropFirst(4).map(\.recipient).sorted() == ["guest@example.com", "moved@example.com"])
            #expect(stand.mails.dropFirst(4).allSatisfy { $0.mail.subject == "Note Ada" })
            #expect(try await stand.logs().filter(\.isTest).map(\.email) == ["me@example.com"])
        }
    }

    @Test(arguments: Backend.available)
    func `the log's lists are read through an index`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            _ = try await stand.database.write { tx in
                for number in 0..<400 {
                    var log = EmailLog()
                    (log.jobKey, log.email, log.type) = ("k\(number)", "u\(number % 90)@example.com", "t\(number % 7)")
                    (log.userID, log.status) = (UserID(Int64(number % 90)), number % 50 == 0 ? .failed : .sent)
                    try EmailLogQueries.record(log, tx)
                }
            }
            let filters = [
                EmailLogFilter(), EmailLogFilter(status: .failed), EmailLogFilter(email: "u5@example.com"),
                EmailLogFilter(user: UserID(5)),
            ]
            for filter in filters {
                let findings = try await PlanReader(database: stand.database).findings {
                    _ = try await stand.database.read {
                        try EmailLogQueries.page(filter, limit: "LIMIT 20 OFFSET 0", $0)
                    }
                }
                #expect(findings.filter { !$0.isSort }.isEmpty, "\(findings)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of a person nothing stays that mails leave behind`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            for user in [1, 2] as [Int64] { try await stand.enqueue("note", to: user) }
            try await stand.enqueue("note", to: nil, email: "u1@example.com")
            try await stand.enqueue("note", to: nil, email: "old@example.com")
            try await stand.run()
            _ = try await stand.call(
                .patch, "/api/notifications/preferences/", "{}", as: NotificationStand.identity(.customer))
            for email in ["u1@example.com", "u2@example.com"] {
                _ = try await stand.call(.post, "/api/admin/suppressions/", "{\"email\": \"\(email)\"}")
                try await stand.database.write {
                    try BounceService(softLimit: 9, time: stand.clock.source).take(
                        Bounce(email: email, kind: .soft, reason: "full"), in: $0)
                }
            }
            let until = stand.clock.source.now
            let user = ErasedUser(
                id: UserID(1),
                addresses: [
                    .init(email: "u1@example.com", until: until),
                    .init(email: "old@example.com", until: until - .days(3)),
                ])
            let work = ErasureWork(stand.database)
            for step in NotificationsModule.personalData.erase { try await step.run(user, work) }
            let logs = try await stand.logs()
            #expect(Set(logs.map(\.email)) == ["u2@example.com", "old@example.com"], "what was another's then stays")
            for table in ["mail_suppressions", "mail_bounces"] as [StaticString] {
                let left = try await stand.database.read {
                    try $0.column("SELECT email FROM \(Query(table))", as: String.self)
                }
                #expect(left == ["u2@example.com"], "\(table)")
            }
            #expect(try await stand.count("SELECT COUNT(*) FROM notification_preferences") == 0)
        }
    }

    @Test func `old rows of the log go, those of today stay`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            for _ in 0..<3 {
                try await stand.enqueue("note")
                try await stand.run()
                stand.clock.advance(by: .days(10))
            }
            let end = stand.clock.source.now - .days(15)
            let gone = try await stand.database.write { try EmailLogQueries.purge(before: end, limit: 1, $0) }
            #expect(gone == 1)
            #expect(try await stand.database.write { try EmailLogQueries.purge(before: end, limit: 9, $0) } == 1)
            #expect(try await stand.logs().count == 1)
        }
    }
}

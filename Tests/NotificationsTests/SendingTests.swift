import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Messages
import Outbound
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// What becomes of mails, by what their server says, and what the log says of it.
@Suite(.timeLimit(.minutes(6)))
struct SendingTests {
    private static func refusal(_ step: MailReply.Step, _ code: Int, _ text: String) -> OutboundError {
        OutboundError(.smtp(code), text, reply: MailReply(step, code: code, text: text))
    }

    /// An error, the log's status after the first attempt, whether the job waits, is dead, and whether the address is lost.
    private static let outcomes: [(OutboundError, EmailStatus, waits: Bool, isDead: Bool, isLost: Bool)] = [
        (refusal(.recipient, 550, "5.1.1 No such user"), .bounced, false, false, true),
        (refusal(.recipient, 550, "no such user"), .bounced, false, false, true),
        (refusal(.recipient, 553, "5.1.3 Bad address"), .bounced, false, false, true),
        (refusal(.recipient, 550, "5.2.1 Mailbox disabled"), .bounced, false, false, true),
        (refusal(.recipient, 552, "5.2.2 Mailbox full"), .failed, false, true, false),
        (refusal(.recipient, 554, "5.7.1 Relay access denied"), .failed, false, true, false),
        (refusal(.recipient, 451, "4.7.1 Greylisted"), .pending, true, false, false),
        (refusal(.recipient, 450, "4.2.0 busy"), .pending, true, false, false),
        (refusal(.content, 554, "5.6.0 Not this"), .failed, false, true, false),
        (refusal(.content, 452, "4.3.1 Full"), .pending, true, false, false),
        (refusal(.sender, 553, "5.1.8 Sender refused"), .failed, false, true, false),
        (refusal(.session, 535, "5.7.8 Wrong password"), .pending, true, false, false),
        (refusal(.session, 554, "5.3.2 No service"), .pending, true, false, false),
        (OutboundError(.timeout, "slow"), .pending, true, false, false),
        (OutboundError(.disconnected, "gone"), .pending, true, false, false),
        (OutboundError(.connect, "refused"), .pending, true, false, false),
        (OutboundError(.tls, "no certificate"), .pending, true, false, false),
        (OutboundError(.invalid, "a line break"), .failed, false, true, false),
    ]

    @Test(arguments: Backend.available)
    func `a mail is tried again, given up or its address listed, by what the server says`(
        _ backend: Backend
    ) async throws {
        for (error, status, waits, isDead, isLost) in Self.outcomes {
            try await NotificationStand.with(backend) { stand in
                try await stand.enqueue("note")
                try await stand.run { _ in throw error }
                let log = try #require(try await stand.logs().first)
                #expect(log.status == status && log.attempts == 1 && log.sentAt == nil, "\(error): \(log.status)")
                #expect(log.error.contains(error.reply?.text ?? error.detail), "\(log.error)")
                let states = try await stand.jobs.counts()
                #expect(states.scheduled == (waits ? 1 : 0) && states.dead == (isDead ? 1 : 0), "\(error)")
                let lost = try await stand.count(
                    "SELECT COUNT(*) FROM mail_suppressions WHERE email = 'u1@example.com'")
                #expect(lost == (isLost ? 1 : 0), "\(error)")
                guard waits else { return }
                stand.clock.advance(by: .hours(2))
                try await stand.run()
                let after = try #require(try await stand.logs().first)
                #expect(after.status == .sent && after.attempts == 2 && after.error.isEmpty)
                #expect(Set(stand.mails.map(\.id)).count == 1, "the same Message-ID at every attempt")
            }
        }
    }

    @Test func `a mail that is never taken is failed in the end`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            try await stand.enqueue("note")
            for _ in 0..<25 {
                try await stand.run { _ in throw OutboundError(.timeout, "slow") }
                stand.clock.advance(by: .hours(2))
            }
            let log = try #require(try await stand.logs().first)
            #expect(log.status == .failed && log.attempts == 20 && log.error.contains("slow"))
            #expect(try await stand.jobs.counts().dead == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an address on the list gets nothing until it is taken off`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let made = try await stand.call(.post, "/api/admin/suppressions/", #"{"email": "U1@example.com"}"#)
            #expect(made.status == 201 && made.text("reason") == "manual" && made.text("email") == "u1@example.com")
            for type in ["note", "password_reset", "order_confirmation"] { try await stand.enqueue(type) }
            try await stand.run()
            #expect(stand.mails.isEmpty)
            #expect(try await stand.logs().allSatisfy { $0.status == .suppressed && $0.error.contains("manual") })
            let again = try await stand.call(.post, "/api/admin/suppressions/", #"{"email": "u1@example.com"}"#)
            #expect(again.status == 400 && again["email"] != nil)
            let listed = try await stand.call(.get, "/api/admin/suppressions/?search=U1&reason=manual")
            #expect(listed.results.count == 1)
            #expect(try await stand.call(.delete, "/api/admin/suppressions/\(made.id)/").status == 204)
            try await stand.enqueue("note")
            try await stand.run()
            #expect(stand.mails.count == 1)
        }
    }

    /// Mails of each type, the preference that stops them, and whether it does.
    private static let switches: [(type: String, preference: String, stops: Bool)] = [
        ("shipping_update", "shipping_updates", true), ("order_delivered", "shipping_updates", true),
        ("price_drop_alert", "price_drop_alerts", true), ("back_in_stock_alert", "back_in_stock_alerts", true),
        ("promotion", "promotional_emails", true), ("newsletter", "newsletter", true),
        ("product_recommendation", "product_recommendations", true),
        ("order_confirmation", "order_confirmation", false), ("password_reset", "promotional_emails", false),
        ("note", "promotional_emails", false),
    ]

    @Test(arguments: Backend.available)
    func `each kind of mail obeys its preference, but for security and the order's own papers`(
        _ backend: Backend
    ) async throws {
        try await NotificationStand.with(backend) { stand in
            let user = NotificationStand.identity(.customer)
            for (type, preference, stops) in Self.switches {
                for isOn in [true, false] {
                    let changed = try await stand.call(
                        .patch, "/api/notifications/preferences/", "{\"\(preference)\": \(isOn)}", as: user)
                    #expect(changed.status == 200 && changed[preference] == .bool(isOn), "\(changed.json)")
                    let before = stand.mails.count
                    try await stand.enqueue(type)
                    try await stand.run()
                    let arrives = isOn || !stops
                    #expect(stand.mails.count == before + (arrives ? 1 : 0), "\(type) with \(preference) \(isOn)")
                    let log = try #require(try await stand.logs().last)
                    #expect(log.status == (arrives ? .sent : .suppressed) && log.type == type)
                }
            }
        }
    }

    @Test func `whoever wants no mail at all still gets what has to be sent`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            _ = try await stand.database.write {
                try $0.execute("UPDATE user_profiles SET email_notifications = 0, newsletter_subscribed = 1")
            }
            for (type, _, _) in Self.switches { try await stand.enqueue(type) }
            try await stand.run()
            #expect(Set(stand.mails.map(\.mail.subject)) == ["About Ada", "Note Ada"])
            #expect(stand.mails.count == 3)
        }
    }

    @Test func `somebody is written to in their language, and guests in the shop's`() async throws {
        try await NotificationStand.with(.sqlite, language: "de") { stand in
            _ = try await stand.database.write {
                try $0.execute("UPDATE user_profiles SET preferred_language = 'en-GB' WHERE user_id = 1")
                try $0.execute("UPDATE user_profiles SET preferred_language = '' WHERE user_id = 2")
            }
            // One after the other: what is due at once is sent in no certain order.
            for user in [1, 2, nil] as [Int64?] {
                try await stand.enqueue("note", to: user)
                try await stand.run()
            }
            #expect(stand.mails.map(\.mail.subject) == ["Note Ada", "Notiz Ada", "Notiz Ada"])
            #expect(try await stand.logs().map(\.language) == ["en", "de", "de"])
        }
    }

    @Test(arguments: Backend.available)
    func `a mail that was under way when its sender was killed goes again under its id`(
        _ backend: Backend
    ) async throws {
        try await NotificationStand.with(backend) { stand in
            try await stand.enqueue("note")
            // Its sender goes without a word: neither the job nor the log hears how it ended.
            try await stand.run { _ in throw CancellationError() }
            #expect(try await stand.logs().first?.status == .pending)
            stand.clock.advance(by: .hours(1))
            try await stand.run()
            let log = try #require(try await stand.logs().first)
            #expect(log.status == .sent && log.attempts == 2)
            #expect(stand.mails.count == 2 && Set(stand.mails.map(\.id)).count == 1)
            #expect(log.jobKey == stand.mails[0].id)
        }
    }

    @Test func `a mail of no type is failed, and the log says so`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            try await stand.enqueue("nothing")
            try await stand.run()
            let log = try #require(try await stand.logs().first)
            #expect(log.status == .failed && log.error.contains("nothing"))
            #expect(try await stand.jobs.counts().dead == 1 && stand.mails.isEmpty)
        }
    }

    @Test func `guests get ten mails an hour, and the log has the rest`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            for number in 0..<13 { try await stand.enqueue("note", to: nil, name: "\(number)") }
            try await stand.drain(.mailbox)
            let logs = try await stand.logs()
            #expect(logs.count { $0.status == .sent } == 10 && logs.count { $0.status == .suppressed } == 3)
            #expect(try await stand.count("SELECT COUNT(*) FROM mailbox") == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `staff are told of every dispute, however many there are in an hour`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            for number in 0..<12 {
                try await stand.enqueue(
                    "staff_payment_disputed", to: nil, email: "staff@example.com", name: "\(number)")
            }
            for number in 0..<11 {
                try await stand.enqueue("note", to: nil, email: "staff@example.com", name: "\(number)")
            }
            try await stand.run()
            let logs = try await stand.logs()
            #expect(logs.count { $0.type == "staff_payment_disputed" && $0.status == .sent } == 12)
            #expect(logs.count { $0.type == "note" && $0.status == .sent } == 10, "the address itself is a guest's")
        }
    }

    @Test func `the mails to staff are those about payments and webhooks`() {
        let types = ShippedMails.all.filter { $0.value.purpose == .staff }.keys.sorted()
        #expect(
            types == [
                "staff_payment_disputed", "staff_payment_on_hold", "staff_payment_paid_twice", "webhook_disabled",
            ])
    }
}

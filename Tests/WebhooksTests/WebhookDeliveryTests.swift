import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Messages
import Primitives
import SQL
import TestSupport
import Testing

@testable import Webhooks

/// What becomes of events on their way.
@Suite(.timeLimit(.minutes(5)))
struct WebhookDeliveryTests {
    @Test(arguments: Backend.available)
    func `a receiver that is down for a day gets everything in the end, with one row a delivery`(
        _ backend: Backend
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("503")
            for number in 0..<10 { try await shop.publish(.orderCreated, ["number": String(number)]) }
            try await shop.drain()
            try await receiver.answer("drop")
            for number in 10..<20 {
                try await shop.publish(.orderCreated, ["number": String(number)])
                try await shop.pass(.hours(2), by: .minutes(60))
            }
            try await receiver.answer("500")
            try await shop.pass(.hours(4), by: .minutes(60))
            let waiting = try await shop.deliveries(of: id, "&status=failed")
            #expect(waiting.count == 20 && waiting.allSatisfy { $0.int("attempts") >= 5 })
            #expect(waiting.allSatisfy { $0["next_attempt_at"] != .null })
            try await receiver.answer("200")
            try await shop.pass(.hours(12), by: .hours(2))
            let sent = try await shop.deliveries(of: id)
            #expect(sent.count == 20 && sent.allSatisfy { $0.text("status") == "delivered" })
            #expect(sent.allSatisfy { $0["next_attempt_at"] == .null && $0["error"] == .null })
            let taken = try await receiver.seen().filter { $0.text("mode") == "200" }
            #expect(taken.count == 20 && Set(taken.map { $0.text("body") }).count == 20)
            // The id of a delivery is that of all its attempts.
            let ids = Dictionary(grouping: try await receiver.seen()) { $0.text("body") }
                .mapValues { Set($0.compactMap { $0["headers"]?.text("webhook-id") }) }
            #expect(ids.count == 20 && ids.values.allSatisfy { $0.count == 1 })
            #expect(Set(ids.values.flatMap { $0 }) == Set(sent.map { $0.text("event_id") }))
            let shown = try await shop.call(.get, "/api/admin/webhooks/\(id)/")
            #expect(shown["failing_since"] == .null && shown["is_active"] == .bool(true))
        }
    }

    @Test
    func `attempts are made after 5 seconds, 1, 5 and 30 minutes, 2, 5 and 10 hours, then every 12 hours for 3 days`()
        async throws
    {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(.sqlite) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("500")
            try await shop.publish()
            try await shop.drain()
            var pauses: [Int64] = []
            var last = shop.clock.source.now
            while let next = try await shop.database.read({
                try $0.value("SELECT next_attempt_at FROM webhook_deliveries", as: Timestamp?.self)
            }) ?? nil {
                pauses.append((next - last).microseconds / 1_000_000)
                shop.clock.advance(by: next - last)
                last = next
                // A moment before nothing happens.
                try await shop.drain()
            }
            #expect(
                pauses == [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200], "\(pauses)")
            let row = try await shop.deliveries(of: id)[0]
            #expect(row.text("status") == "dead" && row.int("attempts") == 12)
            #expect(try await receiver.seen().count == 12)
        }
    }

    @Test(
        arguments: [
            ("301", 301, nil), ("redirect", 307, nil), ("404", 404, nil), ("500", 500, nil), ("418", 418, nil),
            ("drop", nil, "the connection ended without an answer"), ("gibberish", nil, "the answer is no HTTP"),
            ("headers", nil, "the answer's headers are too long"), ("hang", nil, "no answer in time"),
        ] as [(String, Int?, String?)])
    func `whatever is no 2xx is a failure that is tried again`(
        _ mode: String, _ status: Int?, _ error: String?
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(.sqlite, timeout: .milliseconds(mode == "hang" ? 300 : 15_000)) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer(mode)
            try await shop.publish()
            try await shop.drain()
            let row = try await shop.deliveries(of: id)[0]
            #expect(row.text("status") == "failed" && row.int("attempts") == 1, "\(row)")
            #expect(row["response_status"]?.number == status && row["error"]?.text == error, "\(row)")
            #expect(row.int("response_time_ms") >= 0)
            #expect(try await receiver.seen().map { $0.text("path") } == ["/hook"], "no redirect is followed")
        }
    }

    @Test func `an answer of any length is taken as it begins`() async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(.sqlite) { shop in
            let id = try await shop.webhook(receiver.url()).id
            for mode in ["huge", "200", "204", "299"] {
                try await receiver.answer(mode)
                try await shop.publish()
                try await shop.drain()
            }
            let rows = try await shop.deliveries(of: id)
            #expect(rows.count == 4 && rows.allSatisfy { $0.text("status") == "delivered" }, "\(rows)")
        }
    }

    @Test func `a host that refuses connections, has no name, or turns out to be private is not reached`() async throws
    {
        try await WebhookHarness.with(.sqlite) { shop in
            for (url, error) in [
                ("http://127.0.0.1:9/", "the host cannot be reached"),
                ("http://no-such-host.invalid/", "the host's name has no address"),
            ] {
                let id = try await shop.webhook(url, "stock.low").id
                try await shop.publish(.stockLow)
                try await shop.drain()
                #expect(try await shop.deliveries(of: id)[0].text("error") == error)
            }
        }
        let receiver = try EventReceiver()
        try await WebhookHarness.with(.sqlite, settings: [:]) { shop in
            let id = try await shop.webhook("http://example.com/").id
            // As if the name were that of a private address by now.
            let url = receiver.url()
            _ = try await shop.database.write { tx in try tx.execute("UPDATE shop_webhooks SET url = \(url)") }
            try await shop.publish()
            try await shop.drain()
            #expect(try await shop.deliveries(of: id)[0].text("error") == "the address is not public")
            _ = try await shop.database.write { tx in
                try tx.execute("UPDATE shop_webhooks SET url = 'http://localhost/'")
            }
            try await shop.pass(.seconds(6), by: .seconds(6))
            #expect(try await shop.deliveries(of: id)[0].text("error") == "the address is not public")
            #expect(try await receiver.seen().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `410 switches a receiver off, and staff are told`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("410")
            for _ in 0..<6 { try await shop.publish() }
            try await shop.drain()
            let shown = try await shop.call(.get, "/api/admin/webhooks/\(id)/")
            #expect(shown["is_active"] == .bool(false) && shown["disabled_at"] != .null)
            #expect(shown.text("disabled_reason") == "The receiver has answered 410 Gone.")
            #expect(try await shop.count("jobs", "kind = 'mail.send' AND payload LIKE '%webhook_disabled%'") == 1)
            let calls = try await receiver.seen().count
            try await shop.publish()
            try await shop.pass(.hours(1), by: .minutes(10))
            #expect(try await receiver.seen().count == calls, "nothing is sent to who is off")
            #expect(try await shop.count("shop_events") == 6, "and nothing is published to nobody")
            try await receiver.answer("200")
            let on = try await shop.call(.patch, "/api/admin/webhooks/\(id)/", #"{"is_active": true}"#)
            #expect(on["disabled_at"] == .null && on["disabled_reason"] == .null)
            try await shop.drain()
            #expect(try await shop.deliveries(of: id, "&status=delivered").count == 6, "what waited is sent")
        }
    }

    @Test(arguments: Backend.available)
    func `after five days of failure a receiver is switched off, with one mail to each of the staff`(
        _ backend: Backend
    ) async throws {
        let receiver = try EventReceiver()
        let settings = WebhookHarness.local.merging(["STAFF_EMAIL": "a@example.com,b@example.com"]) { $1 }
        try await WebhookHarness.with(backend, settings: settings) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("503")
            for _ in 0..<4 {
                try await shop.publish()
                try await shop.pass(.days(1), by: .hours(6))
            }
            #expect(try await shop.call(.get, "/api/admin/webhooks/\(id)/")["is_active"] == .bool(true))
            // A success in between counts anew.
            try await receiver.answer("200")
            try await shop.publish()
            try await shop.drain()
            try await receiver.answer("503")
            for day in 0..<6 {
                try await shop.publish()
                try await shop.pass(.days(1), by: .hours(6))
                let shown = try await shop.call(.get, "/api/admin/webhooks/\(id)/")
                #expect(shown["is_active"] == .bool(day < 5), "\(day): \(shown.json)")
            }
            let mails = try await shop.database.read {
                try $0.column("SELECT payload FROM jobs WHERE kind = 'mail.send' ORDER BY id", as: String.self)
            }
            #expect(mails.count == 2 && mails.allSatisfy { $0.contains("webhook_disabled") }, "\(mails)")
            #expect(mails[0].contains("a@example.com") && mails[1].contains("b@example.com"))
        }
    }

    @Test(arguments: Backend.available, ["held-410", "held-503"])
    func `a receiver that was moved during a call is not switched off for what its old address answers`(
        _ backend: Backend, _ mode: String
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url("/old")).id
            let place = "/api/admin/webhooks/\(id)/"
            let since = shop.clock.source.now - .days(6)
            _ = try await shop.database.write { tx in
                try tx.execute("UPDATE shop_webhooks SET failing_since = \(since)")
            }
            try await receiver.answer(mode, at: "/old")
            try await shop.publish()
            let round = Task { try await shop.drain() }
            try await poll("the call") { try await receiver.seen().count == 1 }
            let moved = try await shop.call(.patch, place, #"{"url": "\#(receiver.url("/new"))"}"#)
            #expect(moved.status == 200, "\(moved.json)")
            try await receiver.release()
            _ = try await round.value
            let shown = try await shop.call(.get, place)
            #expect(shown["is_active"] == .bool(true) && shown["failing_since"] == .null, "\(shown.json)")
            #expect(try await shop.count("jobs", "kind = 'mail.send'") == 0)
            #expect(try await shop.deliveries(of: id)[0].text("status") == "failed", "the answer itself is kept")
            try await shop.pass(.seconds(6), by: .seconds(6))
            #expect(try await shop.deliveries(of: id)[0].text("status") == "delivered")
            #expect(try await receiver.seen().map { $0.text("path") } == ["/old", "/new"])
        }
    }

    @Test(arguments: Backend.available)
    func `a slow receiver holds up neither others nor itself for longer than a round`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend, timeout: .milliseconds(500)) { shop in
            let slow = try await shop.webhook(receiver.url("/slow")).id
            let quick = try await shop.webhook(receiver.url("/quick")).id
            try await receiver.answer("hang", at: "/slow")
            for _ in 0..<12 { try await shop.publish() }
            let start = ContinuousClock.now
            try await shop.drain()
            let spent = start.duration(to: .now)
            #expect(try await shop.deliveries(of: quick, "&status=delivered").count == 12)
            #expect(try await shop.deliveries(of: slow, "&status=failed").count == 12)
            // Three rounds of four calls, and no more of them at once.
            #expect(spent >= .milliseconds(1_500) && spent < .seconds(15), "\(spent)")
        }
    }

    @Test(arguments: Backend.available)
    func `an event is written with its cause, and gone with it`(_ backend: Backend) async throws {
        struct Undone: Error {}
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            await #expect(throws: Undone.self) {
                try await shop.database.write { tx in
                    try shop.service.publisher.publish(.orderPaid, in: tx) { ["a": 1] }
                    try shop.service.publisher.publishLast(.orderPaid, once: "x", in: tx) { _ in ["a": 1] }
                    throw Undone()
                }
            }
            try await shop.drain()
            #expect(try await shop.count("shop_events") == 0)
            try await shop.database.write { tx in
                for number in 0..<3 {
                    try shop.service.publisher.publishLast(.orderPaid, once: "x", in: tx) { _ in ["a": number] }
                }
                _ = try? tx.savepoint { tx in
                    try shop.service.publisher.publish(.orderPaid, in: tx) { ["a": 9] }
                    throw Undone()
                }
            }
            // Another process than the one that published.
            let other = try WebhookHarness(
                shop.database, clock: shop.clock, settings: WebhookHarness.local, timeout: .seconds(15))
            try await other.drain()
            let rows = try await shop.deliveries(of: id)
            #expect(rows.count == 1 && rows[0].text("status") == "delivered")
            #expect(try await receiver.seen()[0].text("body").contains(#""data":{"a":0}"#))
        }
    }

    @Test(arguments: Backend.available)
    func `a process that dies during a call sends it again under the same id`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("hang")
            try await shop.publish()
            let first = Task { try await shop.drain() }
            try await poll("the call") { try await receiver.seen().count == 1 }
            first.cancel()
            _ = try? await first.value
            try await receiver.answer("200")
            shop.clock.advance(by: .minutes(5))
            try await shop.drain()
            let rows = try await shop.deliveries(of: id)
            #expect(rows.count == 1 && rows[0].text("status") == "delivered" && rows[0].int("attempts") == 1)
            let seen = try await receiver.seen()
            #expect(seen.count == 2 && Set(seen.compactMap { $0["headers"]?.text("webhook-id") }).count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an event reaches each of very many receivers once`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let url = receiver.url("/many")
            let sealed = try WebhookSecret(random: .system).sealed(in: shop.service.box)
            try await shop.database.write { tx in
                for number in 0..<250 {
                    var webhook = Webhook()
                    webhook.url = url + String(number)
                    webhook.topics = [try #require(TopicPattern(number % 5 == 0 ? "stock.*" : "order.*"))]
                    webhook.sealedSecret = sealed
                    _ = try WebhookQueries.insert(webhook, at: shop.clock.source.now, tx)
                }
            }
            try await shop.publish(.orderPaid)
            try await shop.drain()
            let paths = try await receiver.seen().map { $0.text("path") }
            #expect(paths.count == 200 && Set(paths).count == 200)
            #expect(try await shop.count("webhook_deliveries", "status = 'delivered'") == 200)
        }
    }
}

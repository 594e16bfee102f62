import AppHarness
import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import TestSupport
import Testing

@testable import Webhooks

/// Deliveries that are sent again.
@Suite struct WebhookReplayTests {
    private static let path = "/api/admin/webhook-deliveries/"

    @Test(arguments: Backend.available)
    func `one delivery is sent again on the same row, under the same id`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await shop.publish()
            try await shop.drain()
            let row = try await shop.deliveries(of: id)[0]
            let place = "\(Self.path)\(row.int("id"))/replay/"
            let again = try await shop.call(.post, place)
            #expect(again.status == 202 && again.text("status") == "pending" && again.json.int("attempts") == 1)
            try await receiver.answer("500")
            try await shop.drain()
            try await receiver.answer("200")
            try await shop.pass(.seconds(6), by: .seconds(6))
            let rows = try await shop.deliveries(of: id)
            #expect(rows.count == 1 && rows[0].text("status") == "delivered" && rows[0].int("attempts") == 3)
            let seen = try await receiver.seen()
            #expect(seen.count == 3 && Set(seen.compactMap { $0["headers"]?.text("webhook-id") }).count == 1)
            #expect(Set(seen.map { $0.text("body") }).count == 1)
            #expect(try await shop.call(.post, Self.path + "99/replay/").status == 404)
            _ = try await shop.call(.patch, "/api/admin/webhooks/\(id)/", #"{"is_active": false}"#)
            let off = try await shop.call(.post, place)
            #expect(off.status == 409 && off.text("code") == "webhook_inactive")
            _ = try await shop.call(.delete, "/api/admin/webhooks/\(id)/")
            #expect(try await shop.call(.post, place).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `a delivery that has given up begins anew with a replay`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("500")
            try await shop.publish()
            try await shop.pass(.days(4), by: .hours(6))
            let dead = try await shop.deliveries(of: id)[0]
            #expect(dead.text("status") == "dead" && dead["next_attempt_at"] == .null)
            _ = try await shop.call(.post, "\(Self.path)\(dead.int("id"))/replay/")
            try await shop.drain()
            let row = try await shop.deliveries(of: id)[0]
            #expect(row.text("status") == "failed" && row.int("attempts") == dead.int("attempts") + 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a span of time is sent again, of one receiver or of one status where it is asked for`(
        _ backend: Backend
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let (one, two) = (
                try await shop.webhook(receiver.url("/one")).id, try await shop.webhook(receiver.url("/two")).id
            )
            let start = shop.clock.source.now
            try await receiver.answer("500", at: "/two")
            for _ in 0..<110 {
                try await shop.publish()
                shop.clock.advance(by: .seconds(1))
            }
            try await shop.drain()
            try await receiver.answer("200", at: "/two")
            let (from, until) = ((start + .seconds(2)).description, (start + .seconds(108)).description)
            for (more, count) in [
                (#", "webhook_id": \#(one)"#, 106), (#", "webhook_id": \#(two), "status": "failed""#, 106),
                (#", "status": "dead""#, 0), ("", 212),
            ] {
                let before = try await receiver.seen().count
                let answer = try await shop.call(
                    .post, Self.path + "replay/", #"{"from": "\#(from)", "until": "\#(until)"\#(more)}"#)
                #expect(answer.status == 202 && answer.json.int("count") == count, "\(more): \(answer.json)")
                try await shop.drain()
                #expect(try await receiver.seen().count - before == count, "\(more)")
            }
            #expect(try await shop.count("webhook_deliveries") == 220, "no row is new")
        }
    }

    @Test func `a span without an end, or that ends before it begins, is refused`() async throws {
        try await WebhookHarness.with(.sqlite) { shop in
            for (body, field) in [
                ("{}", "from"), (#"{"from": "2026-01-01"}"#, "until"), (#"{"until": "2026-01-01"}"#, "from"),
                (#"{"from": "yesterday", "until": "2026-01-01"}"#, "from"),
                (#"{"from": "2026-02-01", "until": "2026-01-01"}"#, "until"),
                (#"{"from": "2026-01-01", "until": "2026-01-02", "status": "lost"}"#, "status"),
            ] {
                let answer = try await shop.call(.post, Self.path + "replay/", body)
                #expect(answer.status == 400 && answer[field] != nil, "\(body): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `staff try a receiver out, with an event of its own`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let (id, secret) = try await shop.webhook(receiver.url(), "stock.low")
            let other = try await shop.webhook(receiver.url("/other")).id
            let answer = try await shop.call(.post, "/api/admin/webhooks/\(id)/test/")
            #expect(answer.status == 202 && answer.text("topic") == "webhook.test")
            try await shop.drain()
            let seen = try await receiver.seen()
            #expect(seen.count == 1 && seen[0].text("path") == "/hook")
            let body = try JSONValue(parsing: Array(seen[0].text("body").utf8))
            #expect(body.text("type") == "webhook.test" && body["data"]?.int("id") == Int(id))
            #expect(body["data"]?["secret"] == .null)
            #expect(try await receiver.verify(0, secret)["svix"] == .bool(true))
            #expect(try await shop.deliveries(of: other).isEmpty)
            _ = try await shop.call(.patch, "/api/admin/webhooks/\(id)/", #"{"is_active": false}"#)
            #expect(try await shop.call(.post, "/api/admin/webhooks/\(id)/test/").status == 409)
        }
    }
}

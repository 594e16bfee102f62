import AppHarness
import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import TestSupport
import Testing

@testable import Webhooks

/// What webhooks cost, and what is kept.
@Suite struct WebhookCostTests {
    @Test(arguments: Backend.available)
    func `where nobody listens nothing is rendered, written, or asked more than once`(_ backend: Backend) async throws {
        try await WebhookHarness.with(backend) { shop in
            _ = try await shop.webhook("https://receiver.example.com/", "stock.*")
            try await shop.publish(.orderPaid)
            let meter = StatementMeter()
            try await StatementMeter.$current.withValue(meter) {
                try await shop.database.write { tx in
                    for topic in TopicPattern.offered where !topic.rawValue.hasPrefix("stock.") {
                        try shop.service.publisher.publish(topic, in: tx) { () -> [String: Int] in
                            Issue.record("a body was rendered for nobody")
                            return [:]
                        }
                    }
                }
            }
            #expect(meter.statements == 0)
            #expect(try await shop.count("shop_events") == 0)
            #expect(try await shop.count("jobs") == 0)
        }
    }

    @Test func `a receiver is heard at once where it was made, and within two seconds elsewhere`() async throws {
        try await WebhookHarness.with(.sqlite) { shop in
            let time = MovableInstant()
            let elsewhere = WebhookListeners(now: { time.now })
            func isHeard(_ listeners: WebhookListeners) async throws -> Bool {
                try await shop.database.write { try listeners.want(.orderPaid, $0) }
            }
            #expect(try await !isHeard(elsewhere))
            #expect(try await !isHeard(shop.service.listeners))
            let id = try await shop.webhook("https://receiver.example.com/", "order.*").id
            #expect(try await isHeard(shop.service.listeners))
            #expect(try await !isHeard(elsewhere))
            time.advance(by: .seconds(2))
            #expect(try await isHeard(elsewhere))
            _ = try await shop.call(.delete, "/api/admin/webhooks/\(id)/")
            #expect(try await !isHeard(shop.service.listeners))
        }
    }

    @Test(arguments: Backend.available)
    func `lists and the work of a round are few statements, each through an index`(_ backend: Backend) async throws {
        try await WebhookHarness.with(backend) { shop in
            let id = try await Self.fill(shop)
            let plans = PlanReader(database: shop.database)
            let narrowings = [
                "", "status=failed", "topic=order.paid", "from=2026-01-01&until=2030-01-01", "search=order.pa",
                "search=evt_0", "status=failed&topic=order.paid",
            ]
            let orders = ["", "&ordering=created_at", "&ordering=status", "&ordering=-status"]
            for query in narrowings.flatMap({ narrowing in orders.map { "?" + narrowing + $0 } }) {
                let path = "/api/admin/webhooks/\(id)/deliveries/\(query)"
                let found = try await plans.findings { _ = try await shop.call(.get, path) }
                #expect(found.isEmpty, "\(path): \(found)")
                #expect(try await shop.call(.get, path).statements <= 4)
            }
            #expect(try await shop.call(.get, "/api/admin/webhooks/").statements <= 4)
            // Receivers are few: a search looks at all of them, and they are sorted.
            for query in ["search=RECEIVER", "ordering=is_active", "ordering=-created_at&is_active=true"] {
                let found = try await shop.call(.get, "/api/admin/webhooks/?" + query)
                #expect(found.json.int("count") == 40, "\(query): \(found.json)")
            }
            #expect(try await shop.call(.get, "/api/admin/webhooks/?search=nowhere").json.int("count") == 0)
            #expect(try await shop.call(.get, "/api/admin/webhooks/\(id)/").statements <= 6)
            let now = shop.clock.source.now
            let work = try await plans.findings(withWrites: true) {
                try await shop.database.write { tx in
                    _ = try DeliveryQueries.due(for: WebhookID(id), at: now, limit: 4, tx)
                    _ = try DeliveryQueries.next(for: WebhookID(id), tx)
                    _ = try EventQueries.clear(of: UserID(7), limit: 100, tx)
                    try EventQueries.clear(of: [OrderID(7)], tx)
                    _ = try EventQueries.clear(at: now, limit: 100, tx)
                    _ = try DeliveryQueries.purge(before: now - .days(90), limit: 100, tx)
                    _ = try EventQueries.purge(before: now - .days(90), limit: 100, tx)
                    let filter = DeliveryQueries.Filter(from: now - .days(1), until: now)
                    let start = DeliveryQueries.Place(createdAt: now - .days(1), id: WebhookDeliveryID(0))
                    _ = try DeliveryQueries.replayable(filter, after: start, limit: 100, tx)
                }
            }
            #expect(work.isEmpty, "\(work)")
        }
    }

    /// Makes 40 receivers with 50 deliveries each, and returns one of them.
    private static func fill(_ shop: WebhookHarness) async throws -> Int64 {
        let id = try await shop.webhook("https://receiver.example.com/").id
        let now = shop.clock.source.now
        try await shop.database.write { tx in
            var ids = [WebhookID(id)]
            let webhook = try #require(try WebhookQueries.find(ids[0], tx))
            for _ in 0..<39 { ids.append(try WebhookQueries.insert(webhook, at: now, tx)) }
            for number in 0..<50 {
                let event = ShopEvent(
                    .orderPaid, EventSubject(user: nil, order: nil), data: Array("{}".utf8), at: now, random: .system)
                let row = try EventQueries.insert(event, clearAt: now + .days(30), tx)
                try DeliveryQueries.insert(
                    ids.map { id in
                        var delivery = WebhookDelivery()
                        delivery.webhook = id
                        delivery.event = row
                        delivery.topic = .orderPaid
                        delivery.status = number % 10 == 0 ? .failed : .delivered
                        delivery.nextAttemptAt = number % 10 == 0 ? now + .hours(1) : nil
                        delivery.createdAt = now - .seconds(Int64(number))
                        return delivery
                    }, tx)
            }
            if tx.dialect == .sqlite { try tx.execute("ANALYZE") }
        }
        return id
    }

    @Test(arguments: Backend.available)
    func `what an event tells of somebody goes with them, or after its time, and is not sent any more`(
        _ backend: Backend
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook(receiver.url()).id
            try await receiver.answer("500")
            try await shop.publish(.customerCreated, ["name": "qxada"], about: EventSubject(user: UserID(7)))
            try await shop.publish(.orderPaid, ["name": "qxada"], about: EventSubject(order: OrderID(8)))
            try await shop.publish(
                .orderPaid, ["name": "qxbob"], about: EventSubject(user: UserID(9), order: OrderID(9)))
            try await shop.drain()
            try await shop.database.write { tx in
                #expect(try EventQueries.clear(of: UserID(7), limit: 10, tx) == 1)
                #expect(try EventQueries.clear(of: UserID(7), limit: 10, tx) == 0)
                try EventQueries.clear(of: [OrderID(8)], tx)
            }
            #expect(try await shop.database.read { try TextScan.findings(of: "qxada", $0) }.isEmpty)
            try await receiver.answer("200")
            try await shop.pass(.seconds(6), by: .seconds(6))
            #expect(try await shop.deliveries(of: id, "&status=dead").count == 2)
            #expect(try await shop.deliveries(of: id, "&status=delivered").count == 1)
            let dead = try await shop.deliveries(of: id, "&status=dead")[0]
            let again = try await shop.call(.post, "/api/admin/webhook-deliveries/\(dead.int("id"))/replay/")
            #expect(again.status == 409 && again.text("code") == "payload_cleared")
            shop.clock.advance(by: .days(30))
            let now = shop.clock.source.now
            try await shop.database.write { tx in _ = try EventQueries.clear(at: now, limit: 10, tx) }
            #expect(try await shop.database.read { try TextScan.findings(of: "qxbob", $0) }.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `old deliveries and deleted receivers are cleared away in steps`(_ backend: Backend) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let (old, gone) = (
                try await shop.webhook(receiver.url("/a")).id, try await shop.webhook(receiver.url("/b")).id
            )
            for _ in 0..<3 { try await shop.publish() }
            try await shop.drain()
            _ = try await shop.call(.delete, "/api/admin/webhooks/\(gone)/")
            let now = shop.clock.source.now
            try await shop.database.write { tx in
                let steps = try (0..<4).map { _ in try WebhookQueries.purge(limit: 2, tx) }
                #expect(steps == [2, 1, 1, 0])
                #expect(try EventQueries.purge(before: now + .days(1), limit: 10, tx) == 0, "still named")
                #expect(try DeliveryQueries.purge(before: now + .days(1), limit: 10, tx) == 3)
                #expect(try EventQueries.purge(before: now + .days(1), limit: 10, tx) == 3)
            }
            #expect(try await shop.count("shop_webhooks") == 1)
            #expect(try await shop.deliveries(of: old).isEmpty)
        }
    }
}

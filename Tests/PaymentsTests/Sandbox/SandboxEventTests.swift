import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Payments

/// What the sandbox tells, when, and how often.
@Suite struct SandboxEventTests {
    private struct Delivery: Decodable, Sendable {
        let path: String
        let signature: String
        let type: String
        let body: String
    }

    private func received(_ delivery: Delivery) -> WebhookDelivery {
        WebhookDelivery(body: Array(delivery.body.utf8), headers: [("sandbox-signature", delivery.signature)])
    }

    @Test(arguments: Backend.available)
    func `an event is sent to the shop, signed anew at each attempt until it is taken`(
        _ backend: Backend
    ) async throws {
        let peer = try OutboundPeer("webhook_receiver.py", "500", "302")
        let base = "http://127.0.0.1:\(peer.greeting.port)"
        try await SandboxHarness.with(backend, base: base) { shop in
            let reference = try await shop.open()
            _ = try await shop.choose("pay", reference)
            for _ in 0..<4 {
                try await shop.drainJobs()
                shop.clock.advance(by: .hours(1))
            }
            let attempts = try (0..<3).map { _ in try peer.next(as: Delivery.self) }
            #expect(Set(attempts.map(\.body)).count == 1 && Set(attempts.map(\.signature)).count == 3)
            #expect(attempts.allSatisfy { $0.path == "/api/payments/sandbox/webhook/" })
            #expect(attempts.allSatisfy { $0.type == "application/json" })
            let event = try #require(try await shop.events().first)
            for (index, attempt) in attempts.enumerated() {
                let sent = SandboxHarness.start + .hours(Int64(index))
                let header = try shop.gateway.verify(received(attempt), at: sent)
                #expect(header == WebhookHeader(id: event.text("id"), type: "payment.captured", payload: event))
                let late = await refusal { try shop.gateway.verify(received(attempt), at: sent + .minutes(6)) }
                #expect(late == "invalid_signature")
            }
            #expect(try await shop.dueTimes().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `an event carries the whole payment and what it is about`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            let refund = try await shop.refund(500, of: payment)
            let events = try await shop.events()
            #expect(Set(events.map { $0.text("id") }).count == 3)
            let captured = try #require(events.first?["data"]?["payment"])
            #expect(captured["amount"] == .number("1999") && captured["captured"] == .number("1999"))
            #expect(captured["transaction_id"] == .string("pay_1") && captured["currency"] == .string("EUR"))
            let notices = try shop.gateway.notices(in: try #require(events.last))
            let latest = try await shop.find(try #require(payment.names.reference))
            #expect(
                notices == [
                    .payment(latest, currency: "EUR"), .refund(refund, of: latest.names, currency: "EUR"),
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `events in any order come to the same facts`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend, isManual: true) { shop in
            let reference = try await shop.open()
            _ = try await shop.choose("challenge", reference)
            _ = try await shop.form("/sandbox/pay/\(reference)/challenge/", "answer=confirm")
            let authorized = try await shop.find(reference)
            let capture = GatewayCapture(
                authorized.names, amount: Money(minorUnits: 1_000), of: authorized.authorized, try shop.draft().currency
            )
            let payment = try await shop.gateway.capture(capture, key: "c")
            _ = try await shop.refund(400, of: payment)
            let reports = try await shop.events().compactMap { event -> GatewayPayment? in
                guard case .payment(let report, _)? = try shop.gateway.notices(in: event).first else { return nil }
                return report
            }
            #expect(reports.count == 5)
            let expected = PaymentFacts().merging(try await shop.find(reference))
            var random = RandomSource.seeded(3)
            for _ in 0..<60 {
                let order = (reports + reports).shuffled(using: &random)
                #expect(order.reduce(PaymentFacts()) { $0.merging($1) } == expected)
            }
            #expect(expected.status(refunded: Money(minorUnits: 400)) == .partiallyRefunded)
        }
    }

    @Test(arguments: Backend.available)
    func `webhooks are late, doubled and lost on request`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            _ = try await shop.send(.put, "/sandbox/webhooks/", #"{"delay_seconds": 30, "duplicates": 2}"#)
            _ = try await shop.paid()
            #expect(try await shop.dueTimes() == [30, 30, 30])
            _ = try await shop.send(.put, "/sandbox/webhooks/", #"{"loss_percent": 100}"#)
            _ = try await shop.paid(id: "pay_2")
            #expect(try await shop.dueTimes().count == 3)
            #expect(try await shop.events().count == 2)
            _ = try await shop.send(.put, "/sandbox/webhooks/", #"{"loss_percent": 50}"#)
            for round in 0..<40 { _ = try await shop.paid(id: "half_\(round)") }
            let told = try await shop.dueTimes().count - 3
            #expect((8...32).contains(told))
        }
    }

    @Test(arguments: Backend.available)
    func `webhooks come in another order on request`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            _ = try await shop.send(.put, "/sandbox/webhooks/", #"{"shuffled": true, "delay_seconds": 5}"#)
            for round in 0..<12 { _ = try await shop.paid(id: "pay_\(round)") }
            let times = try await shop.dueTimes()
            #expect(times.count == 12 && times.allSatisfy { (5...15).contains($0) })
            #expect(times != times.sorted())
        }
    }

    @Test func `what is no event is refused, and what the shop does not follow is nothing`() throws {
        let reading = SandboxReading(amounts: GatewayAmounts(["EUR": .init(decimals: 2)]))
        #expect(try reading.notices(.object(["type": .string("payout.paid")])) == [])
        for event in [#"{}"#, #"{"type": "payment.captured"}"#, #"{"type": "payment.captured", "data": {}}"#] {
            #expect(throws: GatewayError.self) { try reading.notices(try JSONValue(parsing: event.utf8)) }
        }
        for body in ["", "[]", "{", #"{"id": 1, "type": "x"}"#] {
            #expect(throws: GatewayError.self) { try reading.header(Array(body.utf8)) }
        }
    }
}

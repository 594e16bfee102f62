import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// Webhooks come late, doubled, lost and in any order; the books end the same.
@Suite struct WebhookOrderTests {
    @Test(arguments: Backend.available)
    func `every order of authorized, captured, refunded and disputed ends in the same state`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend, isManual: true) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, stock: 1_000)
            var ends: [PaymentHarness.Books] = []
            for order in permutations([0, 1, 2, 3]) {
                let events = try await story(pay, ada)
                for index in order { #expect(try await pay.deliver(events.payloads[index]) == 200) }
                try await pay.drain()
                // All of them once more: a gateway repeats what it is not sure of.
                for payload in events.payloads { #expect(try await pay.deliver(payload) == 200) }
                try await pay.drain()
                ends.append(try await pay.books(of: events.order))
            }
            #expect(ends.count == 24)
            let expected = try #require(ends.first)
            #expect(expected.order == "processing/partially_refunded")
            #expect(
                expected.payments == ["partiallyRefunded 1000 1000 300 39 partial surplus false [\"completed 300\"]"])
            #expect(
                expected.ledger == [
                    "clearing:sandbox 261", "disputes 400", "fees 39", "receivable 300", "sales -1000",
                ])
            for end in ends { #expect(end == expected) }
        }
    }

    /// Has a payment authorized, captured, refunded in part and disputed at the gateway, of which the shop hears nothing, and returns
    /// the events: authorized, captured, refund completed, dispute opened.
    private func story(
        _ pay: PaymentHarness, _ ada: Identity
    ) async throws -> (order: Int64, payloads: [String]) {
        let known = try await pay.events().count
        let order = try await pay.order(ada, product: 1)
        let payment = try await pay.initiate(order, as: ada)
        let reference = try #require(payment.text("gateway_transaction_id"))
        try await pay.choose("pay", of: payment)
        let usd = pay.shop.currency
        var names = GatewayLookup(transactionID: try #require(payment.text("transaction_id")), reference: reference)
        let whole = Money(minorUnits: 1_000)
        let gateway = pay.sandbox.gateway
        names = try await gateway.capture(
            GatewayCapture(names, amount: whole, of: whole, usd), key: "capture-\(order)"
        ).names
        // As if it were made in the gateway's dashboard.
        _ = try await gateway.refund(
            GatewayRefundDraft(
                RefundID(1_000_000), of: names, amount: Money(minorUnits: 300), captured: whole, usd, reason: ""),
            key: "refund-\(order)")
        let disputed = try await pay.call(
            .post, "/sandbox/payments/\(reference)/", #"{"action": "dispute", "amount": 400}"#,
            as: PaymentHarness.admin)
        try #require(disputed.status == 200, "\(disputed.json)")
        let events = try await pay.events()[known...]
        let wanted = ["payment.authorized", "payment.captured", "refund.completed", "dispute.opened"]
        return (
            order,
            try wanted.map { type in
                try #require(events.first { $0.contains("\"\(type)\"") }, "no \(type) in \(events)")
            }
        )
    }

    private func permutations<Value>(_ values: [Value]) -> [[Value]] {
        guard values.count > 1 else { return [values] }
        return values.indices.flatMap { index in
            var rest = values
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}

import Commerce
import Outbound
import Payments
import Primitives
import TestSupport
import Testing

/// The gateway beside localstripe, a server of others that imitates Stripe, as far as that goes: it knows no keys, no
/// search and no windows of time, and makes a refund of what a capture leaves.
@Suite struct LocalstripeTests {
    private let stripe: StripePeer

    init() throws { stripe = try StripePeer("localstripe_peer.py") }

    private func call(_ method: String, _ path: String, _ form: String = "") async throws -> JSONValue {
        let headers = [
            OutboundHeader("Authorization", "Bearer sk_test_peer"),
            OutboundHeader("Content-Type", "application/x-www-form-urlencoded"),
        ]
        let request = OutboundRequest(method, stripe.base + path, headers: headers, body: Array(form.utf8))
        let body = try await stripe.client.send(request).body
        return body.isEmpty ? .null : try JSONValue(parsing: body)
    }

    private func pay(_ names: GatewayLookup, _ method: String) async throws {
        let path = "/v1/payment_intents/\(try #require(names.reference))"
        _ = try await call("POST", path, "payment_method=\(method)")
        _ = try await call("POST", path + "/confirm")
    }

    @Test func `a payment is made, paid, found and refunded`() async throws {
        let gateway = try stripe.gateway()
        let payment = try await gateway.create(.stripe(), key: "k")
        guard case .clientSecret(let secret, "pk_test_peer")? = payment.nextAction else {
            Issue.record("no client secret")
            return
        }
        #expect(secret.begins(with: try #require(payment.names.reference) + "_secret_"))
        try await pay(payment.names, "pm_card_visa")
        let paid = try #require(try await gateway.find(payment.names, in: .usd))
        #expect(paid.captured == .minor(2_000) && paid.authorized == .minor(2_000) && paid.fee == .zero)
        let draft = GatewayRefundDraft(
            RefundID(7), of: paid.names, amount: .minor(500), captured: .minor(2_000), .usd, reason: "too small")
        let refund = try await gateway.refund(draft, key: "r")
        #expect(refund.refund == RefundID(7) && refund.status == .completed)
        #expect(try await gateway.find(payment.names, in: .usd)?.refunds == [refund])
    }

    @Test func `an authorized payment is captured, and another one voided`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let first = try await gateway.create(.stripe("pay_1"), key: "a").names
        try await pay(first, "pm_card_visa")
        #expect(try await gateway.find(first, in: .usd)?.authorized == .minor(2_000))
        #expect(try await gateway.find(first, in: .usd)?.captured == .zero)
        let capture = GatewayCapture(first, amount: .minor(2_000), of: .minor(2_000), .usd)
        #expect(try await gateway.capture(capture, key: "c").captured == .minor(2_000))
        let second = try await gateway.create(.stripe("pay_2"), key: "b").names
        #expect(try await gateway.void(second, in: .usd, key: "v").progress == .canceled)
    }

    @Test func `a declined card is a failed payment`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe(), key: "k").names
        try await pay(names, "pm_card_chargeCustomerFail")
        let failed = try #require(try await gateway.find(names, in: .usd))
        #expect(failed.progress == .failed && failed.failureReason == "Your card was declined.")
    }

    @Test func `its webhook is verified and tells of the payment`() async throws {
        let gateway = try stripe.gateway()
        let form = "url=\(stripe.base)/_config/hook&secret=whsec_old"
        _ = try await call("POST", "/_config/webhooks/shop", form)
        let names = try await gateway.create(.stripe(), key: "k").names
        try await pay(names, "pm_card_visa")
        var received: [JSONValue] = []
        try await poll("a webhook of localstripe") {
            guard case .array(let webhooks)? = try await call("GET", "/_config/received")["webhooks"] else {
                return false
            }
            received = webhooks
            return !received.isEmpty
        }
        guard case .string(let body)? = received[0]["body"], case .string(let header)? = received[0]["signature"] else {
            Issue.record("no webhook")
            return
        }
        let delivery = WebhookDelivery(body: Array(body.utf8), headers: [("Stripe-Signature", header)])
        let event = try await gateway.verify(delivery, at: TimeSource.machine.now)
        #expect(event.type == "payment_intent.succeeded")
        guard case .payment(let payment, "USD")? = try gateway.notices(in: event.payload).first else {
            Issue.record("no payment")
            return
        }
        #expect(payment.captured == .minor(2_000) && payment.names.transactionID == "pay_1")
    }
}

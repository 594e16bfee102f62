import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// A payment's way through Stripe, against a peer that refuses what Stripe would refuse.
@Suite struct StripePaymentsTests {
    private let stripe: StripePeer

    init() throws { stripe = try StripePeer() }

    private func made(_ gateway: StripeGateway, _ draft: GatewayDraft = .stripe()) async throws -> GatewayLookup {
        try await gateway.create(draft, key: "create-\(draft.transactionID)").names
    }

    private func intent(_ names: GatewayLookup) throws -> [String: JSONValue] {
        ["intent": .string(try #require(names.reference))]
    }

    @Test func `a payer gets a client secret, pays, and the payment is found with its fee`() async throws {
        let gateway = try stripe.gateway()
        let payment = try await gateway.create(.stripe(), key: "k1")
        let reference = try #require(payment.names.reference)
        #expect(payment.nextAction == .clientSecret(reference + "_secret_peer", publicKey: "pk_test_peer"))
        #expect(payment.progress == .open && payment.captured == .zero && payment.authorized == .zero)
        try await stripe.control("confirm", intent(payment.names))
        let paid = try #require(try await gateway.find(payment.names, in: .usd))
        #expect(paid.captured == .minor(2_000) && paid.authorized == .minor(2_000) && paid.fee == .minor(88))
        #expect(paid.method == "card" && paid.nextAction == nil && paid.names.transactionID == "pay_1")
        #expect(paid.names.transaction?.begins(with: "ch_") == true)
    }

    @Test func `what is kept of an answer holds no secret, no card and no address`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let paid = try #require(try await gateway.find(names, in: .usd))
        let kept = String(decoding: try JSONBytes.encode(paid.response), as: UTF8.self)
        #expect(kept.holds(text: "pay_1"))
        for word in ["_secret_", "4242", "payer@example.com"] { #expect(!kept.holds(text: word)) }
    }

    @Test func `an authorized payment is captured in part, once`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        #expect(!gateway.capturesAutomatically)
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let authorized = try #require(try await gateway.find(names, in: .usd))
        #expect(authorized.authorized == .minor(2_000) && authorized.captured == .zero)
        #expect(PaymentFacts().merging(authorized).status(refunded: .zero) == .authorized)
        let capture = GatewayCapture(names, amount: .minor(1_250), of: .minor(2_000), .usd)
        let captured = try await gateway.capture(capture, key: "c1")
        #expect(captured.captured == .minor(1_250) && captured.authorized == .minor(2_000))
        #expect(try await gateway.capture(capture, key: "c1") == captured)
        let again = try await stripeError { _ = try await gateway.capture(capture, key: "c2") }
        guard case .refused(400, "payment_intent_unexpected_state", _)? = again else {
            Issue.record("\(String(describing: again))")
            return
        }
    }

    @Test func `a capture over what was authorized is refused`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let capture = GatewayCapture(names, amount: .minor(2_001), of: .minor(2_000), .usd)
        let error = try await stripeError { _ = try await gateway.capture(capture, key: "c1") }
        #expect(error?.code == "gateway_refused" && error?.reason.begins(with: "amount_too_large") == true)
    }

    @Test func `refunds are counted by Stripe and end at what was captured`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        func draft(_ id: Int64, _ amount: Int64, _ reason: String = "too small") -> GatewayRefundDraft {
            GatewayRefundDraft(
                RefundID(id), of: names, amount: .minor(amount), captured: .minor(2_000), .usd, reason: reason)
        }
        let first = try await gateway.refund(draft(7, 500), key: "r7")
        #expect(first.refund == RefundID(7) && first.amount == .minor(500) && first.status == .completed)
        #expect(try await gateway.refund(draft(7, 500), key: "r7") == first)
        let second = try await gateway.refund(draft(8, 1_500, "duplicate"), key: "r8")
        #expect(second.refund == RefundID(8))
        let over = try await stripeError { _ = try await gateway.refund(draft(9, 1), key: "r9") }
        #expect(over?.reason.begins(with: "charge_already_refunded") == true)
        let found = try #require(try await gateway.find(names, in: .usd))
        #expect(Set(found.refunds) == [first, second] && found.captured == .minor(2_000))
    }

    @Test func `more refunds than a charge shows are all found`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        for id in 1...12 {
            _ = try await gateway.refund(
                GatewayRefundDraft(
                    RefundID(Int64(id)), of: names, amount: .minor(10), captured: .minor(2_000), .usd, reason: ""),
                key: "r\(id)")
        }
        let found = try #require(try await gateway.find(names, in: .usd))
        #expect(Set(found.refunds.map(\.refund)) == Set((1...12).map { RefundID(Int64($0)) }))
    }

    @Test func `what a capture of a part gives back is no refund, and what staff give back is one`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let capture = GatewayCapture(names, amount: .minor(1_250), of: .minor(2_000), .usd)
        #expect(try await gateway.capture(capture, key: "c1").refunds.isEmpty)
        #expect(try await stripe.count("refunds") == "1")
        for amount in ["750", "20"] {
            try await stripe.control(
                "dashboard_refund", intent(names).merging(["amount": .number(amount), "after": .number("900")]) { $1 })
        }
        let found = try #require(try await gateway.find(names, in: .usd))
        #expect(found.refunds.map(\.amount) == [.minor(20), .minor(750)] && found.captured == .minor(1_250))
        #expect(found.refunds.allSatisfy { $0.refund == nil })
    }

    @Test(arguments: [("20", "0"), ("750", "900")])
    func `a refund of another amount or time than the capture's rest is one`(amount: String, after: String) async throws
    {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let capture = GatewayCapture(names, amount: .minor(1_250), of: .minor(2_000), .usd)
        _ = try await gateway.capture(capture, key: "c1")
        try await stripe.control("forget_refunds")
        try await stripe.control(
            "dashboard_refund", intent(names).merging(["amount": .number(amount), "after": .number(after)]) { $1 })
        let found = try #require(try await gateway.find(names, in: .usd))
        #expect(found.refunds.map { String($0.amount.minorUnits) } == [amount])
    }

    @Test func `what a void gives back is no refund`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let voided = try await gateway.void(names, in: .usd, key: "v1")
        #expect(voided.refunds.isEmpty && voided.captured == .zero && voided.authorized == .minor(2_000))
        #expect(PaymentFacts().merging(voided).status(refunded: .zero) == .cancelled)
        #expect(try await stripe.count("refunds") == "1")
    }

    @Test(arguments: [
        ("succeeded", GatewayRefund.Status.completed), ("pending", .pending), ("requires_action", .pending),
        ("failed", .failed), ("canceled", .failed),
    ])
    func `a refund's status is read`(status: String, expected: GatewayRefund.Status) async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let refund = try await gateway.refund(
            GatewayRefundDraft(RefundID(1), of: names, amount: .minor(10), captured: .minor(2_000), .usd, reason: ""),
            key: "r1")
        let change: JSONValue = .object([
            "status": .string(status), "failure_reason": .string("expired_or_canceled_card"),
        ])
        try await stripe.control("refund", ["refund": .string(refund.id), "to": change])
        let found = try #require(try await gateway.find(names, in: .usd)).refunds
        #expect(found.map(\.status) == [expected] && found.map(\.failureReason) == ["expired_or_canceled_card"])
    }

    @Test func `a void ends a payment, and a second one finds it ended`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        #expect(try await gateway.void(names, in: .usd, key: "v1").progress == .canceled)
        #expect(try await gateway.void(names, in: .usd, key: "v2").progress == .canceled)
        let capture = GatewayCapture(names, amount: .minor(2_000), of: .minor(2_000), .usd)
        #expect(try await stripeError { _ = try await gateway.capture(capture, key: "c") }?.code == "gateway_refused")
    }

    @Test func `a paid payment cannot be voided`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names))
        let error = try await stripeError { _ = try await gateway.void(names, in: .usd, key: "v1") }
        #expect(error?.reason.begins(with: "payment_intent_unexpected_state") == true)
    }

    @Test func `a declined card is a failed payment with its reason, and a later card pays it`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control(
            "confirm", intent(names).merging(["method": .string("pm_card_insufficient")]) { $1 })
        let failed = try #require(try await gateway.find(names, in: .usd))
        #expect(failed.progress == .failed && failed.failureReason == "Your card has insufficient funds.")
        #expect(failed.nextAction == nil && failed.captured == .zero)
        try await stripe.control("confirm", intent(names))
        let paid = try #require(try await gateway.find(names, in: .usd))
        #expect(PaymentFacts().merging(paid).merging(failed).status(refunded: .zero) == .completed)
    }

    @Test func `a bank at work is processing, and a payer who must act keeps the secret`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        try await stripe.control("confirm", intent(names).merging(["method": .string("pm_card_authenticate")]) { $1 })
        let acting = try #require(try await gateway.find(names, in: .usd))
        #expect(acting.progress == .open && acting.nextAction != nil)
        try await stripe.control("confirm", intent(names).merging(["method": .string("pm_bank_debit")]) { $1 })
        #expect(try await gateway.find(names, in: .usd)?.progress == .processing)
    }

    @Test func `a fee in another currency than the payment's is not told`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        let settlement: JSONValue = .object(["settlement": .string("eur")])
        try await stripe.control("change", intent(names).merging(["to": settlement]) { $1 })
        try await stripe.control("confirm", intent(names))
        let found = try #require(try await gateway.find(names, in: .usd))
        #expect(found.fee == nil && found.captured == .minor(2_000))
    }

    @Test func `what was not asked to be charged is not taken for paid`() async throws {
        let gateway = try stripe.gateway()
        let names = try await made(gateway)
        let error = try await stripeError {
            _ = try await gateway.find(names, in: try #require(Currency(code: "EUR")))
        }
        #expect(error?.code == "gateway_unavailable")
    }
}

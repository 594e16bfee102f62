import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// What becomes of calls whose answers are lost, late, cut or no answers at all.
@Suite struct StripeFaultTests {
    private let stripe: StripePeer

    init() throws { stripe = try StripePeer() }

    private func fault(_ kind: String, times: Int = 1, on path: String = "/v1/") async throws {
        for _ in 0..<times { try await stripe.control("fault", ["kind": .string(kind), "on": .string(path)]) }
    }

    private func refusal(_ status: Int, _ code: String, times: Int = 1, shouldRetry: String? = nil) async throws {
        let headers = shouldRetry.map { ["Stripe-Should-Retry": JSONValue.string($0)] } ?? [:]
        for _ in 0..<times {
            try await stripe.control(
                "fault",
                [
                    "kind": .string("refuse"), "status": .number(String(status)), "code": .string(code),
                    "headers": .object(headers),
                ])
        }
    }

    private func expectOnePayment() async throws {
        let payment = try await stripe.gateway().create(.stripe(), key: "k1")
        #expect(payment.progress == .open)
        #expect(try await stripe.count("intents") == "1")
        let keys = try await stripe.requests().map { $0["key"] }
        #expect(keys == [.string("k1"), .string("k1")])
    }

    @Test func `a call whose answer was lost is repeated under its key and has one effect`() async throws {
        try await fault("lost")
        try await expectOnePayment()
    }

    @Test(arguments: [500, 503, 429, 409])
    func `a call that failed once is repeated under its key and has one effect`(status: Int) async throws {
        try await refusal(status, "some_code")
        try await expectOnePayment()
    }

    @Test func `Stripe says by a header whether to repeat`() async throws {
        try await refusal(400, "some_code", shouldRetry: "true")
        try await expectOnePayment()
        try await refusal(409, "some_code", shouldRetry: "false")
        let error = try await stripeError { _ = try await stripe.gateway().create(.stripe("pay_2"), key: "k2") }
        #expect(error?.code == "gateway_unavailable")
        #expect(try await stripe.requests().count == 3)
    }

    @Test func `a refund whose answer was lost is made once`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe(), key: "k").names
        try await stripe.control("confirm", ["intent": .string(try #require(names.reference))])
        try await fault("lost", on: "/v1/refunds")
        let draft = GatewayRefundDraft(
            RefundID(1), of: names, amount: .minor(700), captured: .minor(2_000), .usd, reason: "")
        #expect(try await gateway.refund(draft, key: "r").amount == .minor(700))
        #expect(try await stripe.count("refunds") == "1")
    }

    @Test func `a stored failure comes again under the same key, and the payment is found`() async throws {
        let gateway = try stripe.gateway()
        try await fault("500 after")
        for _ in 0..<2 {
            let error = try await stripeError { _ = try await gateway.create(.stripe(), key: "k1") }
            #expect(error == .unavailable("it answers 500", isUndone: false))
        }
        #expect(try await stripe.count("intents") == "1")
        #expect(try await gateway.find(GatewayLookup(transactionID: "pay_1"), in: .usd)?.progress == .open)
    }

    @Test(arguments: [("html", "it answers 200 without JSON"), ("truncated", nil)])
    func `an answer that is none is no success`(kind: String, reason: String?) async throws {
        let gateway = try stripe.gateway()
        try await fault(kind, times: 3)
        let error = try await stripeError { _ = try await gateway.create(.stripe(), key: "k1") }
        guard case .unavailable(let said, isUndone: false)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        if let reason { #expect(said == reason) }
    }

    @Test(arguments: [("lock_timeout", true), ("idempotency_key_in_use", false)])
    func `a lock that stays is unavailable`(code: String, isUndone: Bool) async throws {
        try await refusal(409, code, times: 3)
        let error = try await stripeError { _ = try await stripe.gateway().create(.stripe(), key: "k1") }
        #expect(error == .unavailable("it is busy with this object (\(code))", isUndone: isUndone))
        #expect(try await stripe.requests().count == 3)
    }

    @Test func `a key used for another request is refused`() async throws {
        let gateway = try stripe.gateway()
        _ = try await gateway.create(.stripe("pay_1"), key: "k1")
        let error = try await stripeError { _ = try await gateway.create(.stripe("pay_2"), key: "k1") }
        #expect(error?.code == "gateway_refused" && error?.reason.begins(with: "idempotency_error") == true)
    }

    @Test(arguments: [("sk_test_wrong", 401), ("rk_test_weak", 403)])
    func `a key that may not is refused as the shop's fault`(key: String, status: Int) async throws {
        let gateway = try stripe.gateway(["secret_key": key])
        let error = try await stripeError { _ = try await gateway.create(.stripe(), key: "k1") }
        guard case .refused(status, _, let words)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!words.holds(text: key))
    }

    @Test func `an amount under Stripe's minimum is refused`() async throws {
        let gateway = try stripe.gateway()
        let error = try await stripeError { _ = try await gateway.create(.stripe("pay_1", 49), key: "k1") }
        #expect(error?.reason.begins(with: "amount_too_small") == true)
    }

    @Test func `an amount that Stripe cannot say is never sent`() async throws {
        let gateway = try stripe.gateway()
        let dinar = try #require(Currency(code: "KWD"))
        let error = try await stripeError { _ = try await gateway.create(.stripe("pay_1", 5_124, dinar), key: "k1") }
        #expect(error?.code == "not_supported")
        #expect(try await stripe.requests().isEmpty)
    }

    @Test func `nobody listening is unavailable and undone`() async throws {
        let gateway = try stripe.gateway(["api_base": "http://127.0.0.1:1"])
        let error = try await stripeError { _ = try await gateway.create(.stripe(), key: "k1") }
        guard case .unavailable(_, isUndone: true)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

import Commerce
import Payments
import Primitives
import TestSupport
import Testing

@Suite struct RazorpayRefundTests {
    private let bench: RazorpayBench
    private let gateway: RazorpayGateway
    private let inr: Currency

    init() throws {
        bench = try RazorpayBench()
        gateway = try bench.gateway()
        inr = try #require(Currency(code: "INR"))
    }

    private func paid() async throws -> GatewayPayment {
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.pay(order)
        return try #require(try await gateway.find(order.names, in: inr))
    }

    private func draft(
        _ id: Int64, _ units: Int64, of payment: GatewayPayment, reason: String = "damaged"
    ) -> GatewayRefundDraft {
        GatewayRefundDraft(
            RefundID(id), of: payment.names, amount: Money(minorUnits: units), captured: payment.captured, inr,
            reason: reason)
    }

    @Test func `parts are refunded until nothing is left`() async throws {
        let payment = try await paid()
        let first = try await gateway.refund(draft(1, 20_000, of: payment), key: "r1")
        #expect(first.refund == RefundID(1))
        #expect(first.amount == Money(minorUnits: 20_000))
        #expect(first.status == .completed)
        let tooMuch = try await RazorpayBench.refusal {
            try await gateway.refund(draft(2, 30_001, of: payment), key: "r2")
        }
        #expect(tooMuch?.code == "gateway_refused")
        let second = try await gateway.refund(draft(3, 30_000, of: payment), key: "r3")
        let after = try #require(try await gateway.find(payment.names, in: inr))
        #expect(after.refunds == [first, second])
        #expect(after.captured == payment.captured)
        #expect(after.progress != .canceled)
    }

    @Test func `a refund names itself and the payment`() async throws {
        let payment = try await paid()
        _ = try await gateway.refund(draft(7, 100, of: payment), key: "r1")
        let request = try #require(try await bench.requests("POST", "/refund").first)
        let key = try #require(request["headers"]?["x-refund-idempotency"]?.text)
        #expect(key.utf8.count == 32)
        #expect(key.keeping { $0.isPlainWord } == key)
        let expected = """
            {"amount":100,"speed":"normal","receipt":"\(key)",\
            "notes":{"reason":"damaged","refund_id":"7","transaction_id":"p1-razorpay"}}
            """
        #expect(try await bench.bodies("POST", "/refund") == [try JSONValue(parsing: expected.utf8)])
    }

    @Test func `a long reason is cut to what a note takes`() async throws {
        let payment = try await paid()
        _ = try await gateway.refund(
            draft(7, 100, of: payment, reason: String(repeating: "ü", count: 300)), key: "r1")
        let body = try #require(try await bench.bodies("POST", "/refund").first)
        #expect(body["notes"]?["reason"]?.text == String(repeating: "ü", count: 256))
    }

    @Test(arguments: ["truncated", "done500", "html"])
    func `a refund whose answer was spoiled is the same when it is asked for again`(kind: String) async throws {
        let payment = try await paid()
        let attempts = kind == "html" ? 1 : 3
        try await bench.spoil("POST .*/refund", kind, times: attempts)
        let lost = try await RazorpayBench.refusal {
            try await gateway.refund(draft(1, 20_000, of: payment), key: "r1")
        }
        guard case .unavailable(_, let isUndone) = lost else { throw try #require(lost) }
        #expect(!isUndone)
        let again = try await gateway.refund(draft(1, 20_000, of: payment), key: "r1")
        #expect(try await gateway.find(payment.names, in: inr)?.refunds == [again])
        let keys = try await bench.requests("POST", "/refund").map { $0["headers"]?["x-refund-idempotency"]?.text }
        #expect(keys.count == attempts + 1)
        #expect(Set(keys).count == 1)
    }

    @Test func `another refund under the same key is refused, under another key it is another`() async throws {
        let payment = try await paid()
        _ = try await gateway.refund(draft(1, 100, of: payment), key: "r1")
        let other = try await RazorpayBench.refusal { try await gateway.refund(draft(1, 200, of: payment), key: "r1") }
        guard case .refused(409, _, _) = other else { throw try #require(other) }
        _ = try await gateway.refund(draft(2, 200, of: payment), key: "r2")
        #expect(try await gateway.find(payment.names, in: inr)?.refunds.count == 2)
    }

    @Test func `a refund that is at work already may have been made`() async throws {
        let payment = try await paid()
        try await bench.spoil("POST .*/refund", "409")
        let error = try await RazorpayBench.refusal { try await gateway.refund(draft(1, 100, of: payment), key: "r1") }
        guard case .unavailable(_, isUndone: false) = error else { throw try #require(error) }
    }

    @Test(arguments: [("processed", GatewayRefund.Status.completed), ("failed", .failed)])
    func `a pending refund is found again when it has ended`(
        status: String, ended: GatewayRefund.Status
    ) async throws {
        let payment = try await paid()
        try await bench.control("set", ["refund_status": .string("pending")])
        let refund = try await gateway.refund(draft(1, 100, of: payment), key: "r1")
        #expect(refund.status == .pending)
        try await bench.control("settle_refund", ["refund": .string(refund.id), "status": .string(status)])
        let found = try #require(try await gateway.find(payment.names, in: inr)?.refunds.first)
        #expect(found.status == ended)
        #expect(found.failureReason.isEmpty == (ended == .completed))
    }

    @Test func `a refund finds the payment by the order, and nothing before it is paid`() async throws {
        let order = try await gateway.create(.razorpay(), key: "k1")
        let early = try await RazorpayBench.refusal { try await gateway.refund(draft(1, 100, of: order), key: "r1") }
        #expect(early?.code == "gateway_refused")
        try await bench.pay(order)
        #expect(try await gateway.refund(draft(1, 100, of: order), key: "r1").status == .completed)
    }
}

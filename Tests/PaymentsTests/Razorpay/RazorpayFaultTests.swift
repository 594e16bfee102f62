import Commerce
import Payments
import Primitives
import TestSupport
import Testing

@Suite struct RazorpayFaultTests {
    private let bench: RazorpayBench
    private let gateway: RazorpayGateway
    private let inr: Currency

    init() throws {
        bench = try RazorpayBench()
        gateway = try bench.gateway()
        inr = try #require(Currency(code: "INR"))
    }

    private func create() async throws -> GatewayError? {
        try await RazorpayBench.refusal { try await gateway.create(.razorpay(), key: "k1") }
    }

    @Test(arguments: ["lost", "truncated", "half", "html", "done500", "bare"])
    func `an order whose answer was spoiled may be there: it is made once and found by its receipt`(
        kind: String
    ) async throws {
        try await bench.spoil("POST /v1/orders", kind)
        let error = try await create()
        guard case .unavailable(_, isUndone: false) = error else { throw try #require(error) }
        let found = try #require(try await gateway.find(GatewayLookup(transactionID: "p1-razorpay"), in: inr))
        let reference = try #require(found.names.reference)
        #expect(found.nextAction == .razorpayCheckout(order: reference, publicKey: "rzp_test_peer"))
        // libcurl asks once more where a connection that it had used before ends without a byte.
        let count = try await bench.requests("POST", "/v1/orders").count
        #expect(count == 1 || (kind == "lost" && count == 2))
    }

    @Test func `an order that failed is not there`() async throws {
        try await bench.spoil("POST /v1/orders", "500")
        #expect(try await create()?.code == "gateway_unavailable")
        #expect(try await gateway.find(GatewayLookup(transactionID: "p1-razorpay"), in: inr) == nil)
        #expect(try await bench.requests("POST", "/v1/orders").count == 1)
    }

    @Test func `what was throttled was not done, and is sent again`() async throws {
        try await bench.spoil("POST /v1/orders", "429")
        #expect(try await create() == nil)
        #expect(try await bench.requests("POST", "/v1/orders").count == 2)
    }

    @Test func `a question that failed is asked again`() async throws {
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.spoil("GET /v1/orders/.*", "500", times: 2)
        #expect(try await gateway.find(order.names, in: inr)?.names.reference == order.names.reference)
    }

    @Test(arguments: ["html", "half", "bare"])
    func `an answer that is none of Razorpay's is not taken for a missing order`(kind: String) async throws {
        try await bench.spoil("GET /v1/orders", kind)
        let names = GatewayLookup(transactionID: "p1-razorpay")
        let error = try await RazorpayBench.refusal { try await gateway.find(names, in: inr) }
        guard case .unavailable(_, isUndone: false) = error else { throw try #require(error) }
    }

    @Test(arguments: ["lost", "done500"])
    func `a capture whose answer was lost is found to be made`(kind: String) async throws {
        let manual = try bench.gateway(["capture_method": "manual"])
        let order = try await manual.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order)
        try await bench.spoil("POST .*/capture", kind)
        let whole = Money(minorUnits: 50_000)
        let captured = try await manual.capture(GatewayCapture(order.names, amount: whole, of: whole, inr), key: "k2")
        #expect(captured.captured == whole)
        #expect(captured.names.transaction == id)
        #expect(try await bench.requests("POST", "/capture").count == 2)
    }

    @Test func `a refusal tells whether the payer's bank or the gateway says no`() async throws {
        try await bench.spoil("POST /v1/orders", "declined")
        #expect(try await create() == .declined(code: "payment_declined", "Your bank says no."))
        try await bench.spoil("POST /v1/orders", "gateway")
        #expect(try await create() == .unavailable("GATEWAY_ERROR: The gateway is down", isUndone: false))
        let small = try await RazorpayBench.refusal { try await gateway.create(.razorpay("p2", 99), key: "k2") }
        let words = "The amount must be at least INR 1.00"
        #expect(small == .refused(status: 400, code: "BAD_REQUEST_ERROR", words))
    }

    @Test func `nothing was done where nobody listens`() async throws {
        let alone = try RazorpayBench.alone()
        let error = try await RazorpayBench.refusal { try await alone.create(.razorpay(), key: "k1") }
        guard case .unavailable(_, isUndone: true) = error else { throw try #require(error) }
    }
}

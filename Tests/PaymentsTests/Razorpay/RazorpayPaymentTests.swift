import Commerce
import Outbound
import Payments
import Primitives
import TestSupport
import Testing

@Suite struct RazorpayPaymentTests {
    private let bench: RazorpayBench
    private let inr: Currency
    private let whole = Money(minorUnits: 50_000)

    init() throws {
        bench = try RazorpayBench()
        inr = try #require(Currency(code: "INR"))
    }

    private func found(_ order: GatewayPayment, by gateway: RazorpayGateway) async throws -> GatewayPayment {
        try #require(try await gateway.find(order.names, in: inr))
    }

    private func capture(_ payment: GatewayPayment, _ units: Int64 = 50_000) -> GatewayCapture {
        GatewayCapture(payment.names, amount: Money(minorUnits: units), of: whole, inr)
    }

    @Test func `an order is what its browser pays in the checkout`() async throws {
        let order = try await bench.gateway().create(.razorpay(), key: "k1")
        let reference = try #require(order.names.reference)
        #expect(order.names == GatewayLookup(transactionID: "p1-razorpay", reference: reference))
        #expect(order.nextAction == .razorpayCheckout(order: reference, publicKey: "rzp_test_peer"))
        #expect(order.progress == .open)
        #expect(order.authorized == .zero)
    }

    @Test(arguments: [
        ("automatic", #"{"automatic_expiry_period":7200,"manual_expiry_period":7200,"refund_speed":"normal"}"#),
        ("manual", #"{"manual_expiry_period":7200,"refund_speed":"normal"}"#),
    ])
    func `an order says how it is captured and whose it is`(method: String, options: String) async throws {
        let gateway = try bench.gateway(["capture_method": method])
        #expect(gateway.capturesAutomatically == (method == "automatic"))
        _ = try await gateway.create(.razorpay(), key: "k1")
        let expected = """
            {"amount":50000,"currency":"INR","notes":{"order_number":"K-1001","transaction_id":"p1-razorpay"},\
            "payment":{"capture":"\(method)","capture_options":\(options)},"receipt":"p1-razorpay"}
            """
        #expect(try await bench.bodies("POST", "/v1/orders") == [try JSONValue(parsing: Array(expected.utf8))])
    }

    @Test func `a paid order is captured, with its fee and method`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order, method: "upi")
        let payment = try await found(order, by: gateway)
        #expect(payment.captured == whole)
        #expect(payment.authorized == whole)
        #expect(payment.fee == Money(minorUnits: 1_180))
        #expect(payment.method == "upi")
        #expect(payment.nextAction == nil)
        #expect(
            payment.names
                == GatewayLookup(transactionID: "p1-razorpay", reference: order.names.reference, transaction: id))
    }

    @Test func `what staff see of a payment tells nothing of the card and the payer`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order)
        let shown = String(decoding: try JSONBytes.encode(try await found(order, by: gateway).response), as: UTF8.self)
        #expect(shown.holds(text: id))
        for secret in ["Gaurav", "0153", "gaurav@", "919876543210", "828553", "peer secret"] {
            #expect(!shown.holds(text: secret))
        }
    }

    @Test func `a failed attempt leaves the order open and tells why`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.pay(order, "failed")
        let payment = try await found(order, by: gateway)
        #expect(payment.progress == .open)
        #expect(payment.failureReason == "Payment failed")
        #expect(payment.nextAction == order.nextAction)
        try await bench.pay(order)
        #expect(try await found(order, by: gateway).captured == whole)
    }

    @Test func `a late authorization beside a captured payment is not captured`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        let first = try await bench.pay(order, "failed")
        let second = try await bench.pay(order)
        try await bench.control("late", ["payment": .string(first)])
        var late = order
        late.names.transaction = first
        let payment = try await gateway.capture(capture(late), key: "k2")
        #expect(payment.names.transaction == second)
        #expect(payment.captured == whole)
        #expect(payment.authorized == whole)
        #expect(try await bench.requests("POST", "/capture").isEmpty)
    }

    @Test func `an authorized payment is captured once, in whole`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let order = try await gateway.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order)
        let authorized = try await found(order, by: gateway)
        #expect(authorized.authorized == whole)
        #expect(authorized.captured == .zero)
        for _ in 0..<2 {
            let captured = try await gateway.capture(capture(order), key: "k2")
            #expect(captured.captured == whole)
            #expect(captured.names.transaction == id)
        }
        let body = try JSONValue(parsing: #"{"amount":50000,"currency":"INR"}"#.utf8)
        #expect(try await bench.bodies("POST", "/v1/payments/\(id)/capture") == [body])
    }

    @Test func `of two authorizations the one that is named is captured, else the first`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        for isNamed in [true, false] {
            var order = try await gateway.create(.razorpay(isNamed ? "p1" : "p2"), key: "k1")
            let (first, second) = (try await bench.pay(order), try await bench.pay(order))
            if isNamed { order.names.transaction = second }
            let captured = try await gateway.capture(capture(order), key: "k2")
            #expect(captured.names.transaction == (isNamed ? second : first))
        }
    }

    @Test func `a part of what is authorized cannot be captured`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.pay(order)
        let refusal = try await RazorpayBench.refusal { try await gateway.capture(capture(order, 49_999), key: "k2") }
        #expect(refusal?.code == "not_supported")
        #expect(try await bench.requests("POST", "/capture").isEmpty)
    }

    @Test func `nothing is captured before it is authorized`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.pay(order, "failed")
        #expect(
            try await RazorpayBench.refusal { try await gateway.capture(capture(order), key: "k2") }?.code
                == "gateway_refused")
    }

    @Test func `an authorization that went back has ended the payment`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let order = try await gateway.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order)
        try await bench.control("expire", ["payment": .string(id)])
        let payment = try await found(order, by: gateway)
        #expect(payment.progress == .canceled)
        #expect(payment.captured == .zero)
        #expect(payment.refunds.isEmpty)
        #expect(PaymentFacts().merging(payment).status(refunded: .zero) == .cancelled)
        #expect(try await RazorpayBench.refusal { try await gateway.capture(capture(order), key: "k2") } != nil)
    }

    @Test func `an unpaid order is given up without a request that changes anything`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        let voided = try await gateway.void(order.names, in: inr, key: "k2")
        #expect(voided.progress == .canceled)
        #expect(voided.nextAction == nil)
        let unknown = GatewayLookup(transactionID: "p9-unknown")
        #expect(try await gateway.void(unknown, in: inr, key: "k3").progress == .canceled)
        #expect(try await bench.requests("POST", "").count == 1)
    }

    @Test func `an authorized payment cannot be voided, and a captured one is told as it is`() async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let order = try await gateway.create(.razorpay(), key: "k1")
        try await bench.pay(order)
        let refusal = try await RazorpayBench.refusal { try await gateway.void(order.names, in: inr, key: "k2") }
        #expect(refusal?.code == "not_supported")
        _ = try await gateway.capture(capture(order), key: "k3")
        let captured = try await gateway.void(order.names, in: inr, key: "k4")
        #expect(captured.captured == whole)
        #expect(captured.progress != .canceled)
    }

    @Test func `a payment is found by any of its names`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay("p1-a&b=c/ü"), key: "k1")
        let id = try await bench.pay(order)
        for names in [
            order.names, GatewayLookup(transactionID: "p1-a&b=c/ü"), GatewayLookup(transactionID: "", transaction: id),
        ] {
            let payment = try #require(try await gateway.find(names, in: inr))
            #expect(payment.names.reference == order.names.reference)
            #expect(payment.names.transaction == id)
        }
    }

    @Test func `what is not there is not found, nor what has a longer receipt`() async throws {
        let gateway = try bench.gateway()
        _ = try await gateway.create(.razorpay("p1-razorpay-2"), key: "k1")
        for names in [
            GatewayLookup(transactionID: "p1-razorpay"), GatewayLookup(transactionID: "", reference: "order_0"),
            GatewayLookup(transactionID: "", transaction: "pay_0"),
        ] { #expect(try await gateway.find(names, in: inr) == nil) }
    }

    @Test func `of two orders with one receipt the paid one counts`() async throws {
        let gateway = try bench.gateway()
        let first = try await gateway.create(.razorpay(), key: "k1")
        let second = try await gateway.create(.razorpay(), key: "k1")
        let ours = GatewayLookup(transactionID: "p1-razorpay")
        #expect(try await gateway.find(ours, in: inr)?.names.reference == first.names.reference)
        try await bench.pay(second)
        #expect(try await gateway.find(ours, in: inr)?.names.reference == second.names.reference)
    }

    @Test func `all payments of a span are listed, page by page`() async throws {
        let gateway = try bench.gateway()
        let order = try await gateway.create(.razorpay(), key: "k1")
        for _ in 0..<102 { try await bench.pay(order, "failed") }
        let last = try await bench.pay(order)
        let span = (Timestamp(seconds: 1_790_000_000), Timestamp(seconds: 1_790_100_000))
        let first = try await gateway.list(from: span.0, until: span.1, after: nil)
        #expect(first.payments.count == 100)
        #expect(first.payments.first?.names.transaction == last)
        #expect(first.payments.first?.captured == whole)
        #expect(first.payments.allSatisfy { $0.names.reference == order.names.reference })
        let rest = try await gateway.list(from: span.0, until: span.1, after: first.next)
        #expect(rest.payments.count == 3)
        #expect(rest.next == nil)
        #expect(Set((first.payments + rest.payments).map(\.names.transaction)).count == 103)
        #expect(
            try await gateway.list(from: Timestamp(seconds: 1_700_000_000), until: span.0, after: nil).payments.isEmpty)
    }

    @Test(arguments: [("JPY", 500, 500), ("KWD", 10_990, 10_990), ("USD", 2_000, 2_000)])
    func `other currencies are paid in their own units, and their fee is none of theirs`(
        code: String, units: Int64, sent: Int
    ) async throws {
        let gateway = try bench.gateway()
        let currency = try #require(Currency(code: code))
        let order = try await gateway.create(.razorpay("p1", units, code), key: "k1")
        #expect(try await bench.bodies("POST", "/v1/orders").first?["amount"]?.number == sent)
        try await bench.pay(order)
        let payment = try #require(try await gateway.find(order.names, in: currency))
        #expect(payment.captured == Money(minorUnits: units))
        #expect(payment.fee == nil)
    }

    @Test func `what cannot be said is refused before it is sent`() async throws {
        let gateway = try bench.gateway()
        for draft in [
            try GatewayDraft.razorpay("p1", 10_991, "KWD"), try .razorpay("p1", 100, "LBP"),
            try .razorpay(String(repeating: "p", count: 41)),
        ] {
            #expect(
                try await RazorpayBench.refusal { try await gateway.create(draft, key: "k1") }?.code == "not_supported")
        }
        #expect(try await bench.requests("POST", "").isEmpty)
    }

    @Test func `wrong keys are refused`() async throws {
        let gateway = try bench.gateway(["key_secret": "another"])
        let refusal = try await RazorpayBench.refusal { try await gateway.create(.razorpay(), key: "k1") }
        #expect(refusal == .refused(status: 401, code: "BAD_REQUEST_ERROR", "Authentication failed"))
    }

    @Test func `a gateway needs a key and its secret, and knows test keys`() throws {
        #expect(try RazorpayBench.alone().isTest)
        #expect(try RazorpayBench.alone(["key_id": "rzp_live_1"]).isTest == false)
        #expect(try RazorpayBench.alone(["key_id": "rzp_live_1"]).publicKey == "rzp_live_1")
        #expect(try RazorpayBench.alone().keyLifetime == .seconds(0))
        for missing in ["key_id", "key_secret"] {
            let values = RazorpayBench.configuration.merging([missing: ""]) { $1 }
            let channel = try RazorpayBench.channel(HTTPClient(threads: TransferThreads(count: 1)))
            #expect(RazorpayGateway(GatewayConfiguration(values), over: channel) == nil)
        }
    }

    @Test func `settings of the environment go before the row`() {
        let row = GatewayConfiguration(["key_id": "row", "capture_method": "automatic", "webhook_secret": "w"])
        let source = SettingsValues(["RAZORPAY_KEY_ID": "environment", "RAZORPAY_CAPTURE": "manual"])
        let both = row.overridden(by: source, RazorpayGateway.keys)
        #expect(both["key_id"] == "environment")
        #expect(both["capture_method"] == "manual")
        #expect(both["webhook_secret"] == "w")
    }
}

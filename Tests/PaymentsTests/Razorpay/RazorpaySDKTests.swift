import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Razorpay's own library for Python (PyPI `razorpay`) beside ours.
@Suite struct RazorpaySDKTests {
    private struct Signed: Codable {
        let kind: String
        let message: String
        let signature: String
    }

    @Test func `Razorpay's library takes our signatures and refuses spoiled ones`() async throws {
        let bodies = ["", "{}", #"{"event": "payment.captured", "note": "Käse – ₹ 5 \u{1F600}"}"#, "line\r\nline\0end"]
        let webhooks = bodies.map {
            Signed(kind: "webhook", message: $0, signature: RazorpaySignature.webhook(Array($0.utf8), secret: "sécret"))
        }
        let payments = ["pay_1", "pay_29QQoUBi66xm2f"].map {
            Signed(
                kind: "payment", message: $0,
                signature: RazorpaySignature.payment($0, of: "order_1", keySecret: "sécret"))
        }
        let spoiled = (webhooks + payments).map {
            Signed(kind: $0.kind, message: $0.message, signature: $0.signature.uppercased())
        }
        let good: [Bool] = try await TestPython.answers(Self.verifier, to: webhooks + payments)
        #expect(good.allSatisfy { $0 })
        let bad: [Bool] = try await TestPython.answers(Self.verifier, to: spoiled)
        #expect(!bad.contains(true))
    }

    private static let verifier = """
        import razorpay
        client = razorpay.Client(auth=("rzp_test_1", "sécret"))

        def answer(case):
            try:
                if case["kind"] == "webhook":
                    return client.utility.verify_webhook_signature(case["message"], case["signature"], "sécret")
                return client.utility.verify_payment_signature({
                    "razorpay_order_id": "order_1", "razorpay_payment_id": case["message"],
                    "razorpay_signature": case["signature"]})
            except razorpay.errors.SignatureVerificationError:
                return False
        """

    @Test func `our requests are those that Razorpay's library makes`() async throws {
        let (ours, theirs) = (try RazorpayBench(), try RazorpayBench())
        try await useGateway(ours)
        _ = try await TestPython.output(Self.caller, theirs.base)
        let (here, there) = (try await shapes(ours), try await shapes(theirs))
        #expect(here == there)
        #expect(there.count == 11)
    }

    private func useGateway(_ bench: RazorpayBench) async throws {
        let gateway = try bench.gateway(["capture_method": "manual"])
        let inr = try #require(Currency(code: "INR"))
        let whole = Money(minorUnits: 50_000)
        let order = try await gateway.create(.razorpay(), key: "k1")
        let id = try await bench.pay(order)
        _ = try await gateway.find(GatewayLookup(transactionID: "p1-razorpay"), in: inr)
        _ = try await gateway.find(GatewayLookup(transactionID: "", transaction: id), in: inr)
        let captured = try await gateway.capture(GatewayCapture(order.names, amount: whole, of: whole, inr), key: "k2")
        let refund = GatewayRefundDraft(
            RefundID(1), of: captured.names, amount: whole, captured: whole, inr, reason: "damaged")
        _ = try await gateway.refund(refund, key: "r1")
        _ = try await gateway.find(order.names, in: inr)
        let (from, until) = (Timestamp(seconds: 1_790_000_000), Timestamp(seconds: 1_800_000_000))
        _ = try await gateway.list(from: from, until: until, after: nil)
        for kind in GatewayChangeKind.allCases {
            _ = try await gateway.changes(kind, from: from, until: until, after: nil)
        }
    }

    private static let caller = """
        import sys
        import razorpay
        import requests

        base = sys.argv[1]
        client = razorpay.Client(auth=("rzp_test_peer", "peer secret"), base_url=base)
        order = client.order.create({
            "amount": 50000, "currency": "INR", "receipt": "p1", "notes": {"transaction_id": "p1", "order_number": "1"},
            "payment": {"capture": "manual", "capture_options": {
                "manual_expiry_period": 7200, "refund_speed": "normal"}}})
        payment = requests.post(base + "/_control/pay", json={"order": order["id"]}).json()["payment"]
        assert client.order.all({"receipt": "p1", "count": 100})["count"] == 1
        assert client.payment.fetch(payment)["status"] == "authorized"
        client.payment.capture(payment, 50000, {"currency": "INR"})
        client.payment.refund(payment, {
            "amount": 50000, "speed": "normal", "receipt": "r1",
            "notes": {"refund_id": "1", "transaction_id": "p1", "reason": "damaged"}})
        assert client.order.fetch(order["id"])["status"] == "paid"
        assert client.order.payments(order["id"])["items"][0]["captured"]
        assert client.payment.fetch_multiple_refund(payment, {"count": 100})["count"] == 1
        span = {"from": 1790000000, "to": 1800000000, "count": 100, "skip": 0}
        assert client.payment.all(span)["count"] == 1
        assert client.refund.all(span)["count"] == 1
        assert client.dispute.all(span)["count"] == 0
        """

    /// The requests without what differs from run to run: ids, and the values in queries and bodies.
    private func shapes(_ bench: RazorpayBench) async throws -> Set<String> {
        var shapes: Set<String> = []
        for method in ["GET", "POST"] {
            for request in try await bench.requests(method, "") { shapes.insert(try shape(request)) }
        }
        return shapes
    }

    private func shape(_ request: JSONValue) throws -> String {
        let path = (request["path"]?.text ?? "").cut(at: "/").map { $0.holds("_") ? $0.cut(at: "_")[0] + "_…" : $0 }
        let query = (request["query"]?.text ?? "").cut(at: "&").map { String($0.halves(at: "=").0) }.sorted()
        let body = request["body"]?.text ?? ""
        let kinds = body.isEmpty ? "" : shape(of: try JSONValue(parsing: body.utf8))
        let headers = ["authorization", "content-type"].map { request["headers"]?[$0]?.text ?? "" }
        return ([request["method"]?.text ?? "", path.joined(separator: "/"), kinds] + query + headers)
            .joined(separator: " ")
    }

    private func shape(of value: JSONValue) -> String {
        switch value {
        case .object(let members):
            "{" + members.map { "\($0.key):\(shape(of: $0.value))" }.sorted().joined(separator: ",") + "}"
        case .number: "number"
        case .string: "text"
        default: "other"
        }
    }
}

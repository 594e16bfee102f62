import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Stripe's own Python library (16.1.0) beside our requests and our signatures.
@Suite struct StripeLibraryTests {
    private struct Case: Encodable, Sendable {
        let body: String
        let header: String
        let secret: String
    }

    @Test func `the library takes what we sign, and refuses it once it was changed`() async throws {
        let body = #"{"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "note": "Söhne ✓"}"#
        let now = TimeSource.machine.now
        func signed(_ secret: String, _ moment: Timestamp) -> String {
            StripeSignature.sign(Array(body.utf8), secret: secret, at: moment)
        }
        let script = """
            import stripe
            def answer(case):
                try:
                    return stripe.Webhook.construct_event(case["body"].encode(), case["header"], case["secret"]).id
                except stripe.SignatureVerificationError:
                    return "refused"
            """
        let cases = [
            Case(body: body, header: signed("whsec_a", now), secret: "whsec_a"),
            Case(body: body, header: signed("wörter", now - .seconds(200)), secret: "wörter"),
            Case(body: body + " ", header: signed("whsec_a", now), secret: "whsec_a"),
            Case(body: body, header: signed("whsec_b", now), secret: "whsec_a"),
            Case(body: body, header: signed("whsec_a", now - .seconds(400)), secret: "whsec_a"),
        ]
        let answers = try await TestPython.answers(script, to: cases, as: String.self)
        #expect(answers == ["evt_1", "evt_1", "refused", "refused", "refused"])
    }

    @Test func `we take what the library signs`() async throws {
        let gateway = try #require(try StripePeer.idle())
        let body = #"{"id": "evt_1", "object": "event", "type": "x", "note": "Söhne ✓"}"#
        let script = """
            import sys, stripe
            body = open(sys.argv[1], encoding="utf-8").read()
            sys.stdout.write(stripe.WebhookSignature.generate_signature_header(body, "whsec_old", 1795000000))
            """
        let header = String(decoding: try TestPython.output(script, input: Array(body.utf8)), as: UTF8.self)
        let delivery = WebhookDelivery(body: Array(body.utf8), headers: [("Stripe-Signature", header)])
        #expect(try await gateway.verify(delivery, at: Timestamp(seconds: 1_795_000_100)).id == "evt_1")
    }

    /// The calls of our tests by the library, in their order.
    private static let calls = """
        import sys, stripe
        stripe.enable_telemetry = False
        client = stripe.StripeClient("sk_test_peer", base_addresses={"api": sys.argv[1]}, max_network_retries=0)
        v1 = client.v1
        full = ["latest_charge.balance_transaction", "latest_charge.refunds"]
        customer = v1.customers.create({"email": "payer+x@example.com", "metadata": {"user_id": "3"}})
        v1.setup_intents.create({"customer": customer.id, "usage": "off_session"})
        v1.payment_methods.retrieve("pm_saved")
        made = v1.payment_intents.create({
            "amount": 2000, "currency": "usd", "capture_method": "manual",
            "metadata": {"transaction_id": "pay_1", "order_number": "ORD-1 & Söhne [7]"},
            "payment_method_types": ["card"], "customer": customer.id, "payment_method": "pm_saved", "confirm": True,
            "off_session": True, "return_url": "https://shop.example.com/back?x=1&y=2", "expand": full})
        v1.payment_intents.retrieve(made.id, {"expand": full})
        v1.payment_intents.capture(made.id, {"amount_to_capture": 1250, "expand": full})
        v1.refunds.create({"payment_intent": made.id, "amount": 500, "metadata": {
            "refund_id": "7", "transaction_id": "pay_1", "reason": "zu klein – 100 % ~ [x]/*"}})
        v1.refunds.create({"payment_intent": made.id, "amount": 500, "metadata": {
            "refund_id": "8", "transaction_id": "pay_1"}, "reason": "duplicate"})
        v1.payment_intents.list({"created": {"gte": 1000, "lt": 4000000000}, "limit": 100,
            "expand": ["data." + path for path in full]})
        v1.refunds.list({"created": {"gte": 1000, "lt": 4000000000}, "limit": 100, "expand": ["data.charge"]})
        v1.disputes.list({"created": {"gte": 1000, "lt": 4000000000}, "limit": 100})
        v1.payment_intents.search({"query": 'metadata["transaction_id"]:"pay_none"'})
        v1.payment_methods.detach("pm_saved")
        v1.customers.delete(customer.id)
        """

    private func callAll(_ gateway: StripeGateway) async throws {
        let customer = try await gateway.createCustomer(email: "payer+x@example.com", user: UserID(3), key: "u")
        _ = try await gateway.setUp(customer: customer, key: "s")
        _ = try await gateway.method("pm_saved", of: customer)
        let draft = GatewayDraft.stripe(method: "card", customer: customer, savedMethod: "pm_saved")
        let names = try await gateway.create(draft, key: "c").names
        _ = try await gateway.find(names, in: .usd)
        let capture = GatewayCapture(names, amount: .minor(1_250), of: .minor(2_000), .usd)
        _ = try await gateway.capture(capture, key: "cc")
        for (id, reason) in [(7, "zu klein – 100 % ~ [x]/*"), (8, "duplicate")] as [(Int64, String)] {
            _ = try await gateway.refund(
                GatewayRefundDraft(
                    RefundID(id), of: names, amount: .minor(500), captured: .minor(1_250), .usd, reason: reason),
                key: "r\(id)")
        }
        let (from, until) = (Timestamp(seconds: 1_000), Timestamp(seconds: 4_000_000_000))
        _ = try await gateway.list(from: from, until: until, after: nil)
        for kind in GatewayChangeKind.allCases {
            _ = try await gateway.changes(kind, from: from, until: until, after: nil)
        }
        _ = try await gateway.find(GatewayLookup(transactionID: "pay_none"), in: .usd)
        try await gateway.detach("pm_saved")
        try await gateway.deleteCustomer(customer)
    }

    private func sent(_ stripe: StripePeer) async throws -> [[JSONValue]] {
        try await stripe.requests().map { request in
            ["method", "target", "body"].map { request[$0] ?? .null }
        }
    }

    private func prepared() async throws -> StripePeer {
        let stripe = try StripePeer()
        // The peer counts its ids from 1, so that this is the customer of the first call.
        try await stripe.control("method", ["id": .string("pm_saved"), "customer": .string("cus_00000000000001")])
        return stripe
    }

    @Test func `our requests are those of the library, byte by byte`() async throws {
        let (ours, theirs) = (try await prepared(), try await prepared())
        try await callAll(try ours.gateway(["capture_method": "manual"]))
        _ = try await TestPython.output(Self.calls, theirs.base)
        // The look through the newest payments names the present moment.
        let own = try await sent(ours).filter { request in
            guard case .string(let target) = request[1] else { return true }
            return !target.begins(with: "/v1/payment_intents?created") || target.holds(text: "created%5Blt%5D")
        }
        let library = try await sent(theirs)
        #expect(own.count == library.count && own.count == 14)
        for (own, library) in zip(own, library) { #expect(own == library) }
    }
}

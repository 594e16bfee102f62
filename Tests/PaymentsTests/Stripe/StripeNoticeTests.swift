import Commerce
import Payments
import Primitives
import Testing

/// What events tell of payments, refunds and disputes.
@Suite struct StripeNoticeTests {
    private let gateway: StripeGateway

    init() throws { gateway = try #require(try StripePeer.idle()) }

    private func notices(_ type: String, _ object: String, _ event: String = #""livemode":false"#) throws
        -> [GatewayNotice]
    {
        let text = #"{"id":"evt_1","object":"event","type":"\#(type)",\#(event),"data":{"object":\#(object)}}"#
        return try gateway.notices(in: try JSONValue(parsing: Array(text.utf8)))
    }

    private func intent(
        _ status: String, amount: String = "2000", received: String = "0", currency: String = "usd", more: String = "",
        metadata: String = #"{"transaction_id":"pay_1"}"#
    ) -> String {
        #"{"id":"pi_1","object":"payment_intent","amount":\#(amount),"amount_received":\#(received),"currency":"\#(currency)","#
            + #""metadata":\#(metadata),"status":"\#(status)","latest_charge":"ch_1"\#(more)}"#
    }

    private func payment(_ type: String, _ object: String) throws -> GatewayPayment {
        guard case .payment(let payment, "USD")? = try notices(type, object).first else {
            throw GatewayError.unsupported("no payment in \(type)")
        }
        return payment
    }

    @Test(arguments: [
        ("payment_intent.succeeded", "succeeded", "2000", PaymentState.completed),
        ("payment_intent.amount_capturable_updated", "requires_capture", "0", .authorized),
        ("payment_intent.canceled", "canceled", "0", .cancelled),
        ("payment_intent.processing", "processing", "0", .processing),
        ("payment_intent.requires_action", "requires_action", "0", .pending),
        ("payment_intent.payment_failed", "requires_payment_method", "0", .pending),
    ])
    func `an event tells the payment's state`(type: String, status: String, received: String, state: PaymentState)
        throws
    {
        let payment = try payment(type, intent(status, received: received))
        #expect(payment.names == GatewayLookup(transactionID: "pay_1", reference: "pi_1", transaction: "ch_1"))
        #expect(PaymentFacts().merging(payment).status(refunded: .zero) == state)
    }

    @Test func `a failure tells its reason, unless only the payer was missing`() throws {
        func error(_ code: String) -> String { #","last_payment_error":{"code":"\#(code)","message":"No."}"# }
        let type = "payment_intent.payment_failed"
        let failed = try payment(type, intent("requires_payment_method", more: error("card_declined")))
        #expect(failed.progress == .failed && failed.failureReason == "No.")
        let waiting = try payment(type, intent("requires_payment_method", more: error("authentication_required")))
        #expect(waiting.progress == .open && waiting.failureReason.isEmpty)
    }

    @Test func `a part that was captured is told beside the whole`() throws {
        let payment = try payment("payment_intent.succeeded", intent("succeeded", received: "1250"))
        #expect(payment.captured == .minor(1_250) && payment.authorized == .minor(2_000))
    }

    @Test func `amounts may be text`() throws {
        let payment = try payment(
            "payment_intent.succeeded", intent("succeeded", amount: #""2000""#, received: #""2000""#))
        #expect(payment.captured == .minor(2_000))
    }

    @Test(arguments: [
        (
            "payment_intent.created",
            #"{"id":"pi_1","currency":"usd","amount":1,"metadata":{"transaction_id":"pay_1"},"status":"x"}"#
        ),
        ("customer.created", #"{"id":"cus_1"}"#), ("payment_intent.brand_new", "{}"), ("charge.succeeded", "{}"),
        ("payment_intent.succeeded", #"{"id":"pi_1","currency":"usd","amount":1,"metadata":{},"status":"succeeded"}"#),
        ("charge.refunded", #"{"id":"ch_1","payment_intent":"pi_1","metadata":{}}"#),
        (
            "charge.refund.updated",
            #"{"id":"re_1","payment_intent":null,"amount":800,"metadata":{},"status":"succeeded"}"#
        ),
    ])
    func `what is not the shop's tells nothing`(type: String, object: String) throws {
        #expect(try notices(type, object).isEmpty)
    }

    @Test(arguments: [#""livemode":false,"account":"acct_other""#, #""livemode":true"#])
    func `another account's event and one of the other mode tell nothing`(event: String) throws {
        let object = intent("succeeded", received: "2000")
        #expect(try notices("payment_intent.succeeded", object, event).isEmpty)
        #expect(try notices("payment_intent.succeeded", object).count == 1)
    }

    @Test func `a live key reads live events only`() throws {
        let live = try #require(try StripePeer.idle(["secret_key": "rk_live_x"]))
        #expect(!live.isTest && gateway.isTest)
        for (mode, count) in [("true", 1), ("false", 0)] {
            let text =
                #"{"type":"payment_intent.succeeded","livemode":\#(mode),"data":{"object":\#(intent("succeeded"))}}"#
            #expect(try live.notices(in: try JSONValue(parsing: Array(text.utf8))).count == count)
        }
    }

    @Test func `a currency that cannot be counted is asked about`() throws {
        let names = GatewayLookup(transactionID: "pay_1", reference: "pi_1")
        #expect(try notices("payment_intent.succeeded", intent("succeeded", currency: "xyz")) == [.ask(names)])
    }

    @Test(arguments: ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"])
    func `a refund of ours is told, and any other one asked about`(type: String) throws {
        func refund(_ metadata: String) -> String {
            #"{"id":"re_1","object":"refund","amount":500,"currency":"isk","charge":"ch_1","payment_intent":"pi_1","#
                + #""status":"succeeded","metadata":\#(metadata)}"#
        }
        let ours = try notices(type, refund(#"{"refund_id":"7","transaction_id":"pay_1"}"#))
        let told = GatewayRefund("re_1", RefundID(7), amount: .minor(5), .completed)
        let names = GatewayLookup(transactionID: "pay_1", reference: "pi_1", transaction: "ch_1")
        #expect(ours == [.refund(told, of: names, currency: "ISK")])
        let unnamed = GatewayLookup(transactionID: "", reference: "pi_1", transaction: "ch_1")
        #expect(try notices(type, refund("{}")) == [.ask(unnamed)])
    }

    @Test func `a refunded charge is asked about`() throws {
        let charge = #"{"id":"ch_1","currency":"usd","payment_intent":"pi_1","metadata":{"transaction_id":"pay_1"}}"#
        let names = GatewayLookup(transactionID: "pay_1", reference: "pi_1", transaction: "ch_1")
        #expect(try notices("charge.refunded", charge) == [.ask(names)])
    }

    @Test(arguments: [
        ("needs_response", GatewayDispute.Status.open), ("warning_needs_response", .open),
        ("under_review", .underReview),
        ("warning_under_review", .underReview), ("won", .won), ("warning_closed", .won), ("prevented", .won),
        ("lost", .lost),
    ])
    func `a dispute is told with its date`(status: String, expected: GatewayDispute.Status) throws {
        let object =
            #"{"id":"du_1","amount":2000,"currency":"usd","charge":"ch_1","payment_intent":"pi_1","reason":"fraudulent","#
            + #""status":"\#(status)","evidence_details":{"due_by":1795000000},"metadata":{}}"#
        let dispute = GatewayDispute(
            "du_1", expected, amount: .minor(2_000), reason: "fraudulent", dueBy: Timestamp(seconds: 1_795_000_000))
        let names = GatewayLookup(transactionID: "", reference: "pi_1", transaction: "ch_1")
        for type in ["charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"] {
            #expect(try notices(type, object) == [.dispute(dispute, of: names, currency: "USD")])
        }
    }

    @Test func `an event that lacks what is needed is no success`() throws {
        #expect(throws: GatewayError.self) {
            try notices(
                "payment_intent.succeeded", #"{"id":"pi_1","currency":"usd","metadata":{"transaction_id":"p"}}"#)
        }
    }
}

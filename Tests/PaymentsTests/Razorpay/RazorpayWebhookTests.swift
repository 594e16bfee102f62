import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Whether a delivery is taken, and under which id.
@Suite struct RazorpayWebhookTests {
    /// A delivery of the table, and whether it is taken.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isTaken: Bool
        var body = RazorpayWebhookTests.body
        var signed: String?
        var secret = "newest"
        var header = "X-Razorpay-Signature"
        var change: @Sendable (String) -> String = { $0 }

        var delivery: WebhookDelivery {
            let signature = change(RazorpaySignature.webhook(Array((signed ?? body).utf8), secret: secret))
            return WebhookDelivery(
                body: Array(body.utf8), headers: [(header, signature), ("x-razorpay-event-id", "evt_1")])
        }
    }

    fileprivate static let body = event()

    private static func event(
        account: String = "acc_1", at moment: Int = 1_790_000_000, type: String = "payment.captured"
    ) -> String {
        #"{"entity": "event", "account_id": "\#(account)", "event": "\#(type)", "created_at": \#(moment)}"#
    }

    private static let cases = [
        Case(testDescription: "good", isTaken: true),
        Case(testDescription: "under the older secret of the rotation", isTaken: true, secret: "older"),
        Case(testDescription: "under another secret", isTaken: false, secret: "forgotten"),
        Case(testDescription: "under no secret", isTaken: false, secret: ""),
        Case(testDescription: "under both secrets with their comma", isTaken: false, secret: "newest, older"),
        Case(testDescription: "header in small letters", isTaken: true, header: "x-razorpay-signature"),
        Case(testDescription: "no signature", isTaken: false, header: "X-Other"),
        Case(testDescription: "an empty signature", isTaken: false, change: { _ in "" }),
        Case(testDescription: "a bit of the signature is another", isTaken: false, change: flipped),
        Case(
            testDescription: "in capitals, which Razorpay's libraries refuse too", isTaken: false,
            change: { $0.uppercased() }),
        Case(testDescription: "with a prefix", isTaken: false, change: { "sha256=" + $0 }),
        Case(testDescription: "twice", isTaken: false, change: { $0 + "," + $0 }),
        Case(
            testDescription: "a byte of the body is another", isTaken: false, body: event(account: "acc_2"),
            signed: body),
        Case(testDescription: "the body encoded anew", isTaken: false, body: body.without(" "), signed: body),
        Case(testDescription: "a line end after the body", isTaken: false, body: body + "\n", signed: body),
        Case(testDescription: "years old: Razorpay signs no time", isTaken: true, body: event(at: 1_400_000_000)),
        Case(testDescription: "from the future", isTaken: true, body: event(at: 4_000_000_000)),
        Case(testDescription: "another account under our secret", isTaken: true, body: event(account: "acc_9")),
        Case(testDescription: "an event of an unknown type", isTaken: true, body: event(type: "moon.rising")),
        Case(testDescription: "signed, and no event", isTaken: false, body: #"{"entity": "event"}"#),
        Case(testDescription: "signed, and no JSON", isTaken: false, body: "event=payment.captured"),
        Case(testDescription: "signed, and empty", isTaken: false, body: ""),
    ]

    private static let flipped: @Sendable (String) -> String = { text in
        String(decoding: text.utf8.enumerated().map { $0.offset == 10 ? $0.element ^ 1 : $0.element }, as: UTF8.self)
    }

    private let gateway: RazorpayGateway

    init() throws { gateway = try RazorpayBench.alone(["webhook_secret": "newest, older"]) }

    private func verify(_ delivery: WebhookDelivery) async throws -> WebhookHeader {
        try await gateway.verify(delivery, at: Timestamp(seconds: 1_790_000_000))
    }

    @Test(arguments: cases)
    func `only what is signed as it came is taken`(row: Case) async throws {
        if row.isTaken {
            let header = try await verify(row.delivery)
            #expect(header.id == "evt_1")
            #expect(header.payload == (try JSONValue(parsing: row.body.utf8)))
        } else {
            let error = try await RazorpayBench.refusal { try await verify(row.delivery) }
            #expect(error?.code == "invalid_signature")
        }
    }

    @Test func `without a secret nothing is taken`() async throws {
        let gateway = try RazorpayBench.alone(["webhook_secret": ""])
        for secret in ["newest", ""] {
            let delivery = Case(testDescription: "", isTaken: false, secret: secret).delivery
            let error = try await RazorpayBench.refusal {
                try await gateway.verify(delivery, at: Timestamp(seconds: 1_790_000_000))
            }
            #expect(error?.code == "invalid_signature")
        }
    }

    @Test(arguments: [nil, "", "  ", "evt 1", "evt\u{E9}", String(repeating: "e", count: 201)])
    func `an event without a fit id is named by its body`(id: String?) async throws {
        let signature = RazorpaySignature.webhook(Array(Self.body.utf8), secret: "newest")
        var headers = [(name: "X-Razorpay-Signature", value: signature)]
        if let id { headers.append(("x-razorpay-event-id", id)) }
        let first = try await verify(WebhookDelivery(body: Array(Self.body.utf8), headers: headers))
        let again = try await verify(WebhookDelivery(body: Array(Self.body.utf8), headers: headers))
        #expect(first.id == again.id)
        #expect(first.id.begins(with: "body-"))
        #expect(first.id.utf8.count == 69)
    }

    @Test func `what tells of the payer is not kept`() async throws {
        let body = """
            {"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1", "email": "a@b.example", \
            "contact": "+91", "vpa": "a@upi", "upi": {"vpa": "a@upi"}, "card": {"last4": "0153"}, "notes": []}}}}
            """
        let signature = RazorpaySignature.webhook(Array(body.utf8), secret: "newest")
        let header = try await verify(
            WebhookDelivery(body: Array(body.utf8), headers: [("X-Razorpay-Signature", signature)]))
        let kept = #"{"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1", "notes": []}}}}"#
        #expect(header.payload == (try JSONValue(parsing: kept.utf8)))
        #expect(header.type == "payment.captured")
    }
}

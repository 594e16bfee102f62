import Commerce
import Primitives

extension RazorpayGateway {
    /// Checks what the checkout handed to the browser: `razorpay_payment_id`, `razorpay_order_id`,
    /// `razorpay_signature`.
    ///
    /// - Throws: `ValidationError` on a field that is missing, and on `razorpay_signature` where it is forged or proves
    ///   another order.
    public func confirm(_ names: GatewayLookup, _ evidence: [String: String]) throws -> GatewayLookup {
        let fields = ["razorpay_payment_id", "razorpay_order_id", "razorpay_signature"]
        let missing = fields.filter { evidence[$0, default: ""].isEmpty }
        guard missing.isEmpty, let payment = evidence[fields[0]], let order = evidence[fields[1]],
            let signature = evidence[fields[2]]
        else { throw ValidationError(.members(Self.required(missing))) }
        let expected = RazorpaySignature.payment(payment, of: order, keySecret: api.keySecret)
        guard let reference = names.reference, order.isSame(as: reference),
            RazorpaySignature.isSame(signature, as: expected)
        else { throw ValidationError(fields[2], "The signature does not prove this payment.") }
        var names = names
        names.transaction = payment
        return names
    }

    private static func required(_ fields: [String]) -> [String: FieldErrors] {
        Dictionary(fields.map { ($0, .messages(["This field is required."])) }) { first, _ in first }
    }

    /// Checks `X-Razorpay-Signature` under each webhook secret of the rotation.
    ///
    /// Razorpay signs no time and repeats an event for 24 hours, so none is too old. The account that the body names is
    /// not looked at: who knows the secret is the shop's Razorpay, and what it tells of payments that are not ours
    /// finds none.
    ///
    /// - Throws: `GatewayError.badSignature`.
    public func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader {
        guard let signature = delivery.header("X-Razorpay-Signature") else {
            throw GatewayError.badSignature("The header X-Razorpay-Signature is missing.")
        }
        let isGood = webhookSecrets.reduce(false) { isGood, secret in
            RazorpaySignature.isSame(signature, as: RazorpaySignature.webhook(delivery.body, secret: secret)) || isGood
        }
        guard isGood else { throw GatewayError.badSignature("The signature does not fit the body.") }
        guard let payload = try? JSONValue(parsing: delivery.body), let type = RazorpayEntity(payload)?.text("event")
        else { throw GatewayError.badSignature("The body is no event.") }
        return WebhookHeader(
            id: Self.eventID(delivery), type: type.prefix(scalars: 100), payload: RazorpayEntity.withoutPayer(payload))
    }

    /// Returns the event's id, which is a header that the signature does not cover; without a fit one the digest of the
    /// body stands in for it, so that the same event is the same again.
    private static func eventID(_ delivery: WebhookDelivery) -> String {
        if let id = delivery.header("x-razorpay-event-id")?.trimmed, (1...200).contains(id.utf8.count),
            id.unicodeScalars.allSatisfy({ $0.isPlainWord || $0 == "." })
        {
            return id
        }
        return "body-" + Hex.encode(Digest.sha256(delivery.body))
    }

    /// Reads payments, refunds and disputes out of an event.
    ///
    /// - Throws: `GatewayError.unavailable` where an entity lacks what is needed.
    public func notices(in payload: JSONValue) throws -> [GatewayNotice] { try RazorpayNotices.read(payload) }
}

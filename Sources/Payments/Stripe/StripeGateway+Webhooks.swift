import Commerce
import Primitives

extension StripeGateway {
    /// Checks a webhook's signature and reads its event, without secrets and personal data.
    ///
    /// - Throws: `GatewayError.badSignature`, also for a body that is no event.
    public func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader {
        guard let header = delivery.header(StripeSignature.header), let signature = StripeSignature(header) else {
            throw GatewayError.badSignature("The signature is missing or malformed.")
        }
        try signature.check(delivery.body, secrets: settings.webhookSecrets, at: now)
        guard let event = StripeObject(try? JSONValue(parsing: delivery.body)), event.text("object") == "event",
            let id = event.text("id"), let type = event.text("type"), id.utf8.count <= 200, type.utf8.count <= 100
        else { throw GatewayError.badSignature("The body is no event.") }
        return WebhookHeader(id: id, type: type, payload: event.cleaned)
    }

    /// Reads what an event tells (https://docs.stripe.com/api/events/types).
    ///
    /// Events of another account (`account`, sent to platforms of Connect) and of the other mode tell nothing: Stripe
    /// sends both to one endpoint and leaves it to the receiver to look (https://docs.stripe.com/connect/webhooks).
    /// They are signed and no forgery, so that a refusal would only make Stripe repeat them.
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    public func notices(in payload: JSONValue) throws -> [GatewayNotice] {
        guard let event = StripeObject(payload), let type = event.text("type"), isOurs(event),
            let object = event.object("data")?.object("object")
        else { return [] }
        switch type {
        case "payment_intent.amount_capturable_updated", "payment_intent.succeeded", "payment_intent.payment_failed",
            "payment_intent.canceled", "payment_intent.processing", "payment_intent.requires_action":
            return try payment(object)
        case "charge.refunded": return refunds(ofCharge: object)
        case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated": return try refund(object)
        default: return type.begins(with: "charge.dispute.") ? try dispute(object) : []
        }
    }

    private func isOurs(_ event: StripeObject) -> Bool {
        event.text("account") == nil && event.flag("livemode") ?? !isTest == !isTest
    }

    /// What carries none of our ids was made by another program with the same account.
    private func payment(_ intent: StripeObject) throws -> [GatewayNotice] {
        guard let id = intent.metadata(.transactionID) else { return [] }
        guard let currency = currency(intent) else {
            return [.ask(GatewayLookup(transactionID: id, reference: intent.text("id")))]
        }
        return [.payment(try reader.payment(intent, currency), currency: currency.code)]
    }

    /// A charge tells only the sum of its refunds. It is called refunded also when a part of it is captured or none.
    private func refunds(ofCharge charge: StripeObject) -> [GatewayNotice] {
        guard let id = charge.metadata(.transactionID) else { return [] }
        return [
            .ask(
                GatewayLookup(
                    transactionID: id, reference: charge.reference("payment_intent"), transaction: charge.text("id")))
        ]
    }

    /// Reads a refund. One that is not ours may be one of the dashboard, or what a capture of a part gives back: only
    /// its charge tells, which stands in lists in full. What is neither certain is to be asked about.
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    func refund(_ refund: StripeObject) throws -> [GatewayNotice] {
        guard let names = names(besides: refund) else { return [] }
        if refund.object("charge")?.flag("captured") == false { return [] }
        guard reader.isOfCaptured(refund), let currency = currency(refund) else { return [.ask(names)] }
        return [.refund(try reader.refund(refund, currency), of: names, currency: currency.code)]
    }

    /// Reads a dispute.
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    func dispute(_ dispute: StripeObject) throws -> [GatewayNotice] {
        guard let names = names(besides: dispute) else { return [] }
        guard let currency = currency(dispute) else { return [.ask(names)] }
        return [.dispute(try reader.dispute(dispute, currency), of: names, currency: currency.code)]
    }

    /// Returns the names of the payment that a refund or a dispute is of. Our own is empty for disputes and for
    /// refunds that were made in the dashboard: those know Stripe's names only.
    private func names(besides object: StripeObject) -> GatewayLookup? {
        let (own, reference) = (object.metadata(.transactionID), object.reference("payment_intent"))
        guard own != nil || reference != nil else { return nil }
        return GatewayLookup(transactionID: own ?? "", reference: reference, transaction: object.reference("charge"))
    }

    private func currency(_ object: StripeObject) -> Currency? {
        object.text("currency").flatMap { Currency(code: $0.uppercased()) }
            .flatMap { amounts.rule($0) == nil ? nil : $0 }
    }
}

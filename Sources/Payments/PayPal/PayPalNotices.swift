import Commerce
import Primitives

/// Reads events (developer.paypal.com/api/rest/webhooks/event-names).
enum PayPalNotices {
    /// Returns what an event tells; empty for kinds that are not followed, currencies that PayPal does not take, and payments that
    /// name neither our id nor one of PayPal's.
    ///
    /// - Throws: `GatewayError.unavailable` where the event lacks what it has to have.
    static func read(_ event: PayPalFields) throws(GatewayError) -> [GatewayNotice] {
        let resource = event["resource"]
        switch event["event_type"].text {
        case "CHECKOUT.ORDER.APPROVED", "CHECKOUT.ORDER.COMPLETED", "CHECKOUT.ORDER.VOIDED":
            return try order(resource)
        case "CHECKOUT.PAYMENT-APPROVAL.REVERSED": return ask(resource, reference: resource["order_id"].text)
        case "PAYMENT.AUTHORIZATION.CREATED", "PAYMENT.AUTHORIZATION.VOIDED":
            return try payment(resource) { reader throws(GatewayError) in try reader.authorization(resource) }
        case "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.PENDING", "PAYMENT.CAPTURE.DENIED",
            "PAYMENT.CAPTURE.DECLINED":
            return try payment(resource) { reader throws(GatewayError) in try reader.capture(resource) }
        case "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED", "PAYMENT.REFUND.PENDING",
            "PAYMENT.REFUND.COMPLETED", "PAYMENT.REFUND.FAILED", "PAYMENT.REFUND.CANCELLED", "PAYMENT.REFUND.DENIED":
            return try refund(resource)
        case "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED":
            return try PayPalDispute.notice(resource).map { [$0] } ?? []
        default: return []
        }
    }

    private static func order(_ resource: PayPalFields) throws(GatewayError) -> [GatewayNotice] {
        let unit = resource["purchase_units"].elements.first ?? PayPalFields(.null)
        let capture = unit["payments"]["captures"].elements.first ?? PayPalFields(.null)
        guard let currency = PayPalMoney.currency(unit["amount"]) ?? PayPalMoney.currency(capture["amount"]) else {
            return ask(resource, reference: resource["id"].text)
        }
        return [.payment(try PayPalReader(currency: currency).order(resource), currency: currency.code)]
    }

    private static func payment(
        _ resource: PayPalFields, _ read: (PayPalReader) throws(GatewayError) -> GatewayPayment
    ) throws(GatewayError) -> [GatewayNotice] {
        guard let currency = PayPalMoney.currency(resource["amount"]) else { return [] }
        let payment = try read(PayPalReader(currency: currency))
        return payment.names.isKnown ? [.payment(payment, currency: currency.code)] : []
    }

    /// The resource is a refund, also where PayPal reverses a capture by itself; what is none is asked about.
    private static func refund(_ resource: PayPalFields) throws(GatewayError) -> [GatewayNotice] {
        guard let capture = resource.parent(in: "captures") else {
            return ask(resource, reference: resource["supplementary_data"]["related_ids"]["order_id"].text)
        }
        guard let currency = PayPalMoney.currency(resource["amount"]) else { return [] }
        let ours = resource["custom_id"].text ?? ""
        let refund = try PayPalReader(currency: currency).refund(resource, of: ours)
        let names = GatewayLookup(transactionID: ours, transaction: capture)
        return [.refund(refund, of: names, currency: currency.code)]
    }

    private static func ask(_ resource: PayPalFields, reference: String?) -> [GatewayNotice] {
        let unit = resource["purchase_units"].elements.first?["custom_id"].text
        let names = GatewayLookup(
            transactionID: resource["custom_id"].text ?? unit ?? "", reference: reference)
        return names.isKnown ? [.ask(names)] : []
    }
}

extension GatewayLookup {
    /// Whether a payment can be found by these names.
    fileprivate var isKnown: Bool { !transactionID.isEmpty || reference != nil || transaction != nil }
}

import Commerce
import Primitives

/// Reads orders, authorizations and captures into what all gateways say of a payment.
///
/// Once money is authorized or captured the progress is `processing` at least, since the payer's approval is used up.
struct PayPalReader {
    /// The currency that every amount has to be in.
    let currency: Currency
    /// Our id, where the caller knows it; else PayPal's `custom_id` has it.
    var transactionID: String?

    /// Reads an order with all that was made of it.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what it has to have.
    func order(_ order: PayPalFields) throws(GatewayError) -> GatewayPayment {
        let units = order["purchase_units"].elements
        let names = GatewayLookup(
            transactionID: transactionID ?? units.first?["custom_id"].text ?? "", reference: try order.required("id"))
        var payment = GatewayPayment(names, progress(of: try order.required("status")), method: method(of: order))
        payment.response = PayPalRecord.kept(order)
        for unit in units {
            for one in unit["payments"]["authorizations"].elements { try add(authorization: one, to: &payment) }
            for one in unit["payments"]["captures"].elements { try add(capture: one, to: &payment) }
            for one in unit["payments"]["refunds"].elements {
                payment.refunds.append(try refund(one, of: names.transactionID))
            }
        }
        if payment.progress == .open, let page = order.link("payer-action", "approve") {
            payment.nextAction = .redirect(page)
        }
        return payment
    }

    /// Reads an authorization that stands alone.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what it has to have.
    func authorization(_ fields: PayPalFields) throws(GatewayError) -> GatewayPayment {
        var payment = bare(fields)
        try add(authorization: fields, to: &payment)
        return payment
    }

    /// Reads a capture that stands alone.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what it has to have.
    func capture(_ fields: PayPalFields) throws(GatewayError) -> GatewayPayment {
        var payment = bare(fields)
        try add(capture: fields, to: &payment)
        return payment
    }

    /// Reads a refund.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what it has to have.
    func refund(_ fields: PayPalFields, of transactionID: String) throws(GatewayError) -> GatewayRefund {
        let status = GatewayRefund.Status(paypal: try fields.required("status"))
        let id = fields["invoice_id"].text.flatMap { PayPalInvoice.refund($0, of: transactionID) }
        return GatewayRefund(
            try fields.required("id"), id, amount: try PayPalMoney.read(fields["amount"], currency), status,
            failureReason: status == .failed ? fields["status_details"]["reason"].text ?? "" : "")
    }

    private func bare(_ fields: PayPalFields) -> GatewayPayment {
        let order = fields["supplementary_data"]["related_ids"]["order_id"].text ?? fields.parent(in: "orders")
        let names = GatewayLookup(transactionID: transactionID ?? fields["custom_id"].text ?? "", reference: order)
        return GatewayPayment(names, response: PayPalRecord.kept(fields))
    }

    private func add(authorization fields: PayPalFields, to payment: inout GatewayPayment) throws(GatewayError) {
        switch try fields.required("status") {
        case "CREATED", "CAPTURED", "PARTIALLY_CAPTURED":
            try authorize(fields, &payment)
            payment.progress = max(payment.progress, .processing)
        case "VOIDED":
            try authorize(fields, &payment)
            payment.progress = .canceled
        case "DENIED": fail(fields, &payment)
        default: payment.progress = max(payment.progress, .processing)
        }
    }

    private func authorize(_ fields: PayPalFields, _ payment: inout GatewayPayment) throws(GatewayError) {
        payment.authorized = try sum(payment.authorized, PayPalMoney.read(fields["amount"], currency))
    }

    private func add(capture fields: PayPalFields, to payment: inout GatewayPayment) throws(GatewayError) {
        switch try fields.required("status") {
        case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED":
            payment.captured = try sum(payment.captured, PayPalMoney.read(fields["amount"], currency))
            payment.authorized = max(payment.authorized, payment.captured)
            payment.progress = max(payment.progress, .processing)
            payment.names.transaction = try fields.required("id")
            try addFee(of: fields, to: &payment)
        case "DECLINED", "FAILED": fail(fields, &payment)
        default:
            payment.progress = max(payment.progress, .processing)
            payment.names.transaction = payment.names.transaction ?? fields["id"].text
        }
    }

    private func addFee(of capture: PayPalFields, to payment: inout GatewayPayment) throws(GatewayError) {
        let fee = capture["seller_receivable_breakdown"]["paypal_fee"]
        guard fee["currency_code"].text == currency.code else { return }
        payment.fee = try sum(payment.fee ?? .zero, PayPalMoney.read(fee, currency))
    }

    private func fail(_ fields: PayPalFields, _ payment: inout GatewayPayment) {
        payment.progress = max(payment.progress, .failed)
        payment.failureReason = PayPalRefusal.words
    }

    private func sum(_ left: Money, _ right: Money) throws(GatewayError) -> Money {
        do { return try left + right } catch { throw .unavailable("its amounts are too large", isUndone: false) }
    }

    private func progress(of status: String) -> GatewayPayment.Progress {
        switch status {
        case "APPROVED": .approved
        case "COMPLETED": .processing
        case "VOIDED": .canceled
        default: .open
        }
    }

    private func method(of order: PayPalFields) -> String {
        guard case .object(let sources) = order["payment_source"].value else { return "" }
        return sources.keys.sorted().first ?? ""
    }
}

extension GatewayRefund.Status {
    /// The status of a refund in PayPal's words.
    init(paypal status: String) {
        switch status {
        case "COMPLETED": self = .completed
        case "FAILED", "CANCELLED": self = .failed
        default: self = .pending
        }
    }
}

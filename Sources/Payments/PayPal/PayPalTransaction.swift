import Commerce
import Primitives

/// A line of PayPal's Transaction Search (…/transaction-search/transaction-event-codes): `T00xx` are payments, `T1107` refunds.
enum PayPalTransaction {
    /// Returns what a line tells of a payment; nil for lines of other kinds, and those without our id.
    ///
    /// - Throws: `GatewayError.unavailable` for amounts that are none.
    static func payment(_ line: PayPalFields) throws(GatewayError) -> GatewayPayment? {
        guard let id = line["transaction_id"].text, let code = line["transaction_event_code"].text,
            let ours = line["custom_field"].text, let currency = PayPalMoney.currency(line["transaction_amount"])
        else { return nil }
        let amount = try PayPalMoney.read(line["transaction_amount"], currency)
        if code == "T1107" { return try refund(line, id, of: ours, amount, currency) }
        guard code.begins(with: "T00"), amount > .zero else { return nil }
        var payment = GatewayPayment(
            GatewayLookup(transactionID: ours, reference: reference(line, "ODR"), transaction: id),
            progress(line["transaction_status"].text), response: PayPalRecord.kept(line))
        guard payment.progress == .processing, line["transaction_status"].text != "P" else { return payment }
        (payment.captured, payment.authorized) = (amount, amount)
        payment.fee = try fee(line, currency)
        return payment
    }

    private static func progress(_ status: String?) -> GatewayPayment.Progress { status == "D" ? .failed : .processing }

    private static func reference(_ line: PayPalFields, _ type: String) -> String? {
        line["paypal_reference_id_type"].text == type ? line["paypal_reference_id"].text : nil
    }

    private static func refund(
        _ line: PayPalFields, _ id: String, of ours: String, _ amount: Money, _ currency: Currency
    ) throws(GatewayError) -> GatewayPayment? {
        guard amount < .zero, let capture = reference(line, "TXN") else { return nil }
        let status: GatewayRefund.Status =
            switch line["transaction_status"].text {
            case "S": .completed
            case "D", "V": .failed
            default: .pending
            }
        let refund = GatewayRefund(
            id, line["invoice_id"].text.flatMap { PayPalInvoice.refund($0, of: ours) }, amount: amount.negated, status)
        return GatewayPayment(GatewayLookup(transactionID: ours, transaction: capture), refunds: [refund])
    }

    /// The fee stands as a negative amount.
    private static func fee(_ line: PayPalFields, _ currency: Currency) throws(GatewayError) -> Money? {
        guard line["fee_amount"]["currency_code"].text == currency.code else { return nil }
        return try PayPalMoney.read(line["fee_amount"], currency).negated
    }
}

extension Money {
    fileprivate var negated: Money { Money(minorUnits: -minorUnits) }
}

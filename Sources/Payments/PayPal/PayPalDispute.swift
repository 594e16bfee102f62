import Commerce
import Primitives

/// Reads disputes (developer.paypal.com/docs/api/customer-disputes/v1/#definition-dispute).
enum PayPalDispute {
    /// Returns what a dispute's event tells of its first transaction, whose seller's id is that of our capture; nil where it has none,
    /// or a currency that PayPal does not take.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks its id or amount.
    static func notice(_ resource: PayPalFields) throws(GatewayError) -> GatewayNotice? {
        guard let transaction = resource["disputed_transactions"].elements.first,
            let capture = transaction["seller_transaction_id"].text,
            let currency = PayPalMoney.currency(resource["dispute_amount"])
        else { return nil }
        let dispute = GatewayDispute(
            try resource.required("dispute_id"), status(resource),
            amount: try PayPalMoney.read(resource["dispute_amount"], currency), reason: resource["reason"].text ?? "",
            dueBy: resource["seller_response_due_date"].text.flatMap { Timestamp($0) })
        let names = GatewayLookup(transactionID: transaction["custom"].text ?? "", transaction: capture)
        return .dispute(dispute, of: names, currency: currency.code)
    }

    private static func status(_ resource: PayPalFields) -> GatewayDispute.Status {
        switch resource["status"].text {
        case "WAITING_FOR_BUYER_RESPONSE", "UNDER_REVIEW": .underReview
        case "RESOLVED": outcome(resource["dispute_outcome"]["outcome_code"].text)
        default: .open
        }
    }

    /// A payout is PayPal's protection of the seller. An outcome of no known name leaves the dispute with PayPal.
    private static func outcome(_ code: String?) -> GatewayDispute.Status {
        switch code {
        case "RESOLVED_BUYER_FAVOUR", "RESOLVED_BUYER_FAVOR", "ACCEPTED": .lost
        case "RESOLVED_SELLER_FAVOUR", "RESOLVED_SELLER_FAVOR", "RESOLVED_WITH_PAYOUT", "CANCELED_BY_BUYER", "DENIED",
            "NONE":
            .won
        default: .underReview
        }
    }
}

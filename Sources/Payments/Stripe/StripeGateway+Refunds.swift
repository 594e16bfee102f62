import Commerce
import Primitives

extension StripeGateway {
    /// Refunds a part of a captured payment.
    ///
    /// Stripe knows three reasons; a reason in other words stands in the metadata. `fraudulent` is sent only where
    /// staff chose that word, since it puts the card on the account's block list.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        let isKnown = Self.reasons.contains(refund.reason)
        let form = StripeForm([
            "payment_intent": try await intent(refund.names, in: refund.currency),
            "amount": try units(refund.amount, refund.currency),
            StripeMetadata.refundID.parameter: refund.id.description,
            StripeMetadata.transactionID.parameter: refund.names.transactionID,
            StripeMetadata.reason.parameter: isKnown || refund.reason.isEmpty
                ? nil : refund.reason.prefix(scalars: 250),
            "reason": isKnown ? refund.reason : nil,
        ])
        let made = try await api.post("refunds", form, key: key, as: "refund", "refund")
        return try reader.refund(made, refund.currency)
    }

    /// Stripe's words for reasons (https://docs.stripe.com/api/refunds/create).
    private static let reasons: Set<String> = ["duplicate", "fraudulent", "requested_by_customer"]
}

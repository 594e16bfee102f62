import Commerce
import Primitives

extension StripeGateway {
    /// Makes a PaymentIntent, and confirms it where a saved method pays.
    ///
    /// It carries no `receipt_email`, since Stripe would mail a receipt beside the shop's own mails, and no
    /// `description`, which would stand on that receipt; staff find the order's number in the metadata. Without
    /// `payment_method_types` Stripe offers what the account has switched on
    /// (https://docs.stripe.com/changelog/2023-08-16/automatic-payment-methods).
    ///
    /// A saved method is charged off session; where its bank wants to see the payer, the payment stays open with a
    /// client secret.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        let form = try creation(draft)
        switch try await api.attempt("payment_intents", form, key: key, as: "payment_intent", "create") {
        case .success(let intent):
            return try reader.payment(intent, draft.currency, named: draft.transactionID)
        case .failure(let refusal):
            guard let intent = refusal.intentAwaitingPayer else { throw refusal.gatewayError }
            return try reader.payment(intent, draft.currency, named: draft.transactionID)
        }
    }

    private func creation(_ draft: GatewayDraft) throws(GatewayError) -> StripeForm {
        var form = StripeForm([
            "amount": try units(draft.amount, draft.currency),
            "currency": draft.currency.code.lowercased(),
            "capture_method": capturesAutomatically ? "automatic" : "manual",
            StripeMetadata.transactionID.parameter: draft.transactionID,
            StripeMetadata.orderNumber.parameter: draft.orderNumber,
            "payment_method_types[0]": draft.method,
            "customer": draft.customer,
            "setup_future_usage": draft.savesMethod ? "off_session" : nil,
        ])
        if let method = draft.savedMethod {
            form.set("payment_method", method)
            form.set("confirm", "true")
            form.set("off_session", "true")
            form.set("return_url", draft.returnURL)
        }
        form.expand(StripeReader.expansions)
        return form
    }

    /// Captures an authorized payment once: what is not captured goes back to the payer.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func capture(_ payment: GatewayCapture, key: String) async throws -> GatewayPayment {
        let id = try await intent(payment.names, in: payment.currency)
        var form = StripeForm(["amount_to_capture": try units(payment.amount, payment.currency)])
        form.expand(StripeReader.expansions)
        let captured = try await api.post(
            "payment_intents/\(id)/capture", form, key: key, as: "payment_intent", "capture")
        return try reader.payment(captured, payment.currency, named: payment.names.transactionID)
    }

    /// Cancels a payment that is not captured; one that is canceled already, by Stripe after a week too, is reported
    /// as such.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        let id = try await intent(names, in: currency)
        var form = StripeForm()
        form.expand(StripeReader.expansions)
        let path = "payment_intents/\(id)/cancel"
        switch try await api.attempt(path, form, key: key, as: "payment_intent", "void") {
        case .success(let intent):
            return try reader.payment(intent, currency, named: names.transactionID)
        case .failure(let refusal):
            guard refusal.code == StripeRefusal.hasOtherState,
                let present = try await find(id, names.transactionID, currency), present.progress == .canceled
            else { throw refusal.gatewayError }
            return present
        }
    }
}

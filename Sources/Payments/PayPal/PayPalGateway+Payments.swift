import Commerce
import Primitives

extension PayPalGateway {
    /// Makes an order for the payer to approve on PayPal's page.
    ///
    /// - Throws: `GatewayError`; `.unsupported` where PayPal does not take the amount.
    public func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        let answer = try await client.post(
            "/v2/checkout/orders", try PayPalOrderRequest.json(draft, authorizes: settings.authorizes), key: key,
            "create order")
        let payment = try PayPalReader(currency: draft.currency, transactionID: draft.transactionID).order(answer)
        guard payment.progress != .open || payment.nextAction != nil else {
            throw GatewayError.unavailable("its order has no page to approve it on", isUndone: false)
        }
        return payment
    }

    /// Returns the order as it is now, or the capture where PayPal has forgotten the order.
    ///
    /// PayPal has no search of orders by our id; an order whose answer was lost cannot be approved, since nobody has its page: nil.
    ///
    /// - Throws: `GatewayError`.
    public func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? {
        let reader = PayPalReader(currency: currency, transactionID: names.transactionID)
        if let reference = names.reference, let order = try await order(reference) {
            return try reader.order(order)
        }
        guard let transaction = names.transaction,
            let capture = try await client.get("/v2/payments/captures/" + PayPalText.path(transaction), "get capture")
        else { return nil }
        var payment = try reader.capture(capture)
        payment.names.reference = payment.names.reference ?? names.reference
        return payment
    }

    /// Voids the authorizations of an order. One that is not authorized needs no call: only the shop's own capture could move money,
    /// and PayPal lets it expire.
    ///
    /// - Throws: `GatewayError`; `.refused` where it is captured.
    public func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        guard let reference = names.reference, let order = try await order(reference) else {
            return GatewayPayment(names, .canceled)
        }
        var payment = try PayPalReader(currency: currency, transactionID: names.transactionID).order(order)
        guard payment.captured == .zero, !order.hasPendingCapture else {
            throw GatewayError.refused(status: 422, code: "ORDER_ALREADY_CAPTURED", "The payment is captured.")
        }
        for id in order.openAuthorizations { try await voidAuthorization(id, key: key) }
        payment.progress = .canceled
        payment.nextAction = nil
        return payment
    }
}

extension PayPalGateway {
    /// Returns an order; nil where there is none.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func order(_ id: String) async throws -> PayPalFields? {
        try await client.get("/v2/checkout/orders/" + PayPalText.path(id), "get order")
    }

    private func voidAuthorization(_ id: String, key: String) async throws {
        do {
            _ = try await client.post(
                "/v2/payments/authorizations/\(PayPalText.path(id))/void", key: key, "void authorization")
        } catch GatewayError.refused(_, "PREVIOUSLY_VOIDED", _) {
            return
        } catch GatewayError.refused(_, "AUTHORIZATION_VOIDED", _) {
            return
        }
    }
}

import Commerce
import Primitives

extension PayPalGateway {
    /// Captures an approved order, the whole of it, or an authorization, a part of it. What was captured before is reported as it is.
    ///
    /// An approved order that was made with intent `authorize` is authorized, and captured by a later call whose
    /// ``GatewayCapture/authorized`` says so.
    ///
    /// - Throws: `GatewayError`; `.unsupported` for a part of an order with intent `capture`.
    public func capture(_ capture: GatewayCapture, key: String) async throws -> GatewayPayment {
        let reader = PayPalReader(currency: capture.currency, transactionID: capture.names.transactionID)
        let order = try await knownOrder(capture.names)
        let payment = try reader.order(order)
        guard payment.captured == .zero, !order.hasPendingCapture else { return payment }
        do {
            return try await take(capture, of: order, payment, reader, key: key)
        } catch let error as GatewayError where PayPalRefusal.saysDone(error) {
            return try await whatWasDone(capture.names, reader, before: payment, otherwise: error)
        }
    }

    private func knownOrder(_ names: GatewayLookup) async throws -> PayPalFields {
        if let reference = names.reference, let order = try await order(reference) { return order }
        throw GatewayError.refused(status: 404, code: "RESOURCE_NOT_FOUND", "PayPal has no order of this payment.")
    }

    private func take(
        _ capture: GatewayCapture, of order: PayPalFields, _ payment: GatewayPayment, _ reader: PayPalReader,
        key: String
    ) async throws -> GatewayPayment {
        let path = "/v2/checkout/orders/" + PayPalText.path(try order.required("id"))
        guard order["intent"].text == "AUTHORIZE" else {
            guard try order.total(capture.currency) == capture.amount else {
                throw GatewayError.unsupported("PayPal captures an approved order as a whole.")
            }
            return try reader.order(try await client.post(path + "/capture", key: key, "capture order"))
        }
        guard let id = order.openAuthorizations.first else {
            guard payment.progress <= .approved else { return payment }
            return try reader.order(try await client.post(path + "/authorize", key: key, "authorize order"))
        }
        return capture.authorized == .zero ? payment : try await take(capture, id, payment, reader, key: key)
    }

    private func take(
        _ capture: GatewayCapture, _ authorization: String, _ payment: GatewayPayment, _ reader: PayPalReader,
        key: String
    ) async throws -> GatewayPayment {
        let body = JSONValue.object([
            "amount": try PayPalMoney.json(capture.amount, capture.currency), "final_capture": .bool(true),
        ])
        let path = "/v2/payments/authorizations/\(PayPalText.path(authorization))/capture"
        var report = try reader.capture(try await client.post(path, body, key: key, "capture authorization"))
        report.names.reference = payment.names.reference
        report.authorized = max(payment.authorized, report.authorized)
        report.progress = max(payment.progress, report.progress)
        return report
    }

    /// Looks again at an order of which PayPal says that it was captured or authorized before.
    private func whatWasDone(
        _ names: GatewayLookup, _ reader: PayPalReader, before: GatewayPayment, otherwise error: GatewayError
    ) async throws -> GatewayPayment {
        let payment = try reader.order(try await knownOrder(names))
        let hasMoved = payment.captured > .zero || payment.authorized > before.authorized
        guard hasMoved || payment.progress > before.progress else { throw error }
        return payment
    }
}

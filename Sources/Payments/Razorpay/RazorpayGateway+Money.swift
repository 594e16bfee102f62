import Commerce
import Outbound
import Primitives

extension RazorpayGateway {
    /// Captures the authorized payment of an order, the whole of it (https://razorpay.com/docs/api/payments/capture/).
    ///
    /// It looks first: a payment that is captured already is reported as it is, and nothing more is captured beside it.
    /// So it is safe to repeat without a key.
    ///
    /// - Throws: `GatewayError.unsupported` for a part of what was authorized.
    public func capture(_ payment: GatewayCapture, key: String) async throws -> GatewayPayment {
        guard payment.amount == payment.authorized else { throw Self.wholeOnly }
        guard let found = try await find(payment.names, in: payment.currency) else { throw Self.unknown }
        guard found.captured == .zero else { return found }
        guard found.progress == .processing, let id = found.names.transaction else { throw Self.notAuthorized }
        guard found.authorized == payment.amount else { throw Self.wholeOnly }
        return try await capture(id, found, payment.currency)
    }

    /// Asks for the capture; whatever Razorpay says against it, what has become of the payment decides.
    private func capture(
        _ id: String, _ found: GatewayPayment, _ currency: Currency
    ) async throws -> GatewayPayment {
        let body: [String: JSONValue] = [
            "amount": try units(found.authorized, currency), "currency": .string(currency.code),
        ]
        do {
            let entity = try await api.post("payments/\(RazorpayAPI.escaped(id))/capture", body, .safe, "capture")
            return try RazorpayReports.payment(entity, found.names, in: currency)
        } catch let error as GatewayError {
            guard case .refused = error else { throw error }
            guard let now = try await find(found.names, in: currency), now.captured > .zero else { throw error }
            return now
        }
    }

    /// Gives an unpaid order up. Razorpay can cancel neither an order nor an authorization: nothing is sent but the
    /// question what has become of it. A payment that was captured meanwhile is reported as it is; and should the payer
    /// pay the order after all, in a checkout that stayed open, its money is reported when it comes.
    ///
    /// - Throws: `GatewayError.unsupported` for an authorized payment, which Razorpay gives back by itself.
    public func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        guard var payment = try await find(names, in: currency) else { return GatewayPayment(names, .canceled) }
        guard payment.captured == .zero else { return payment }
        guard payment.progress != .processing else { throw Self.noVoid }
        payment.progress = .canceled
        payment.nextAction = nil
        return payment
    }

    /// Refunds at the normal speed (https://razorpay.com/docs/api/refunds/normal-refunds-idempotent/).
    ///
    /// - Throws: `GatewayError.refused` where no payment is captured, or more is asked for than is left.
    public func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        let path = "payments/\(RazorpayAPI.escaped(try await captured(refund)))/refund"
        let idempotency = Self.idempotencyKey(key)
        var notes = ["refund_id": refund.id.description, "transaction_id": refund.names.transactionID]
        if !refund.reason.isEmpty { notes["reason"] = refund.reason.prefix(scalars: 256) }
        let body: [String: JSONValue] = [
            "amount": try units(refund.amount, refund.currency),
            "speed": .string("normal"),
            "notes": .object(notes.mapValues { .string($0) }),
            "receipt": .string(idempotency),
        ]
        let header = OutboundHeader("X-Refund-Idempotency", idempotency)
        let entity = try await api.post(path, body, .safe, "refund", headers: [header])
        return try RazorpayReports.refund(entity, in: refund.currency)
    }

    private func captured(_ refund: GatewayRefundDraft) async throws -> String {
        if let transaction = refund.names.transaction { return transaction }
        guard let payment = try await find(refund.names, in: refund.currency) else { throw Self.unknown }
        guard payment.captured > .zero, let id = payment.names.transaction else { throw Self.notCaptured }
        return id
    }

    /// Returns a key of ours in the letters that Razorpay takes for one: 32 hexadecimal digits of its SHA-256.
    static func idempotencyKey(_ key: String) -> String { Digest.hex(key).prefix(scalars: 32) }

    private static let wholeOnly = GatewayError.unsupported(
        "Razorpay captures only the whole amount that was authorized.")
    private static let noVoid = GatewayError.unsupported(
        "Razorpay cannot cancel an authorization. It gives the money back by itself if the payment is not captured.")
    private static let unknown = refusal(404, "there is no such order")
    private static let notAuthorized = refusal(400, "no payment of the order is authorized")
    private static let notCaptured = refusal(400, "no payment of the order is captured")

    private static func refusal(_ status: Int, _ words: String) -> GatewayError {
        .refused(status: status, code: "BAD_REQUEST_ERROR", words)
    }
}

import Commerce
import Primitives

extension PayPalGateway {
    /// Refunds a part of the capture of a payment. Where PayPal says that there was such a refund before, it is looked up.
    ///
    /// - Throws: `GatewayError`; `.refused` where no capture is known.
    public func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        let reader = PayPalReader(currency: refund.currency, transactionID: refund.names.transactionID)
        let path = "/v2/payments/captures/\(PayPalText.path(try await captureID(refund)))/refund"
        do {
            let answer = try await client.post(path, try body(refund), key: key, "refund capture")
            var made = try reader.refund(answer, of: refund.names.transactionID)
            made.refund = refund.id
            return made
        } catch let error as GatewayError where PayPalRefusal.saysDone(error) {
            guard let made = try await earlier(refund) else { throw error }
            return made
        }
    }

    private func body(_ refund: GatewayRefundDraft) throws(GatewayError) -> JSONValue {
        var members: [String: JSONValue] = [
            "amount": try PayPalMoney.json(refund.amount, refund.currency),
            "custom_id": .string(refund.names.transactionID),
            "invoice_id": .string(PayPalInvoice.refund(refund.id, of: refund.names.transactionID)),
        ]
        if !refund.reason.isEmpty { members["note_to_payer"] = .string(refund.reason.prefix(scalars: 255)) }
        return .object(members)
    }

    private func captureID(_ refund: GatewayRefundDraft) async throws -> String {
        if let known = refund.names.transaction { return known }
        if let found = try await find(refund.names, in: refund.currency)?.names.transaction { return found }
        throw GatewayError.refused(status: 404, code: "RESOURCE_NOT_FOUND", "PayPal has no capture of this payment.")
    }

    private func earlier(_ refund: GatewayRefundDraft) async throws -> GatewayRefund? {
        try await find(refund.names, in: refund.currency)?.refunds.first { $0.refund == refund.id }
    }
}

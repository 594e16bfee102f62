import Primitives

extension PayPalGateway {
    /// Checks PayPal's signature by its certificate, and asks PayPal itself where that cannot be had. PayPal repeats a delivery for
    /// three days under its first time, so the time is not looked at.
    ///
    /// - Throws: `GatewayError.badSignature`; `GatewayError.unavailable` where neither can be had; `CancellationError`.
    public func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader {
        let signature = try PayPalSignature(delivery)
        guard !settings.webhookIDs.isEmpty else { throw GatewayError.badSignature("No webhook id is set up.") }
        do {
            let signer = try await certificates.signer(signature.certificateURL, at: now)
            try check(signature, delivery.body, signer)
            return try header(delivery.body)
        } catch GatewayError.unavailable {
            return try await ask(signature, delivery.body)
        }
    }

    /// Reads what an event tells; empty for kinds of event that the shop does not follow.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what it has to have.
    public func notices(in payload: JSONValue) throws -> [GatewayNotice] {
        try PayPalNotices.read(PayPalFields(payload))
    }

    private func check(_ signature: PayPalSignature, _ body: [UInt8], _ signer: PayPalSigner) throws(GatewayError) {
        let isSigned = settings.webhookIDs.contains { id in
            signer.signed(signature.message(id, body: body), signature.bytes)
        }
        guard isSigned else { throw .badSignature("The signature does not match.") }
    }

    private func header(_ body: [UInt8]) throws(GatewayError) -> WebhookHeader {
        guard let payload = try? JSONValue(parsing: body), let id = PayPalFields(payload)["id"].text,
            let type = PayPalFields(payload)["event_type"].text
        else { throw .badSignature("The body is no event.") }
        return WebhookHeader(id: id.prefix(scalars: 200), type: type.prefix(scalars: 100), payload: payload)
    }

    /// Asks PayPal about a signature (…/docs/api/webhooks/v1/#verify-webhook-signature_post). The event goes there in the bytes in
    /// which it came, since other ones have another checksum.
    private func ask(_ signature: PayPalSignature, _ body: [UInt8]) async throws -> WebhookHeader {
        let header = try header(body)
        for id in settings.webhookIDs where try await isConfirmed(signature, body, id) { return header }
        throw GatewayError.badSignature("PayPal does not know the signature.")
    }

    private func isConfirmed(_ signature: PayPalSignature, _ body: [UInt8], _ id: String) async throws -> Bool {
        let fields = JSONValue.object([
            "auth_algo": .string(PayPalSignature.algorithm), "cert_url": .string(signature.certificateURL),
            "transmission_id": .string(signature.transmission), "transmission_sig": .string(signature.text),
            "transmission_time": .string(signature.time), "webhook_id": .string(id),
        ])
        let bytes = try JSONBytes.encode(fields).dropLast() + Array(#","webhook_event":"#.utf8) + body + Array("}".utf8)
        do {
            // A key of the whole question: no answer to another body can be taken for this one's.
            let answer = try await client.post(
                "/v1/notifications/verify-webhook-signature", bytes: Array(bytes),
                key: Hex.encode(Digest.sha256(bytes)), "verify webhook")
            return answer["verification_status"].text == "SUCCESS"
        } catch let error as GatewayError {
            throw GatewayError.unavailable(error.reason, isUndone: true)
        }
    }
}

import Commerce
import Jobs
import Payments
import Primitives
import SQL

extension PaymentFlow {
    /// Stores a webhook whose signature is good, once for each event, with the job that works on it. Nothing else happens before the
    /// gateway has its answer.
    ///
    /// - Throws: `NotFound` where the gateway is not set up, `GatewayError.badSignature`, `GatewayError.unavailable`, `SQLError`.
    func receive(_ delivery: WebhookDelivery, from code: GatewayCode) async throws {
        guard let gateway = try await database.read({ try directory.gateway(code, in: $0) }) else { throw NotFound() }
        let header = try await gateway.verify(delivery, at: time.now)
        let payload = String(decoding: delivery.body, as: UTF8.self)
        try await database.write { tx in
            guard let id = try payments.store(header, payload, from: code, in: tx) else { return }
            try checkout.jobs.enqueue(HandleWebhook(eventID: id), in: tx)
        }
    }

    /// Works on a stored webhook: each thing that it tells is written down with the payment that it is about.
    ///
    /// - Returns: how it ended.
    /// - Throws: `JSONSyntaxError` where the stored payload is no JSON, `GatewayError`, `OutOfRange`, `SQLError`.
    func handle(_ event: WebhookEvent) async throws -> WebhookEvent.Outcome {
        let gateway = try await gateway(event.gateway)
        let notices = try gateway.notices(in: JSONValue(parsing: Array(event.payload.utf8)))
        var payment: PaymentID?
        for notice in notices {
            guard let id = try await database.read({ try payments.find(notice.names, at: event.gateway, in: $0) })
            else { continue }
            payment = id
            try await handle(notice, of: id, gateway)
        }
        return WebhookEvent.Outcome(payment, status: payment == nil ? .ignored : .done)
    }

    /// Writes down what a gateway tells of a payment, in a webhook or in a list, or asks it. The same told twice changes nothing more.
    ///
    /// - Throws: `GatewayError`, `NotFound`, `OutOfRange`, `SQLError`.
    func handle(_ notice: GatewayNotice, of id: PaymentID, _ gateway: any PaymentGateway) async throws {
        switch notice {
        case .ask: try await ask(require(id))
        case .payment(let report, let currency):
            let known = try await settle(id, in: currency) { try record(report, of: $0, in: $1) }
            _ = try await captureApproved(known, gateway)
        case .refund(let report, _, let currency):
            _ = try await settle(id, in: currency) { try payments.record(report, of: $0, in: $1) }
        case .dispute(let report, _, let currency):
            _ = try await settle(id, in: currency) { payment, tx in
                let (dispute, isNew) = try payments.record(report, of: payment, in: tx)
                if isNew { try tellStaff(dispute, payment, tx) }
                return try payments.refreshed(payment, in: tx)
            }
        }
    }

    private func settle(
        _ id: PaymentID, in currency: String, _ change: @escaping @Sendable (Payment, Transaction) throws -> Payment
    ) async throws -> Payment {
        try await database.write { tx in
            try settle(id, in: tx) { payment, tx in
                guard payment.currency == currency.uppercased() else {
                    throw GatewayError.unsupported("what is told is in another currency than the payment")
                }
                return try change(payment, tx)
            }
        }
    }
}

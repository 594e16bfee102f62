import Commerce
import Orders
import Payments
import Primitives
import SQL

/// Asking gateways, and writing down what they answer.
extension PaymentFlow {
    /// Asks the gateway to do what an operation says, which is committed, and writes the answer down.
    ///
    /// A refusal ends the operation, and with it the payment or the refund that it should have made. Without an answer it stays
    /// pending, for reconciliation to end.
    ///
    /// - Throws: `GatewayError`, `NotFound`, `OutOfRange`, `SQLError`.
    @discardableResult
    func run(_ operation: PaymentOperation) async throws -> Payment {
        let payment = try await require(operation.payment)
        do {
            let gateway = try await gateway(payment.gateway)
            return try await write(try await ask(gateway, operation, payment), operation)
        } catch let error as GatewayError {
            return try await write(error, operation, payment)
        }
    }

    private enum Answer {
        case payment(GatewayPayment)
        case refund(GatewayRefund)
    }

    private func ask(
        _ gateway: any PaymentGateway, _ operation: PaymentOperation, _ payment: Payment
    ) async throws -> Answer {
        let currency = currency(of: payment)
        switch operation.kind {
        case .create:
            return .payment(try await gateway.create(operation.draft(payment, currency), key: operation.key))
        case .authorize, .capture:
            // Nothing is authorized before: so the gateway tells one from the other, also when it is asked again.
            let authorized = operation.kind == .authorize ? .zero : payment.facts.authorized
            let capture = GatewayCapture(payment.names, amount: operation.amount, of: authorized, currency)
            return .payment(try await gateway.capture(capture, key: operation.key))
        case .void:
            return .payment(try await gateway.void(payment.names, in: currency, key: operation.key))
        case .refund:
            guard let id = operation.refund,
                let refund = try await database.read({ try payments.refund(id, in: $0) })
            else { throw NotFound() }
            return .refund(
                try await gateway.refund(
                    GatewayRefundDraft(
                        id, of: payment.names, amount: refund.amount, captured: payment.facts.captured, currency,
                        reason: refund.reason), key: operation.key))
        }
    }

    private func write(_ answer: Answer, _ operation: PaymentOperation) async throws -> Payment {
        try await database.write { tx in
            try settle(operation.payment, in: tx) { payment, tx in
                try payments.end(operation, as: .done, in: tx)
                switch answer {
                case .payment(let report): return try record(report, of: payment, in: tx)
                case .refund(let report): return try payments.record(report, of: payment, in: tx)
                }
            }
        }
    }

    /// Writes a failure down. A declined payment is an answer: it is returned, with its reason.
    private func write(
        _ error: GatewayError, _ operation: PaymentOperation, _ payment: Payment
    ) async throws -> Payment {
        if case .unavailable = error {
            _ = try await database.write { try payments.end(operation, as: .pending, error: error.reason, in: $0) }
            throw error
        }
        let ended = try await database.write { tx in
            try settle(operation.payment, in: tx) { payment, tx in
                try payments.end(operation, as: .failed, error: error.reason, in: tx)
                return try end(payment, operation, error, tx)
            }
        }
        if case .declined = error, ended.status == .failed { return ended }
        throw error
    }

    /// Ends what a refused operation should have made.
    private func end(
        _ payment: Payment, _ operation: PaymentOperation, _ error: GatewayError, _ tx: Transaction
    ) throws -> Payment {
        let failed = GatewayPayment(payment.names, .failed, failureReason: error.message)
        switch (operation.kind, error) {
        case (.create, _), (.authorize, .declined), (.capture, .declined):
            return try payments.record(failed, of: payment, in: tx)
        case (.refund, _):
            guard let refund = operation.refund else { return payment }
            return try payments.failRefund(refund, reason: error.reason, of: payment, in: tx)
        case (.authorize, _), (.capture, _), (.void, _): return payment
        }
    }

    /// Asks the gateway what has become of a payment and writes it down; what the payer has approved is captured where that is the
    /// shop's to do. `names` are those that the payer's browser has proved.
    ///
    /// - Throws: `GatewayError`, `NotFound`, `OutOfRange`, `SQLError`.
    @discardableResult
    func ask(_ payment: Payment, _ names: GatewayLookup? = nil) async throws -> Payment {
        let gateway = try await gateway(payment.gateway)
        guard let report = try await gateway.find(names ?? payment.names, in: currency(of: payment)) else {
            return payment
        }
        let known = try await database.write { tx in
            try settle(payment.id, in: tx) { try record(report, of: $0, in: $1) }
        }
        return try await captureApproved(known, gateway)
    }

    /// Captures a payment that its payer has approved or authorized, where the gateway does not do so by itself and the order still
    /// wants it.
    func captureApproved(_ payment: Payment, _ gateway: any PaymentGateway) async throws -> Payment {
        let isApproved = payment.status == .processing && payment.facts.progress == .approved
        guard isApproved || (payment.status == .authorized && gateway.capturesAutomatically) else { return payment }
        let operation = try await database.write { tx -> PaymentOperation? in
            let order = try orders.lock(.id(payment.order), in: tx)
            guard order.status != .cancelled, !order.paymentStatus.isSettled else { return nil }
            let current = try payments.lock(payment.id, in: tx)
            let pending = try payments.pendingOperations(of: payment.id, in: tx)
            guard current.facts.captured == .zero, !pending.contains(where: { $0.kind.takesMoney }) else { return nil }
            let isAuthorized = gateway.capturesAutomatically || current.facts.authorized > .zero
            return try payments.begin(isAuthorized ? .capture : .authorize, of: current, amount: current.amount, in: tx)
        }
        guard let operation else { return try await require(payment.id) }
        return try await run(operation)
    }
}

extension PaymentOperation {
    /// Returns what the gateway is asked to make, the same at each attempt: a gateway refuses another request under the same key.
    fileprivate func draft(_ payment: Payment, _ currency: Currency) -> GatewayDraft {
        GatewayDraft(
            transactionID: payment.transactionID, orderNumber: payment.orderNumber, amount: amount, currency: currency,
            email: request.email, returnURL: payment.returnURL, method: request.method,
            customer: request.customer, savedMethod: request.savedMethod, savesMethod: request.savesMethod)
    }
}

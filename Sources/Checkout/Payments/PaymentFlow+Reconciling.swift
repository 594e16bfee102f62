import Commerce
import Logging
import Orders
import Payments
import Primitives
import SQL

/// Reconciliation: what is open is asked about, and what was never answered is ended.
extension PaymentFlow {
    /// Asks a payment's gateway about it, ends the operations that were never answered, and sets the time of the next question.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func reconcile(_ id: PaymentID) async throws {
        let payment = try await require(id)
        do {
            let known = try await ask(payment)
            for operation in try await database.read({ try payments.pendingOperations(of: id, in: $0) })
            where !operation.mayBeRunning(at: time.now) {
                try await resolve(operation, known)
            }
        } catch let error as GatewayError {
            logger.notice(
                "a payment could not be reconciled",
                metadata: ["payment": "\(payment.transactionID)", "error": "\(error.reason)"])
        }
        try await database.write { tx in
            _ = try orders.lock(.id(payment.order), in: tx)
            try payments.postpone(payments.lock(id, in: tx), in: tx)
        }
    }

    /// Ends an operation whose answer was lost, now that the gateway has told what there is: it was done, or it is done again under
    /// the same key.
    private func resolve(_ operation: PaymentOperation, _ known: Payment) async throws {
        switch operation.kind {
        case .create where known.reference.isEmpty:
            // Nobody has what a payer would need to pay it.
            let reason = "The payment service did not answer."
            try await database.write { tx in
                _ = try settle(known.id, in: tx) { payment, tx in
                    try payments.end(operation, as: .failed, error: reason, in: tx)
                    return try payments.record(
                        GatewayPayment(payment.names, .failed, failureReason: reason), of: payment, in: tx)
                }
            }
        case .create: try await end(operation, as: .done)
        case .authorize where known.facts.authorized > .zero: try await end(operation, as: .done)
        case .authorize where !known.status.isOpen: try await end(operation, as: .failed)
        case .capture where known.facts.captured > .zero: try await end(operation, as: .done)
        case .capture where !known.status.isOpen && known.status != .authorized:
            try await end(operation, as: .failed)
        case .void where known.facts.progress == .canceled: try await end(operation, as: .done)
        case .void where known.facts.captured > .zero: try await end(operation, as: .failed)
        case .refund where try await isKnown(operation.refund): try await end(operation, as: .done)
        case .authorize, .capture, .void, .refund:
            if let again = try await database.write({ try payments.retry(operation, in: $0) }) { try await run(again) }
        }
    }

    private func end(_ operation: PaymentOperation, as status: PaymentOperation.Status) async throws {
        _ = try await database.write { try payments.end(operation, as: status, in: $0) }
    }

    /// Whether the gateway has told its id of a refund.
    private func isKnown(_ id: RefundID?) async throws -> Bool {
        guard let id, let refund = try await database.read({ try payments.refund(id, in: $0) }) else { return true }
        return !refund.gatewayRefund.isEmpty
    }
}

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
        case .capture where known.facts.captured > .zero: try await end(operation, as: .done)
        case .capture where !known.status.isOpen && known.status != .authorized:
            try await end(operation, as: .failed)
        case .void where known.facts.progress == .canceled: try await end(operation, as: .done)
        case .void where known.facts.captured > .zero: try await end(operation, as: .failed)
        case .refund where try await isKnown(operation.refund): try await end(operation, as: .done)
        case .capture, .void, .refund:
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

    /// Holds what a gateway lists of a span of time against what is known, and adds what is missing.
    ///
    /// - Returns: the gateway's payments that the shop has no row for.
    /// - Throws: `GatewayError`, `SQLError`.
    @discardableResult
    func reconcile(_ code: GatewayCode, from: Timestamp, until: Timestamp) async throws -> [GatewayLookup] {
        let gateway = try await gateway(code)
        var unknown: [GatewayLookup] = []
        var cursor: String?
        repeat {
            let page = try await gateway.list(from: from, until: until, after: cursor)
            for report in page.payments where try await !take(report, from: code) { unknown.append(report.names) }
            cursor = page.next
        } while cursor != nil
        if !unknown.isEmpty {
            logger.warning(
                "the gateway has payments that the shop does not know",
                metadata: ["gateway": "\(code.rawValue)", "count": "\(unknown.count)"])
        }
        return unknown
    }

    /// Writes down what a list says of a payment; returns false where the shop has none of its names.
    private func take(_ report: GatewayPayment, from code: GatewayCode) async throws -> Bool {
        try await database.write { tx in
            guard let id = try payments.find(report.names, at: code, in: tx) else { return false }
            try settle(id, in: tx) { try record(report, of: $0, in: $1) }
            return true
        }
    }
}

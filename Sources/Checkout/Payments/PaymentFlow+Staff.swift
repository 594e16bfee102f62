import Commerce
import Jobs
import Logging
import Orders
import Payments
import Primitives
import SQL
import Web

/// What staff do with payments.
extension PaymentFlow {
    /// Captures an authorized payment, all of it or `amount`; the rest is given back to the payer.
    ///
    /// - Throws: `PaymentError.invalidState`, `ValidationError` on `amount`, `GatewayError`, `NotFound`, `SQLError`.
    func capture(_ id: PaymentID, amount: Money?, _ call: APIRequest) async throws -> Payment {
        let operation = try await database.write { tx in
            try call.confirmSession(in: tx)
            let payment = try lock(id, in: tx).payment
            try recordBefore(payment, call, tx)
            guard payment.status == .authorized else {
                throw PaymentError.invalidState(payment.status, wanted: "captured")
            }
            let most = payment.facts.authorized
            guard (amount ?? most) <= most else {
                throw ValidationError("amount", "At most \(currency(of: payment).text(most)) can be captured.")
            }
            try refuseBusy(payment, tx)
            return try payments.begin(.capture, of: payment, amount: amount ?? most, in: tx)
        }
        return try await run(operation)
    }

    /// Cancels a payment that is not captured, so that no money can come of it.
    ///
    /// - Throws: `PaymentError.invalidState`, `GatewayError`, `NotFound`, `SQLError`.
    func void(_ id: PaymentID, _ call: APIRequest? = nil) async throws -> Payment {
        let operation = try await database.write { tx in
            try call?.confirmSession(in: tx)
            let payment = try lock(id, in: tx).payment
            if let call { try recordBefore(payment, call, tx) }
            guard payment.status.isOpen || payment.status == .authorized || payment.status == .failed else {
                throw PaymentError.invalidState(payment.status, wanted: "cancelled")
            }
            try refuseBusy(payment, tx)
            return try payments.begin(.void, of: payment, in: tx)
        }
        return try await run(operation)
    }

    /// Refunds a part of a captured payment at once, by staff's word. A repetition under the same `Idempotency-Key` makes no other one,
    /// also where the first left no answer.
    ///
    /// - Throws: `PaymentError.invalidState`, `ValidationError` on `amount`, `GatewayError`, `NotFound`, `SQLError`.
    func refund(_ id: PaymentID, _ wish: RefundWish, by user: UserID, _ call: APIRequest) async throws -> Refund {
        let key = call.repetitionKey.map { wish.key(under: $0, of: id) }
        let (refund, operation): (Refund, PaymentOperation?) = try await database.write { tx in
            try call.confirmSession(in: tx)
            let (order, payment) = try captured(id, tx)
            if let key, let known = try payments.refund(madeBy: key, in: tx) { return (known, nil) }
            let draft = try draft(wish, .staff, user, order, payment, requestKey: key, tx)
            let begun = try payments.beginRefund(draft, of: payment, in: tx)
            try restock(begun.refund, by: user, tx)
            return (begun.refund, begun.operation)
        }
        return try await carryOut(refund, operation)
    }

    /// Approves a requested refund, over another amount where one is given, and makes it.
    ///
    /// - Throws: `PaymentError.refundDecided`, `ValidationError` on `amount`, `GatewayError`, `NotFound`, `SQLError`.
    func approve(_ id: RefundID, amount: Money?, by user: UserID, _ call: APIRequest) async throws -> Refund {
        let (refund, operation) = try await database.write { tx in
            try call.confirmSession(in: tx)
            guard let found = try payments.refund(id, in: tx) else { throw NotFound() }
            if call.audit != nil { try call.recordBefore(body(of: found, in: tx)) }
            let begun = try payments.approve(
                id, amount: amount, of: captured(found.payment, tx).payment, by: user, in: tx)
            try restock(begun.refund, by: user, tx)
            return begun
        }
        return try await carryOut(refund, operation)
    }

    /// Rejects a requested refund.
    ///
    /// - Throws: `PaymentError.refundDecided`, `NotFound`, `SQLError`.
    func reject(_ id: RefundID, reason: String, by user: UserID, in tx: Transaction) throws -> Refund {
        guard let found = try payments.refund(id, in: tx) else { throw NotFound() }
        return try payments.reject(id, reason: reason, of: captured(found.payment, tx).payment, by: user, in: tx)
    }

    /// Writes a refund that the customer asks for and staff decide.
    ///
    /// - Throws: `PaymentError.invalidState`, `ValidationError` on `amount` or `items`, `NotFound`, `SQLError`.
    func requestRefund(_ id: PaymentID, _ wish: RefundWish, _ call: APIRequest) async throws -> Refund {
        try await database.write { tx in
            try call.confirmSession(in: tx)
            let (order, payment) = try captured(id, tx)
            return try payments.requestRefund(
                draft(wish, .customer, call.identity?.userID, order, payment, tx), of: payment, in: tx)
        }
    }

    /// Has a webhook worked on again, by staff's word.
    ///
    /// - Throws: `NotFound` where there is none or its payload has been cleared away, `SQLError`.
    func replay(_ id: WebhookEventID, in tx: Transaction) throws -> WebhookEvent {
        let event = try payments.reopen(id, in: tx)
        try checkout.jobs.enqueue(HandleWebhook(eventID: id), in: tx)
        return event
    }

    private func recordBefore(_ payment: Payment, _ call: APIRequest, _ tx: Transaction) throws {
        guard call.audit != nil else { return }
        let refunds = try payments.refunds(of: [payment.id], in: tx)
        try call.recordBefore(StaffPaymentBody(payment, refunds, currency: currency))
    }

    /// Locks a payment that money came for, behind its order.
    func captured(_ id: PaymentID, _ tx: Transaction) throws -> (order: Order, payment: Payment) {
        let (order, payment) = try lock(id, in: tx)
        guard payment.status.isCaptured else { throw PaymentError.invalidState(payment.status, wanted: "refunded") }
        return (order, payment)
    }

    /// Makes a refund whose row is committed; without an operation it was made before.
    private func carryOut(_ refund: Refund, _ operation: PaymentOperation?) async throws -> Refund {
        do {
            if let operation { try await run(operation) }
        } catch GatewayError.unavailable {
            // It is on its way: reconciliation ends it.
        } catch let error as SQLError {
            logger.error("an answer about a refund could not be written", metadata: ["error": "\(error)"])
        }
        return try await database.read { try payments.refund(refund.id, in: $0) } ?? refund
    }

    /// Refuses what would cross another request that is asking the gateway about the same payment.
    private func refuseBusy(_ payment: Payment, _ tx: Transaction) throws {
        let pending = try payments.pendingOperations(of: payment.id, in: tx)
        if pending.contains(where: { $0.kind.takesMoney || $0.kind == .void }) { throw PaymentError.inProgress }
    }
}

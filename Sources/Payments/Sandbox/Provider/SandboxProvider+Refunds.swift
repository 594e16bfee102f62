import Commerce
import Primitives
import SQL

extension SandboxProvider {
    /// Refunds a part of a captured payment. Under the payment's lock, all refunds that did not fail and all disputed money together
    /// never exceed what was captured.
    ///
    /// - Throws: `GatewayError.refused`, `OutOfRange`, `SQLError`.
    func refund(_ draft: GatewayRefundDraft, key: String, _ tx: Transaction) throws -> JSONValue {
        let words = Self.words(draft.names, draft.amount, draft.currency)
        return try once(key, ["refund", String(draft.id.rawValue)] + words, tx) {
            let payment = try lock(draft.names, tx)
            guard payment.captured > .zero else { throw SandboxRefusal.state(payment) }
            try check(draft.amount, draft.currency, of: payment)
            guard try draft.amount <= left(of: payment, tx) else {
                throw SandboxRefusal.invalid("amount_too_large", "more than is left of the payment")
            }
            return try object(of: make(draft, of: payment, tx), of: payment)
        }
    }

    /// Returns what can still be refunded or disputed of a locked payment.
    func left(of payment: SandboxPayment, _ tx: Transaction) throws -> Money {
        let refunded = try SandboxRefundQueries.refunds(of: [payment.id], tx).filter { $0.status != .failed }
        let disputed = try SandboxRefundQueries.disputes(of: [payment.id], tx).filter(\.holdsMoney)
        return try payment.captured - (refunded.map(\.amount) + disputed.map(\.amount)).total()
    }

    private func make(
        _ draft: GatewayRefundDraft, of payment: SandboxPayment, _ tx: Transaction
    ) throws -> SandboxRefund {
        var refund = SandboxRefund()
        refund.reference = name("re_")
        refund.paymentID = payment.id
        refund.shopRefund = draft.id.rawValue
        refund.amount = draft.amount
        refund.createdAt = time.now
        refund.id = try SandboxRefundQueries.insert(refund, tx)
        try tell(.refundCreated, payment, ["refund": object(of: refund, of: payment)], tx)
        if try !SandboxEventQueries.behavior(tx).holdsRefunds { try finish(&refund, .completed, of: payment, tx) }
        return refund
    }

    /// Ends a refund. A completed one can still fail, when the payer's bank sends it back; a failed one stays so.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func finish(
        _ refund: inout SandboxRefund, _ status: SandboxRefund.Status, of payment: SandboxPayment, _ tx: Transaction
    ) throws {
        guard refund.status != .failed, refund.status != status else {
            throw SandboxRefusal.invalid("refund_unexpected_state", "the refund is \(refund.status.rawValue)")
        }
        refund.status = status
        refund.failureReason = status == .failed ? "The bank sent the money back." : ""
        try SandboxRefundQueries.update(refund, tx)
        let event = status == .failed ? SandboxEventType.refundFailed : .refundCompleted
        try tell(event, payment, ["refund": object(of: refund, of: payment)], tx)
    }
}

extension SandboxProvider {
    /// Opens a dispute over so much of a captured payment; over all that is left of it where no amount is named.
    ///
    /// - Throws: `GatewayError.refused`, `OutOfRange`, `SQLError`.
    func dispute(_ payment: SandboxPayment, _ amount: Money?, _ tx: Transaction) throws {
        let left = try left(of: payment, tx)
        let amount = amount ?? left
        guard amount > .zero, amount <= left else {
            throw SandboxRefusal.invalid("amount_too_large", "more than is left of the payment")
        }
        var dispute = SandboxDispute()
        dispute.reference = name("dp_")
        dispute.paymentID = payment.id
        dispute.amount = amount
        dispute.reason = "fraudulent"
        dispute.createdAt = time.now
        dispute.dueBy = time.now + Self.evidenceTime
        dispute.id = try SandboxRefundQueries.insert(dispute, tx)
        try tell(.disputeOpened, payment, ["dispute": object(of: dispute, of: payment)], tx)
    }

    /// Moves the newest dispute of a payment on that has not got so far yet: to the bank's desk, or to its decision.
    ///
    /// - Throws: `GatewayError.refused` where none is open, `SQLError`.
    func decide(_ status: GatewayDispute.Status, of payment: SandboxPayment, _ tx: Transaction) throws {
        let disputes = try SandboxRefundQueries.disputes(of: [payment.id], tx)
        guard var dispute = disputes.last(where: { $0.status < min(status, .won) }) else {
            throw SandboxRefusal.missing("open dispute")
        }
        dispute.status = status
        try SandboxRefundQueries.update(dispute, tx)
        let event: SandboxEventType =
            switch status {
            case .open, .underReview: .disputeUnderReview
            case .won: .disputeWon
            case .lost: .disputeLost
            }
        try tell(event, payment, ["dispute": object(of: dispute, of: payment)], tx)
    }
}

import Commerce
import Primitives
import SQL

/// Refunds: asked for, decided, and sent to the gateway. All of it locks the payment, so that refunds never exceed what was captured.
extension PaymentService {
    /// What somebody asks to be refunded.
    public struct RefundDraft: Sendable {
        let amount: Money
        let reason: String
        let items: [Refund.Item]
        let restock: Bool
        let origin: RefundOrigin
        let user: UserID?
        let requestKey: String?
        let returnID: ReturnID?

        /// Describes a refund of `amount`, in minor units of the payment's currency, for a return or cancellation where it is one's.
        /// A request that is repeated finds its refund by `requestKey`, 64 characters.
        public init(
            amount: Money, reason: String, items: [Refund.Item] = [], restock: Bool = false, origin: RefundOrigin,
            user: UserID?, requestKey: String? = nil, returnID: ReturnID? = nil
        ) {
            self.amount = amount
            self.reason = reason
            self.items = items
            self.restock = restock
            self.origin = origin
            self.user = user
            self.requestKey = requestKey
            self.returnID = returnID
        }
    }

    /// Returns what can still be refunded of a payment: what was captured less all refunds that are not rejected or failed.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func refundable(_ payment: Payment, except refund: RefundID? = nil, in connection: Connection) throws
        -> Money
    {
        try refundable(payment, RefundQueries.refunds(of: [payment.id], connection).filter { $0.id != refund })
    }

    /// Returns what can still be refunded of each of these payments, in their order.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func refundable(_ payments: [Payment], in connection: Connection) throws -> [Money] {
        let refunds = try RefundQueries.refunds(of: payments.map(\.id), connection)
        return try payments.map { try refundable($0, refunds) }
    }

    /// Returns what can still be refunded of a payment beside `refunds`, among which are all of its own.
    ///
    /// - Throws: `OutOfRange`.
    public func refundable(_ payment: Payment, _ refunds: [Refund]) throws(OutOfRange) -> Money {
        let taken = try refunds.filter { $0.payment == payment.id && $0.status.isCounted }.map(\.amount).total()
        return max(.zero, try payment.facts.captured - taken)
    }

    /// Writes a refund of a locked payment that staff have still to decide.
    ///
    /// - Throws: `ValidationError` on `amount` where it is more than can be refunded, `OutOfRange`, `SQLError`.
    public func requestRefund(_ draft: RefundDraft, of payment: Payment, in tx: Transaction) throws -> Refund {
        let refund = try insert(draft, .requested, of: payment, tx)
        _ = try refreshed(payment, in: tx)
        return refund
    }

    /// Writes a refund of a locked payment, and what its gateway is about to be asked.
    ///
    /// - Throws: as ``requestRefund(_:of:in:)``.
    public func beginRefund(
        _ draft: RefundDraft, of payment: Payment, in tx: Transaction
    ) throws -> (refund: Refund, operation: PaymentOperation) {
        let refund = try insert(draft, .pending, of: payment, tx)
        _ = try refreshed(payment, in: tx)
        return (refund, try begin(.refund, of: payment, refund: refund.id, amount: refund.amount, in: tx))
    }

    /// Approves a requested refund of a locked payment, over another amount where one is given, and writes what its gateway is
    /// about to be asked.
    ///
    /// - Throws: `PaymentError.refundDecided`, else as ``requestRefund(_:of:in:)``.
    public func approve(
        _ id: RefundID, amount: Money?, of payment: Payment, by user: UserID, in tx: Transaction
    ) throws -> (refund: Refund, operation: PaymentOperation) {
        var refund = try requested(id, of: payment, tx)
        refund.amount = amount ?? refund.amount
        try check(refund.amount, of: payment, except: id, tx)
        refund.status = .pending
        refund.decidedBy = user
        refund.updatedAt = time.now
        try RefundQueries.update(refund, tx)
        _ = try refreshed(payment, in: tx)
        return (refund, try begin(.refund, of: payment, refund: id, amount: refund.amount, in: tx))
    }

    /// Rejects a requested refund of a locked payment.
    ///
    /// - Throws: `PaymentError.refundDecided`, `NotFound`, `SQLError`.
    public func reject(
        _ id: RefundID, reason: String, of payment: Payment, by user: UserID, in tx: Transaction
    ) throws -> Refund {
        var refund = try requested(id, of: payment, tx)
        refund.status = .rejected
        refund.decidedBy = user
        refund.decisionNote = Self.cut(reason)
        refund.updatedAt = time.now
        try RefundQueries.update(refund, tx)
        _ = try refreshed(payment, in: tx)
        return refund
    }

    /// Marks a refund as failed that its gateway has refused.
    ///
    /// - Throws: `NotFound`, `OutOfRange`, `SQLError`.
    public func failRefund(_ id: RefundID, reason: String, of payment: Payment, in tx: Transaction) throws -> Payment {
        guard var refund = try RefundQueries.find(id, tx), refund.payment == payment.id else { throw NotFound() }
        if refund.status == .pending {
            refund.status = .failed
            refund.failureReason = Self.cut(reason)
            refund.updatedAt = time.now
            try RefundQueries.update(refund, tx)
        }
        return try refreshed(payment, in: tx)
    }

    /// Notes the return that the goods of a refund of a locked payment have become.
    ///
    /// - Throws: `SQLError`.
    public func setReturn(_ back: ReturnID, of refund: Refund, in tx: Transaction) throws {
        try RefundQueries.setReturn(back, of: refund.id, tx)
    }

    /// Returns the refund; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public func refund(_ id: RefundID, in connection: Connection) throws -> Refund? {
        try RefundQueries.find(id, connection)
    }

    /// Returns the refund that a request has made before; nil where it has made none.
    ///
    /// - Throws: `SQLError`.
    public func refund(madeBy requestKey: String, in connection: Connection) throws -> Refund? {
        try RefundQueries.find(requestKey: requestKey, connection)
    }

    /// Returns the refunds of these payments, oldest first.
    ///
    /// - Throws: `SQLError`.
    public func refunds(of payments: [PaymentID], in connection: Connection) throws -> [Refund] {
        try RefundQueries.refunds(of: payments, connection)
    }

    /// Returns the refunds of an order's payments, oldest first.
    ///
    /// - Throws: `SQLError`.
    public func refunds(of order: OrderID, in connection: Connection) throws -> [Refund] {
        try RefundQueries.refunds(of: order, connection)
    }

    /// Returns the number that customers see of a refund's order; empty where that is gone.
    ///
    /// - Throws: `SQLError`.
    public func orderNumber(of refund: Refund, in connection: Connection) throws -> String {
        try PaymentListQueries.orderNumbers(of: [refund.order], connection)[refund.order] ?? ""
    }

    private func requested(_ id: RefundID, of payment: Payment, _ tx: Transaction) throws -> Refund {
        guard let refund = try RefundQueries.find(id, tx), refund.payment == payment.id else { throw NotFound() }
        guard refund.status == .requested else { throw PaymentError.refundDecided(refund.status) }
        return refund
    }

    private func insert(
        _ draft: RefundDraft, _ status: RefundStatus, of payment: Payment, _ tx: Transaction
    ) throws -> Refund {
        try check(draft.amount, of: payment, tx)
        var refund = Refund()
        refund.payment = payment.id
        refund.order = payment.order
        refund.gateway = payment.gateway
        refund.amount = draft.amount
        refund.currency = payment.currency
        refund.reason = Self.cut(draft.reason)
        refund.status = status
        refund.itemsText = String(decoding: try JSONBytes.encode(draft.items, keys: .asDeclared), as: UTF8.self)
        refund.restock = draft.restock
        refund.origin = draft.origin
        refund.requestedBy = draft.user
        refund.decidedBy = draft.origin == .staff ? draft.user : nil
        refund.requestKey = draft.requestKey
        refund.returnID = draft.returnID
        refund.createdAt = time.now
        refund.updatedAt = refund.createdAt
        refund.id = try RefundQueries.insert(refund, tx)
        try publish(made: refund, tx)
        return refund
    }

    private func check(_ amount: Money, of payment: Payment, except id: RefundID? = nil, _ tx: Transaction) throws {
        let most = try refundable(payment, except: id, in: tx)
        guard amount > .zero, amount <= most else {
            let words = Currency(code: payment.currency)?.text(most) ?? String(most.minorUnits)
            throw ValidationError("amount", "At most \(words) can be refunded.")
        }
    }
}

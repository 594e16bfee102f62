import Commerce
import Primitives
import SQL

/// What gateways report, written down: each report adds to what is known, and what is new of money is posted.
extension PaymentService {
    /// Merges a report into a locked payment, with the refunds that it tells of, and posts the money that is new.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func record(_ report: GatewayPayment, of payment: Payment, in tx: Transaction) throws -> Payment {
        var changed = payment
        changed.facts = payment.facts.merging(report)
        changed.name(by: report)
        if let fee = report.fee { changed.fee = max(payment.fee, fee) }
        if !report.failureReason.isEmpty { changed.failureReason = Self.cut(report.failureReason) }
        if report.response != .null {
            changed.response = String(decoding: try JSONBytes.encode(report.response), as: UTF8.self)
        }
        if let action = report.nextAction, report.names.reference ?? changed.reference == changed.reference {
            changed.sealedAction = try action.sealed(in: box, payment.transactionID)
        }
        try post(changed, from: payment, tx)
        var refunds = try RefundQueries.refunds(of: [payment.id], tx)
        for refund in report.refunds { try merge(refund, of: changed, into: &refunds, tx) }
        for dispute in report.disputes { try record(dispute, of: changed, in: tx) }
        return try write(&changed, refunds, tx)
    }

    /// Merges what a gateway reports of a refund into it and its locked payment. One that nobody here asked for was made in the
    /// gateway's own dashboard and becomes a row of its own.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func record(_ report: GatewayRefund, of payment: Payment, in tx: Transaction) throws -> Payment {
        var changed = payment
        var refunds = try RefundQueries.refunds(of: [payment.id], tx)
        try merge(report, of: payment, into: &refunds, tx)
        return try write(&changed, refunds, tx)
    }

    /// Merges what a gateway reports of a dispute of a locked payment: while the bank holds the money, and where it is lost, the
    /// ledger has it under disputes.
    ///
    /// - Returns: the dispute, and whether it was not known before.
    /// - Throws: `OutOfRange`, `SQLError`.
    @discardableResult
    public func record(
        _ report: GatewayDispute, of payment: Payment, in tx: Transaction
    ) throws -> (dispute: Dispute, isNew: Bool) {
        let known = try RefundQueries.dispute(report.id, at: payment.gateway, tx)
        var dispute = known ?? Dispute(report, of: payment, at: time.now)
        dispute.take(report)
        guard dispute != known else { return (dispute, false) }
        dispute.updatedAt = time.now
        try post(dispute, from: known, of: payment, tx)
        if known == nil {
            dispute.id = try RefundQueries.insert(dispute, tx)
        } else {
            try RefundQueries.update(dispute, tx)
        }
        if dispute.lost != known?.lost ?? .zero { try onReversal(payment.order, self, tx) }
        return (dispute, known == nil)
    }

    /// Derives the statuses of a locked payment anew from what is known of it, its refunds and disputes, and writes it.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @discardableResult
    public func refreshed(_ payment: Payment, in tx: Transaction) throws -> Payment {
        var changed = payment
        return try write(&changed, RefundQueries.refunds(of: [payment.id], tx), tx)
    }

    /// Derives a payment's statuses from what is known, and writes it.
    func write(_ payment: inout Payment, _ refunds: [Refund], _ tx: Transaction) throws -> Payment {
        let before = payment.refunded
        payment.refunded = try refunds.filter { $0.status == .completed }.map(\.amount).total()
        payment.status = payment.facts.status(refunded: payment.refunded)
        payment.refundStatus = .of(refunds, captured: payment.facts.captured, refunded: payment.refunded)
        if !payment.status.isOpen { payment.sealedAction = nil }
        if try !isWatched(payment, tx) {
            payment.nextCheckAt = nil
            payment.checks = 0
        } else if payment.nextCheckAt == nil {
            payment.nextCheckAt = time.now + schedule.pause(after: 0)
        }
        payment.updatedAt = time.now
        try PaymentQueries.update(payment, tx)
        if payment.refunded != before { try onReversal(payment.order, self, tx) }
        return payment
    }

    /// Whether something may still happen to a payment that the shop could fail to hear of, or an answer about it was lost.
    func isWatched(_ payment: Payment, _ connection: Connection) throws -> Bool {
        let isOnline = payment.gateway.isOnline
        if isOnline, payment.status.isOpen || payment.status == .authorized || payment.refundStatus == .pending {
            return true
        }
        if try !OperationQueries.pending(of: payment.id, connection).isEmpty { return true }
        return try isOnline && payment.status.isCaptured && RefundQueries.hasOpenDispute(payment.id, connection)
    }

    /// Posts what has been captured and kept as a fee since `payment` was as it was.
    private func post(_ changed: Payment, from payment: Payment, _ tx: Transaction) throws {
        let clearing = LedgerAccount.clearing(payment.gateway)
        var capture = LedgerPosting(.capture, payment.order, payment: payment.id, currency: payment.currency)
        try capture.move(
            try changed.facts.captured - payment.facts.captured, debit: clearing, credit: .receivable)
        try post(capture, in: tx)
        var fee = LedgerPosting(.fee, payment.order, payment: payment.id, currency: payment.currency)
        try fee.move(try changed.fee - payment.fee, debit: .fees, credit: clearing)
        try post(fee, in: tx)
    }

    private func post(_ dispute: Dispute, from known: Dispute?, of payment: Payment, _ tx: Transaction) throws {
        let before = known.map { $0.status == .won ? .zero : $0.amount } ?? .zero
        let after = dispute.status == .won ? Money.zero : dispute.amount
        guard before != after else { return }
        var posting = LedgerPosting(
            after > before ? .dispute : .disputeReversal, payment.order, payment: payment.id, currency: payment.currency
        )
        try posting.move(try after - before, debit: .disputes, credit: .clearing(payment.gateway))
        try post(posting, in: tx)
    }

    private func merge(
        _ report: GatewayRefund, of payment: Payment, into refunds: inout [Refund], _ tx: Transaction
    ) throws {
        guard let index = refunds.firstIndex(where: { $0.isMeant(by: report) }) else {
            var refund = Refund(report, of: payment, at: time.now)
            refund.id = try RefundQueries.insert(refund, tx)
            try post(refund, from: .pending, of: payment, tx)
            try publish(made: refund, tx)
            return refunds.append(refund)
        }
        var refund = refunds[index]
        refund.take(report, at: time.now)
        guard refund != refunds[index] else { return }
        try post(refund, from: refunds[index].status, of: payment, tx)
        try RefundQueries.update(refund, tx)
        try publish(refund, from: refunds[index].status, tx)
        refunds[index] = refund
    }

    /// Posts a refund that has been completed, or that has failed after that.
    private func post(
        _ refund: Refund, from before: RefundStatus, of payment: Payment, _ tx: Transaction
    ) throws {
        guard (refund.status == .completed) != (before == .completed) else { return }
        let isDone = refund.status == .completed
        var posting = LedgerPosting(
            isDone ? .refund : .refundReversal, payment.order, payment: payment.id, refund: refund.id,
            currency: payment.currency)
        try posting.move(
            isDone ? refund.amount : try Money.zero - refund.amount, debit: .receivable,
            credit: .clearing(payment.gateway))
        try post(posting, in: tx)
    }

    /// Returns a text of at most so many characters.
    static func cut(_ text: String, to limit: Int = 500) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }
}

extension Payment {
    /// Takes over the names that a report tells. What moved the money goes before what only authorized it.
    fileprivate mutating func name(by report: GatewayPayment) {
        if reference.isEmpty, let name = report.names.reference { reference = name }
        if let name = report.names.transaction, gatewayTransaction.isEmpty || report.captured > .zero {
            gatewayTransaction = name
        }
        if !report.method.isEmpty, method.isEmpty || report.captured > .zero { method = report.method }
    }
}

extension Refund {
    /// Whether a report is about this refund: it names the row, or the gateway's id is the row's.
    func isMeant(by report: GatewayRefund) -> Bool {
        gatewayRefund.isEmpty ? report.refund == id : gatewayRefund == report.id
    }

    /// Merges a report; one that tells nothing new changes nothing.
    mutating func take(_ report: GatewayRefund, at now: Timestamp) {
        let after = status.merging(report.status)
        if gatewayRefund.isEmpty { gatewayRefund = report.id }
        if !report.failureReason.isEmpty { failureReason = PaymentService.cut(report.failureReason) }
        guard after != status else { return }
        status = after
        updatedAt = now
        if after == .completed { completedAt = now }
    }

    /// A refund that was made in the gateway's dashboard.
    fileprivate init(_ report: GatewayRefund, of payment: Payment, at now: Timestamp) {
        self.init()
        self.payment = payment.id
        order = payment.order
        gateway = payment.gateway
        amount = report.amount
        currency = payment.currency
        origin = .gateway
        gatewayRefund = report.id
        status = RefundStatus.pending.merging(report.status)
        failureReason = PaymentService.cut(report.failureReason)
        createdAt = now
        updatedAt = now
        completedAt = status == .completed ? now : nil
    }
}

extension Dispute {
    fileprivate init(_ report: GatewayDispute, of payment: Payment, at now: Timestamp) {
        self.init()
        self.payment = payment.id
        order = payment.order
        gateway = payment.gateway
        gatewayDispute = report.id
        currency = payment.currency
        createdAt = now
    }

    /// Merges a report; one that tells nothing new changes nothing, nor does one of before what is known.
    mutating func take(_ report: GatewayDispute) {
        guard report.status >= status else { return }
        status = report.status
        if report.amount > .zero { amount = report.amount }
        if !report.reason.isEmpty { reason = PaymentService.cut(report.reason, to: 200) }
        if let due = report.dueBy { dueBy = due }
    }
}

import Commerce
import Inventory
import Jobs
import Orders
import Payments
import Primitives
import SQL

/// What becomes of an order when more is known of one of its payments.
extension PaymentFlow {
    /// Locks a payment's order and the payment, has `change` add to what is known of the payment, and has the order follow.
    ///
    /// - Throws: `NotFound`, `OutOfRange`, `SQLError`, what `change` throws.
    @discardableResult
    func settle(
        _ id: PaymentID, in tx: Transaction, _ change: (Payment, Transaction) throws -> Payment
    ) throws -> Payment {
        let (order, before) = try lock(id, in: tx)
        let after = try change(before, tx)
        if before.reference.isEmpty, !after.reference.isEmpty,
            order.status == .cancelled || order.paymentStatus.isSettled
        {
            try checkout.closePayments(of: order, in: tx)
        }
        return try follow(order, from: before, to: after, tx)
    }

    /// Locks a payment's order, then the payment, until the transaction ends.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func lock(_ id: PaymentID, in tx: Transaction) throws -> (order: Order, payment: Payment) {
        let order = try orders.lock(.id(payments.order(of: id, in: tx)), in: tx)
        return (order, try payments.lock(id, in: tx))
    }

    /// Merges a report into a locked payment; a method that its gateway has saved is fetched by a job, and staff are told of disputes
    /// that are new.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func record(_ report: GatewayPayment, of payment: Payment, in tx: Transaction) throws -> Payment {
        let disputes = report.disputes.isEmpty ? [] : try payments.disputes(of: [payment.id], in: tx)
        let known = try payments.record(report, of: payment, in: tx)
        if !report.disputes.isEmpty { try tellStaff(known, except: Set(disputes.map(\.id)), tx) }
        let isAgreed = known.status == .authorized || known.status.isCaptured
        if let method = report.savedMethod, let user = known.user, isAgreed, payment.status != known.status {
            let job = SaveMethod(userID: user, gateway: known.gateway, method: method)
            try checkout.jobs.enqueue(job, in: tx)
        }
        return known
    }

    private func follow(_ order: Order, from before: Payment, to after: Payment, _ tx: Transaction) throws -> Payment {
        if after.facts.captured > before.facts.captured { return try receive(after, for: order, tx) }
        if after.refunded != before.refunded {
            let actor = after.refunded > before.refunded ? try refunder(of: after, tx) : .system
            _ = try checkout.followRefunds(of: order, by: actor, in: tx)
        }
        guard after.status != before.status else { return after }
        switch after.status {
        case .authorized: try authorize(after, for: order, tx)
        case .failed, .cancelled: try fail(after, from: before, order, tx)
        case .pending, .processing, .completed, .partiallyRefunded, .refunded: break
        }
        return after
    }

    /// Returns who decided the refund of a payment that was made last; the system where the gateway did.
    private func refunder(of payment: Payment, _ tx: Transaction) throws -> OrderActor {
        let made = try payments.refunds(of: [payment.id], in: tx).filter { $0.status == .completed }
        let last = made.max { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
        guard let user = last?.decidedBy else { return .system }
        return .staff(user)
    }

    /// Takes money that has come: the order is paid once all that came for it is what is due. Money for an order that another
    /// payment has paid is surplus, and staff are asked to refund it.
    private func receive(_ payment: Payment, for order: Order, _ tx: Transaction) throws -> Payment {
        let others = try payments.payments(of: order.id, in: tx)
        guard !order.paymentStatus.isSettled else {
            let isMore = others.contains { $0.id != payment.id && $0.status.isCaptured && !$0.isSurplus }
            let taken = isMore ? try receiveSurplus(payment, for: order, tx) : payment
            _ = try checkout.followRefunds(of: order, in: tx)
            return taken
        }
        let received = try checkout.received(of: others, with: payment)
        guard try received >= checkout.expected(of: order, in: tx) else {
            try awaitRest(order, among: others, tx)
            return payment
        }
        let paid = try checkout.recordPayment(
            order, inFull: received >= order.total, by: .system,
            note: "Paid by \(payment.gateway.rawValue).", in: tx)
        if paid.status == .cancelled { try tellStaff(.onHold, payment, paid, tx) }
        try checkout.requestOwed(paid, among: others, reason: "More was paid than was due.", in: tx)
        try checkout.closePayments(of: paid, among: others, in: tx)
        _ = try checkout.followRefunds(of: paid, among: others, in: tx)
        return payment
    }

    /// Has an order of which a part was captured wait for the rest, until staff decide: what came is not lost by a clock. What came for
    /// an order that is canceled is owed.
    private func awaitRest(_ order: Order, among known: [Payment], _ tx: Transaction) throws {
        guard order.status != .cancelled else {
            return try checkout.requestOwed(
                order, among: known, reason: "The order was canceled before it was paid in full.", in: tx)
        }
        guard !known.contains(where: { $0.status == .authorized }) else { return }
        let left = try checkout.outstanding(of: order, among: known, in: tx)
        if order.expiresAt != nil { try checkout.stock.confirmReservations(order.id, in: tx) }
        _ = try orders.awaitRest(
            order, by: .system, note: "\(currency.price(left)) is still to be paid.", in: tx)
    }

    private func receiveSurplus(_ payment: Payment, for order: Order, _ tx: Transaction) throws -> Payment {
        let surplus = try payments.markSurplus(payment, in: tx)
        let most = try payments.refundable(surplus, in: tx)
        if most > .zero {
            _ = try payments.requestRefund(
                PaymentService.RefundDraft(
                    amount: most, reason: "The order had been paid already.", origin: .system, user: nil),
                of: surplus, in: tx)
        }
        try tellStaff(.paidTwice, surplus, order, tx)
        return try payments.lock(payment.id, in: tx)
    }

    private func authorize(_ payment: Payment, for order: Order, _ tx: Transaction) throws {
        guard order.status != .cancelled, order.paymentStatus.isUnpaid else {
            return try checkout.closePayments(of: order, in: tx)
        }
        _ = try orders.authorize(
            order, by: .system, note: "Authorized by \(payment.gateway.rawValue).", in: tx)
        try checkout.stock.confirmReservations(order.id, in: tx)
    }

    /// Notes that an attempt came to nothing: the order waits for another one. Where its authorization has gone, it waits anew.
    private func fail(_ payment: Payment, from before: Payment, _ order: Order, _ tx: Transaction) throws {
        let others = try payments.payments(of: order.id, in: tx).filter { $0.id != payment.id }
        guard order.status != .cancelled, !others.contains(where: { $0.status == .authorized }) else { return }
        guard !others.contains(where: { $0.status.isCaptured }) else { return try awaitRest(order, among: others, tx) }
        let note = payment.failureReason.isEmpty ? "A payment was \(payment.status.rawValue)." : payment.failureReason
        if before.status == .authorized, order.paymentStatus == .authorized {
            let deadline = checkout.settings.deadline(order.paymentMethod, total: order.total, from: time.now)
            _ = try orders.failPayment(order, deadline: deadline, by: .system, note: note, in: tx)
            if let deadline { try checkout.jobs.enqueue(ExpireOrder(orderID: order.id), runAt: deadline, in: tx) }
        } else if order.paymentStatus == .pending, !others.contains(where: { $0.status.isOpen }) {
            _ = try orders.failPayment(order, by: .system, note: note, in: tx)
        }
    }
}

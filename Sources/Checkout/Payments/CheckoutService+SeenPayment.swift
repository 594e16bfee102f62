import Commerce
import Orders
import Payments
import SQL

/// Money that comes outside of the gateways is a payment as well, so that lists, refunds and the ledger know it.
extension CheckoutService {
    /// Writes what staff have seen of a locked order as a payment that is completed. A payment on delivery that the customer has begun
    /// is completed by it. `known` are the order's payments.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func recordSeen(_ amount: Money, of order: Order, among known: [Payment], in tx: Transaction) throws {
        let isCash = order.paymentMethod == .cashOnDelivery
        let begun = known.last {
            isCash && $0.gateway == .cashOnDelivery && $0.status.isOpen && $0.amount == amount
        }
        if let begun {
            let report = GatewayPayment(begun.names, .processing, captured: amount, method: "cod")
            _ = try payments.record(report, of: payments.lock(begun.id, in: tx), in: tx)
        } else {
            _ = try payments.recordSeen(
                PaymentService.Draft(
                    order: order.id, orderNumber: order.number, user: order.user,
                    gateway: isCash ? .cashOnDelivery : .manual, method: isCash ? "cod" : order.paymentMethod.rawValue,
                    amount: amount, currency: order.currency, returnURL: ""), in: tx)
        }
        try closePayments(of: order, among: known, in: tx)
    }

    /// Writes the cash that came with a delivery, where a locked order, `before` unpaid, has become paid by it, or by the cancellation
    /// of all that had not arrived.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func recordCash(_ order: Order, from before: Order, in tx: Transaction) throws {
        guard order.paymentStatus.isSettled, !before.paymentStatus.isSettled else { return }
        let known = try payments.payments(of: order.id, in: tx)
        let amount = try outstanding(of: before, among: known, in: tx)
        if amount > .zero { try recordSeen(amount, of: order, among: known, in: tx) }
    }

    /// Asks staff to refund what a locked order's customer is owed: what was captured, less all refunds, less the value
    /// of what is still theirs. Nothing is asked for an order on hold, which staff may yet take on. `known` are its
    /// payments, where the caller has read them, `back` is the return or cancellation by which it is owed.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func requestOwed(
        _ order: Order, among known: [Payment]? = nil, reason: String, for back: ReturnID? = nil, in tx: Transaction
    ) throws {
        // Of an order that is canceled before it was paid in full, what was captured is owed too.
        guard order.paymentStatus.isSettled || order.status == .cancelled, !order.isOnHold else { return }
        let paid = try (known ?? payments.payments(of: order.id, in: tx)).filter {
            $0.status.isCaptured && !$0.isSurplus
        }
        guard !paid.isEmpty else { return }
        let value = order.status == .cancelled ? .zero : try order.total - orders.credited(order.id, in: tx)
        let refundable = try payments.refundable(paid, in: tx)
        var owed = try refundable.total() - value
        for (payment, most) in zip(paid, refundable).reversed() where owed > .zero && most > .zero {
            let part = min(owed, most)
            _ = try payments.requestRefund(
                PaymentService.RefundDraft(
                    amount: part, reason: reason, origin: .system, user: nil, returnID: back),
                of: payments.lock(payment.id, in: tx), in: tx)
            try owed -= part
        }
    }
}

import Commerce
import Jobs
import Orders
import Payments
import SQL

/// The payload of the job that closes what can still be paid of an order that wants no money any more, and attempts that another one
/// has taken the place of.
struct ClosePayments: ExternalJobPayload {
    static let kind = "payments.close"

    let orderID: OrderID
}

extension CheckoutService {
    /// Enqueues the job that closes payments of a locked order, where there are any to close: it is canceled or paid,
    /// or, before another payment is begun with `gateway`, an attempt there has failed or was for another amount.
    /// `known` are its payments, where the caller has read them.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func closePayments(
        of order: Order, among known: [Payment]? = nil, before gateway: GatewayCode? = nil, in tx: Transaction
    ) throws {
        let known = try known ?? payments.payments(of: order.id, in: tx)
        let live = known.filter { (gateway == nil || $0.gateway == gateway) && $0.canStillBePaid }
        guard !live.isEmpty else { return }
        let left = try outstanding(of: order, among: known, in: tx)
        guard live.contains(where: { $0.isClosable(for: order, outstanding: left) }) else { return }
        // No unique key: a job that runs now has read its payments before.
        try jobs.enqueue(ClosePayments(orderID: order.id), in: tx)
    }
}

extension Payment {
    /// Whether money could come of it that has not come.
    fileprivate var canStillBePaid: Bool {
        gateway.isOnline && facts.captured == .zero && facts.progress != .canceled
    }

    /// Whether money could come of it that the order does not want.
    func isClosable(for order: Order, outstanding: Money) -> Bool {
        guard canStillBePaid else { return false }
        if order.status == .cancelled || order.paymentStatus.isSettled { return true }
        return status == .failed || (status.isOpen && amount != outstanding)
    }
}

import Commerce
import Orders
import Payments
import Primitives
import SQL

/// What somebody asks to be refunded of a payment.
struct RefundWish: Sendable {
    /// Nil for what the items are worth, or for everything that can be refunded.
    let amount: Money?
    let reason: String
    let items: [Refund.Item]
    let restock: Bool

    /// Returns what tells this wish from another one under the same key of a request.
    func key(under requestKey: String, of payment: PaymentID) -> String {
        let units = items.map { "\($0.orderItemID)x\($0.quantity)" }.joined(separator: ",")
        return Digest.hex("\(requestKey) \(payment) \(amount?.minorUnits.description ?? "rest") \(units)")
    }
}

extension PaymentFlow {
    /// Returns the refund that a wish about a locked order's payment comes to; where it names lines but no amount, what those units cost.
    ///
    /// - Throws: `ValidationError` on `items` where a line is not the order's or has fewer units left, `OutOfRange`, `SQLError`.
    func draft(
        _ wish: RefundWish, _ origin: RefundOrigin, _ user: UserID?, _ order: Order, _ payment: Payment,
        requestKey: String? = nil, _ tx: Transaction
    ) throws -> PaymentService.RefundDraft {
        let refunds = try payments.refunds(of: payment.order, in: tx)
        var units = RefundableUnits(of: order, after: refunds)
        let worth = try wish.items.isEmpty ? nil : units.take(wish.items)
        return PaymentService.RefundDraft(
            amount: try wish.amount ?? worth ?? payments.refundable(payment, refunds), reason: wish.reason,
            items: wish.items, restock: wish.restock, origin: origin, user: user, requestKey: requestKey)
    }

    /// Takes the goods of a refund back into stock where that was asked for: they are a return that has arrived, so that they come back
    /// once, and the invoice is credited.
    ///
    /// - Throws: `ValidationError` on `items` where they have not left, `OutOfRange`, `SQLError`.
    func restock(_ refund: Refund, by user: UserID, _ tx: Transaction) throws {
        guard refund.restock else { return }
        let order = try orders.lock(.id(refund.order), in: tx)
        let parts = refund.items.map { ReturnDraft.Part($0.orderItemID, quantity: $0.quantity, reason: refund.reason) }
        let asked = try orders.requestReturn(
            ReturnDraft(parts: parts, note: refund.reason), of: order, within: .days(36_500), by: .staff(user), in: tx)
        let approved = try orders.decide(
            asked.id, as: .approved, of: orders.lock(.id(refund.order), in: tx), by: user, note: "", in: tx)
        let arrivals = approved.parts.map { ReturnArrival(part: $0.id, quantity: $0.quantity, isRestocked: true) }
        _ = try checkout.receive(
            asked.id, arrivals, refundsShipping: false, of: orders.lock(.id(refund.order), in: tx), by: user, note: "",
            in: tx)
        try payments.setReturn(asked.id, of: refund, in: tx)
    }
}

import Commerce
import Coupons
import Inventory
import Jobs
import Messages
import Orders
import Payments
import SQL

extension CheckoutService {
    /// Notes that `amount` came for a locked order, outside of the gateways, and tells the customer.
    ///
    /// The amount is right where it is what the order was placed for, or what is outstanding since a part was canceled, came back
    /// or was paid. Of a canceled order nothing is due: for that it is the whole.
    ///
    /// - Throws: `ValidationError` on `amount` where it is another one, `OrderError.alreadyPaid`, `SQLError`.
    public func recordPayment(
        amount: Money, of order: Order, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        let known = try payments.payments(of: order.id, in: tx)
        let received = try received(of: known)
        let left = try max(.zero, expected(of: order, in: tx) - received)
        guard amount == order.total || amount == left else {
            throw ValidationError("amount", "The order comes to \(settings.currency.price(left)).")
        }
        let isInFull = try received + amount >= order.total
        let paid = try recordPayment(order, inFull: isInFull, by: actor, note: note, in: tx)
        try recordSeen(amount, of: paid, among: known, in: tx)
        let own = try payments.payments(of: order.id, in: tx)
        try requestOwed(paid, among: own, reason: note, in: tx)
        return try followRefunds(of: paid, among: own, in: tx)
    }

    /// Returns the amount that pays a locked order, parts that came before included: what is due of it; of a canceled one, of which
    /// nothing is due, the whole.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func expected(of order: Order, in connection: Connection) throws -> Money {
        let left = try orders.due(order, connection)
        return order.status == .cancelled && left == .zero ? order.total : left
    }

    /// Notes that a locked order has been paid, in time or late, and tells the customer. Where a part has come back
    /// before, and it was paid `inFull` all the same, that part is owed.
    ///
    /// Money for an order that expired takes its stock and its coupon again. Where either is gone, and where somebody
    /// canceled the order, it stays canceled and becomes paid, for staff to refund the money or to take the order on.
    ///
    /// - Throws: `OrderError.alreadyPaid`, `SQLError`.
    func recordPayment(
        _ order: Order, inFull: Bool = true, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        let paid = try decide(order, inFull, by: actor, note: note, tx)
        try tell(MailJob.payment(of: paid, settings.currency), tx)
        return paid
    }

    private func decide(
        _ order: Order, _ inFull: Bool, by actor: OrderActor, note: String, _ tx: Transaction
    ) throws -> Order {
        guard order.status == .cancelled else {
            let paid = try orders.pay(order, inFull: inFull, by: actor, note: note, in: tx)
            try stock.confirmReservations(order.id, in: tx)
            return paid
        }
        let putOnHold = { try orders.putOnHold(order, inFull: inFull, by: actor, note: note, in: tx) }
        guard order.hasExpired, !order.isOnHold else { return try putOnHold() }
        do {
            return try tx.savepoint { try reinstate(order, inFull: inFull, by: actor, note: note, in: $0) }
        } catch is InventoryError {
            return try putOnHold()
        } catch is ValidationError {
            return try putOnHold()
        }
    }

    /// Reinstates a canceled order as paid, `inFull` just now or before, with stock and coupon as it had them.
    ///
    /// - Throws: `InventoryError.insufficientStock`, `ValidationError` on `coupon_code`,
    ///   `OrderError.invalidTransition`, `SQLError`.
    func reinstate(
        _ order: Order, inFull: Bool = false, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        let reinstated = try orders.reinstate(order, inFull: inFull, by: actor, note: note, in: tx)
        let shopper = CouponUser(id: order.user, email: order.email.lowercased())
        try pricing.coupons.redeemAgain(for: order.id, by: shopper, in: tx)
        let lines = order.items.filter { $0.live > 0 }.map { StockLine($0.sellable, quantity: $0.live) }
        try stock.reserve(lines, for: order.id, until: nil, in: tx)
        return reinstated
    }
}

import Commerce
import Orders
import Payments
import SQL

extension CheckoutService {
    /// Returns what came by these payments of an order and was not given back, surplus left out, in minor units.
    ///
    /// - Throws: `OutOfRange`.
    func received(of payments: [Payment]) throws -> Money {
        try payments.filter { !$0.isSurplus }.map { try $0.facts.captured - $0.refunded }.total()
    }

    /// Returns what came by these payments of an order, counting of `newest`, whose money is just being learned of, what was given
    /// back as well: it had come first. So the end is the same whether its refund is learned of before its capture or after it.
    ///
    /// - Throws: `OutOfRange`.
    func received(of payments: [Payment], with newest: Payment) throws -> Money {
        try received(of: payments.filter { $0.id != newest.id }) + newest.facts.captured
    }

    /// Returns what is still to be paid of a locked order, in minor units: what is due, less what came before; zero once it is paid.
    /// `known` are its payments.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func outstanding(of order: Order, among known: [Payment], in connection: Connection) throws -> Money {
        try max(.zero, orders.due(order, connection) - received(of: known))
    }

    /// Takes a locked order for paid where what came for it before, too little then, is all that is due now that a part was canceled
    /// or came back.
    ///
    /// - Throws: `OutOfRange`, `NotFound`, `SQLError`.
    func recordReceived(_ order: Order, in tx: Transaction) throws -> Order {
        guard !order.paymentStatus.isSettled, order.status != .cancelled else { return order }
        let known = try payments.payments(of: order.id, in: tx)
        let received = try received(of: known)
        guard received > .zero, try received >= orders.due(order, tx) else { return order }
        let paid = try recordPayment(
            order, inFull: received >= order.total, by: .system, note: "What had been paid is all that is due.", in: tx)
        try requestOwed(paid, among: known, reason: "More was paid than was due.", in: tx)
        return try followRefunds(of: paid, among: known, in: tx)
    }
}

import Commerce
import Orders
import Payments
import SQL

extension CheckoutService {
    /// Takes a locked order for paid where what came for it before, too little then, is all that is due now that a part was canceled
    /// or came back.
    ///
    /// - Throws: `OutOfRange`, `NotFound`, `SQLError`.
    func recordReceived(_ order: Order, in tx: Transaction) throws -> Order {
        guard !order.paymentStatus.isSettled, order.status != .cancelled else { return order }
        let own = try payments.payments(of: order.id, in: tx).filter { !$0.isSurplus }
        let received = try own.map(\.facts.captured).total()
        guard received > .zero, try received >= orders.due(order, tx) else { return order }
        let paid = try recordPayment(
            order, inFull: received >= order.total, by: .system, note: "What had been paid is all that is due.", in: tx)
        try requestOwed(paid, reason: "More was paid than was due.", in: tx)
        return try followRefunds(of: order.id, in: tx)
    }
}

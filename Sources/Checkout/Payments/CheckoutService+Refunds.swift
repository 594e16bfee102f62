import Commerce
import Orders
import Payments
import SQL

extension CheckoutService {
    /// Derives how much of a locked, paid order is refunded from all of its payments, and returns it as it is then. What came after it
    /// had been paid does not count. `known` are its payments, where the caller has read them; `actor` is who has refunded something.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func followRefunds(
        of order: Order, among known: [Payment]? = nil, by actor: OrderActor = .system, in tx: Transaction
    ) throws -> Order {
        let own = try (known ?? payments.payments(of: order.id, in: tx)).filter { !$0.isSurplus }
        let (captured, refunded) = (try own.map(\.facts.captured).total(), try own.map(\.refunded).total())
        let status: PaymentStatus =
            refunded == .zero ? .paid : refunded >= captured ? .refunded : .partiallyRefunded
        return try orders.recordRefunds(status, of: order, by: actor, note: "Refunded.", in: tx)
    }
}

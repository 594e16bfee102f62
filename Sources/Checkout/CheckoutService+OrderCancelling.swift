import Commerce
import Inventory
import Jobs
import Messages
import Orders
import Payments
import SQL

extension CheckoutService {
    /// Cancels what has not left of a locked order, or only these parts of it, releases their stock and tells the
    /// customer. An order of which that is everything is canceled as a whole. One of which a part has left keeps its
    /// coupon.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing is left to cancel, `ValidationError` on `items` where a
    ///   line has fewer units left, `InventoryError.nothingReserved`, `OutOfRange`, `SQLError`.
    func cancel(
        _ parts: [Shipment.Part]?, of order: Order, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        if order.allowed.contains(.cancelled), parts.map(order.isWhole) ?? true {
            return try cancel(order, by: actor, note: note, in: tx)
        }
        let (left, cancelled) = try cancelQuietly(parts, of: order, by: actor, note: note, tx)
        try tell(MailJob.cancellation(of: cancelled, in: left, reason: note), tx)
        return left
    }

    /// Cancels what has not left of an order whose customer is being erased: stock and coupon are released, and nobody
    /// is told. What has left goes on.
    ///
    /// - Throws: `NotFound`, `OutOfRange`, `SQLError`.
    public func abandon(_ id: OrderID, in tx: Transaction) throws {
        let order = try orders.lock(.id(id), in: tx)
        // It is their doing: money that comes late is recorded, and neither stock nor coupon is taken again.
        let actor = OrderActor.customer(order.user)
        if order.allowed.contains(.cancelled) {
            _ = try cancelQuietly(order, by: actor, note: Self.abandoned, tx)
        } else if order.items.contains(where: { $0.unshipped > 0 }) {
            _ = try cancelQuietly(nil, of: order, by: actor, note: Self.abandoned, tx)
        }
    }

    private static let abandoned = "Its customer's account was deleted."

    private func cancelQuietly(
        _ wanted: [Shipment.Part]?, of order: Order, by actor: OrderActor, note: String, _ tx: Transaction
    ) throws -> (order: Order, parts: [Shipment.Part]) {
        let (left, parts, id) = try orders.cancel(wanted, of: order, by: actor, note: note, in: tx)
        if wanted == nil {
            try stock.release(order.id, in: tx)
        } else {
            let lines = parts.compactMap { part in
                order.items.first { $0.id == part.item }.map { StockLine($0.sellable, quantity: part.quantity) }
            }
            try stock.release(order.id, lines, in: tx)
        }
        try recordCash(left, from: order, in: tx)
        try requestOwed(left, reason: note, for: id, in: tx)
        let settled = try recordReceived(left, in: tx)
        try closePayments(of: settled, in: tx)
        return (settled, parts)
    }
}

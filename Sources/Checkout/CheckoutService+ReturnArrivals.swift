import Commerce
import Coupons
import Inventory
import Jobs
import Messages
import Orders
import SQL

extension CheckoutService {
    /// Counts what arrived of a return, and puts what is whole back on the shelf. An order of which everything came
    /// back is canceled, and its coupon is free again.
    ///
    /// - Throws: as `OrderService.receive` does.
    public func receive(
        _ id: ReturnID, _ arrivals: [ReturnArrival], refundsShipping: Bool, of order: Order, by user: UserID,
        note: String, in tx: Transaction
    ) throws -> Return {
        let (received, left) = try orders.receive(
            id, arrivals, refundsShipping: refundsShipping, of: order, by: user, note: note, in: tx)
        let lines = received.parts.filter { $0.restocked > 0 }.compactMap { part in
            order.items.first { $0.id == part.item }.map { StockLine($0.sellable, quantity: part.restocked) }
        }
        try stock.takeBack(lines, of: order.id, by: user, in: tx)
        try recordCash(left, from: order, in: tx)
        try requestOwed(left, reason: "Return \(id) was received.", for: id, in: tx)
        _ = try recordReceived(left, in: tx)
        try tell(MailJob.change(of: received, in: left, note: note), tx)
        if left.status == .cancelled {
            try tell(MailJob.cancellation(of: left, reason: "Everything of it came back."), tx)
            if !order.couponCode.isEmpty { try pricing.coupons.release(order.id, in: tx) }
        }
        return received
    }
}

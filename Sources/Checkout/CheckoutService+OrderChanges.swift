import Commerce
import Coupons
import Inventory
import Jobs
import Messages
import Orders
import Payments
import Primitives
import SQL

extension CheckoutService {
    /// Cancels a locked order, releases its stock and coupon and tells the customer.
    ///
    /// - Throws: `OrderError.invalidTransition` with what is allowed, `SQLError`.
    func cancel(_ order: Order, by actor: OrderActor, note: String, in tx: Transaction) throws -> Order {
        let cancelled = try cancelQuietly(order, by: actor, note: note, tx)
        try tell(MailJob.cancellation(of: cancelled, reason: note), tx)
        return cancelled
    }

    func cancelQuietly(_ order: Order, by actor: OrderActor, note: String, _ tx: Transaction) throws -> Order {
        let cancelled = try orders.move(order, to: .cancelled, by: actor, note: note, in: tx)
        if !order.couponCode.isEmpty { try pricing.coupons.release(order.id, in: tx) }
        try stock.release(order.id, in: tx)
        let known = try payments.payments(of: order.id, in: tx)
        try requestOwed(cancelled, among: known, reason: note, in: tx)
        try closePayments(of: cancelled, among: known, in: tx)
        return cancelled
    }

    /// Gives a locked order the status that staff choose, with the effects on its stock.
    ///
    /// - Throws: `OrderError.invalidTransition` with what is allowed, `InventoryError`, `ValidationError` where the
    ///   coupon of an order that is canceled and paid has been used up, `SQLError`.
    func move(_ order: Order, _ change: StatusInput, by user: UserID, in tx: Transaction) throws -> Order {
        let actor = OrderActor.staff(user)
        switch change.status {
        case .cancelled: return try cancel(order, by: actor, note: change.note, in: tx)
        case .shipped:
            let draft = ShipmentDraft(trackingNumber: change.trackingNumber, note: change.note)
            return try ship(order, draft, by: actor, in: tx).order
        case .delivered: return try deliver(order, by: actor, note: change.note, in: tx)
        case .processing where order.isOnHold: return try reinstate(order, by: actor, note: change.note, in: tx)
        case .pending, .processing:
            let moved = try orders.move(order, to: change.status, by: actor, note: change.note, in: tx)
            if order.expiresAt != nil { try stock.confirmReservations(order.id, in: tx) }
            return moved
        }
    }

    /// Sends a parcel of a locked order: its goods leave the warehouses, and the customer is told.
    ///
    /// - Throws: `OrderError.invalidTransition`, `ValidationError` on `items`, `InventoryError.nothingReserved`,
    ///   `SQLError`.
    func ship(
        _ order: Order, _ draft: ShipmentDraft, by actor: OrderActor, in tx: Transaction
    ) throws -> (order: Order, shipment: Shipment) {
        let (moved, shipment) = try orders.ship(order, draft, by: actor, in: tx)
        try tell(MailJob.shipment(shipment, of: moved), tx)
        let lines = shipment.parts.compactMap { part in
            order.items.first { $0.id == part.item }.map { StockLine($0.sellable, quantity: part.quantity) }
        }
        try stock.fulfill(order.id, lines, in: tx)
        return (moved, shipment)
    }

    /// Notes that a parcel of a locked order has arrived, or, without `shipment`, all that are under way; with the last one cash has
    /// come.
    ///
    /// - Throws: `OrderError.invalidTransition`, `NotFound`, `OutOfRange`, `SQLError`.
    public func deliver(
        _ order: Order, _ shipment: ShipmentID? = nil, by actor: OrderActor, note: String = "", in tx: Transaction
    ) throws -> Order {
        let moved = try orders.deliver(order, shipment, by: actor, note: note, in: tx)
        try recordCash(moved, from: order, in: tx)
        if moved.status == .delivered, order.status != .delivered { try tell(MailJob.delivery(of: moved), tx) }
        return moved
    }

    /// Cancels an order whose payment has not come in time; one that was paid, accepted by staff or given more time is left alone. Where
    /// a gateway may have money for it, a job asks before.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func expire(_ id: OrderID, in tx: Transaction) throws {
        guard let order = try overdue(id, tx) else { return }
        let isOpen = try payments.payments(of: id, in: tx).contains {
            $0.gateway.isOnline && ($0.status.isOpen || $0.status == .failed)
        }
        if isOpen {
            try jobs.enqueue(ExpireAsked(orderID: id), uniqueKey: UniqueKey("payments.expire-\(id)"), in: tx)
        } else {
            _ = try cancel(order, by: .system, note: Self.notPaid, in: tx)
        }
    }

    /// Cancels an order as ``expire(_:in:)`` does, once the gateways were asked.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func expireUnasked(_ id: OrderID, in tx: Transaction) throws {
        if let order = try overdue(id, tx) { _ = try cancel(order, by: .system, note: Self.notPaid, in: tx) }
    }

    private static let notPaid = "It was not paid in time."

    /// Locks an order and returns it where its time is over; where it has been given more, looks again then.
    private func overdue(_ id: OrderID, _ tx: Transaction) throws -> Order? {
        let order = try orders.lock(.id(id), in: tx)
        guard order.status == .pending, order.paymentStatus.isUnpaid, let deadline = order.expiresAt else { return nil }
        guard deadline <= time.now else {
            try jobs.enqueue(ExpireOrder(orderID: id), runAt: deadline, in: tx)
            return nil
        }
        return order
    }
}

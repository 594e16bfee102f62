import Commerce
import Orders
import SQL

extension CheckoutService {
    /// Gives the part of a locked order that a vendor sells the status that they choose, by the same steps as staff's:
    /// `shipped` sends a parcel with all that is left of it, `delivered` notes the arrival of the vendor's own parcels,
    /// `cancelled` cancels what has not left.
    ///
    /// - Throws: `OrderError.invalidTransition` with what the part may become, `InventoryError`, `OutOfRange`,
    ///   `SQLError`.
    func move(
        _ order: Order, of vendor: VendorID, _ change: VendorStatusInput, by user: UserID, in tx: Transaction
    ) throws -> Order {
        let (actor, own) = (OrderActor.vendor(user), order.items.filter { $0.vendor == vendor })
        let allowed = order.allowed(of: vendor)
        let refusal = OrderError.invalidTransition(
            from: .derived(from: own.map(\.status)), to: change.status, allowed: allowed)
        guard allowed.contains(change.status) else { throw refusal }
        switch change.status {
        case .pending, .processing: throw refusal
        case .shipped:
            let parts = own.filter { $0.unshipped > 0 }.map { Shipment.Part($0.id, quantity: $0.unshipped) }
            let draft = ShipmentDraft(
                parts: parts, carrier: change.carrier, trackingNumber: change.trackingNumber, note: change.note)
            return try ship(order, draft, by: actor, in: tx).order
        case .delivered:
            return try order.parcelsUnderWay(of: vendor).reduce(order) {
                try deliver($0, $1.id, by: actor, note: change.note, in: tx)
            }
        case .cancelled:
            let parts = own.filter { $0.cancellable > 0 }.map { Shipment.Part($0.id, quantity: $0.cancellable) }
            return try cancel(parts, of: order, by: actor, note: change.note, in: tx)
        }
    }
}

extension Order {
    /// The statuses that a vendor may give their part next. Taking an order on is the shop's: it follows from the
    /// payment.
    func allowed(of vendor: VendorID) -> Set<OrderStatus> {
        let own = items.filter { $0.vendor == vendor }
        var allowed: Set<OrderStatus> = []
        if own.contains(where: { $0.unshipped > 0 }) { allowed.insert(.shipped) }
        if !isOnHold, own.contains(where: { $0.cancellable > 0 }) { allowed.insert(.cancelled) }
        if status != .cancelled, !parcelsUnderWay(of: vendor).isEmpty { allowed.insert(.delivered) }
        return allowed
    }
}

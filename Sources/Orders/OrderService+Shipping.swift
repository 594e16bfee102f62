import Commerce
import Primitives
import SQL

/// Parcels that leave and arrive. A line has shipped once all of its live units have; the order's status follows from
/// its lines.
extension OrderService {
    /// Records that a parcel of a locked order has left.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing can ship, `ValidationError` on `items` where a line has
    ///   fewer units left, `SQLError`.
    public func ship(
        _ order: Order, _ draft: ShipmentDraft, by actor: OrderActor, in tx: Transaction
    ) throws -> (order: Order, shipment: Shipment) {
        let parts = try order.parts(of: draft)
        let shipment = try ShipmentQueries.insert(
            draft, parts, of: order.id, by: actor.user, at: time.now, tx)
        var moved = order
        for part in parts {
            guard let index = moved.items.firstIndex(where: { $0.id == part.item }) else { continue }
            moved.items[index].shipped += part.quantity
            if moved.items[index].shipped == moved.items[index].live { moved.items[index].status = .shipped }
            if let tracking = draft.trackingNumber { moved.items[index].trackingNumber = tracking }
        }
        moved.shipments.append(shipment)
        if let tracking = draft.trackingNumber { moved.trackingNumber = tracking }
        try write(&moved, from: order, by: actor, draft.note, tx)
        return (moved, shipment)
    }

    /// Records that a parcel of a locked order has arrived, or, without `shipment`, all that are under way. Cash on
    /// delivery counts as paid with the last.
    ///
    /// - Throws: `NotFound` where the order has no such parcel, `OrderError.invalidTransition` where nothing is under
    ///   way, `SQLError`.
    public func deliver(
        _ order: Order, _ shipment: ShipmentID? = nil, by actor: OrderActor, note: String = "", in tx: Transaction
    ) throws -> Order {
        if let shipment, !order.shipments.contains(where: { $0.id == shipment }) { throw NotFound() }
        let arrived = order.shipments.filter { $0.deliveredAt == nil && (shipment == nil || $0.id == shipment) }
        guard !arrived.isEmpty, order.status != .cancelled else {
            throw OrderError.invalidTransition(from: order.status, to: .delivered, allowed: order.allowed)
        }
        var moved = order
        for part in arrived.flatMap(\.parts) {
            guard let index = moved.items.firstIndex(where: { $0.id == part.item }) else { continue }
            moved.items[index].delivered += part.quantity
            // A line that has come back before it was paid for is off the order.
            guard moved.items[index].status != .cancelled else { continue }
            if moved.items[index].delivered == moved.items[index].live { moved.items[index].status = .delivered }
        }
        let (now, ids) = (time.now, Set(arrived.map(\.id)))
        for index in moved.shipments.indices where ids.contains(moved.shipments[index].id) {
            moved.shipments[index].deliveredAt = now
        }
        try ShipmentQueries.deliver(arrived.map(\.id), at: now, tx)
        try write(&moved, from: order, by: actor, note, tx)
        return moved
    }
}

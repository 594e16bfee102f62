import Commerce
import Primitives
import SQL

/// A move of goods from one warehouse to another.
struct StockTransfer: Sendable {
    let sellable: SellableID
    let origin: WarehouseID
    let destination: WarehouseID
    /// At least 1.
    let quantity: Int
    let notes: String
}

extension StockService {
    /// Moves units that no order holds; returns both movements and both stock rows as they are then.
    ///
    /// - Throws: `ValidationError` on a warehouse, `InventoryError.belowReserved`, `SQLError`.
    func transfer(
        _ transfer: StockTransfer, by user: UserID?, in tx: Transaction
    ) throws -> (movements: [RecordedMovement], stock: [StockRow]) {
        guard transfer.origin != transfer.destination else {
            throw ValidationError("to_warehouse_id", "Name another warehouse than the one the goods come from.")
        }
        let places = try WarehouseQueries.places([transfer.origin, transfer.destination].sorted(), tx)
        let origin = try Self.known(transfer.origin, places, "from_warehouse_id")
        let destination = try Self.known(transfer.destination, places, "to_warehouse_id")
        let now = time.now
        // Orders of these goods wait here, as they do for every change of what can be bought.
        try StockQueries.lockTotals(of: transfer.sellable, tx)
        try takeAway(transfer.quantity, of: transfer.sellable, from: origin, at: now, tx)
        let arrival = StockQueries.Arrival(
            sellable: transfer.sellable, warehouse: destination.id, quantity: transfer.quantity,
            isForSale: destination.isActive)
        try StockQueries.receive([arrival], at: now, tx)
        let movements = try [(origin.id, -transfer.quantity), (destination.id, transfer.quantity)].map {
            try MovementQueries.record(
                StockMovement(
                    sellable: transfer.sellable, warehouse: $0, type: .transfer, quantity: $1, reference: nil,
                    notes: transfer.notes, createdBy: user, createdAt: now), tx)
        }
        let rows = try [origin.id, destination.id].compactMap {
            try InventoryQueries.stock(transfer.sellable, in: $0, tx)
        }
        try Self.checkRoom(rows.filter { $0.warehouse == destination.id }.map(\.onHand))
        try watch(
            rows.map { row in
                let isOrigin = row.warehouse == origin.id
                return StockShift(row.id, onHand: isOrigin ? -transfer.quantity : transfer.quantity)
            }, tx)
        tx.catalogChanged()
        return (movements, rows)
    }

    private static func known(
        _ id: WarehouseID, _ places: [WarehouseQueries.Place], _ field: String
    ) throws -> WarehouseQueries.Place {
        guard let place = places.first(where: { $0.id == id }) else {
            throw ValidationError(field, "This warehouse does not exist.")
        }
        return place
    }
}

import Commerce
import Primitives
import SQL

extension StockService {
    /// Corrects the units on hand in one warehouse and returns the stock row as it is then.
    ///
    /// - Throws: `ValidationError`, `InventoryError.belowReserved`, `SQLError`.
    func adjust(
        _ adjustment: StockAdjustment, by user: UserID?, in tx: Transaction
    ) throws -> (movement: RecordedMovement, stock: StockRow) {
        try Self.check(adjustment)
        let place = try place(adjustment.warehouse, tx)
        let now = time.now
        if adjustment.quantity > 0 {
            let arrival = StockQueries.Arrival(
                sellable: adjustment.sellable, warehouse: place.id, quantity: adjustment.quantity,
                isForSale: place.isActive)
            try StockQueries.receive([arrival], at: now, tx)
        } else {
            try takeAway(-adjustment.quantity, of: adjustment.sellable, from: place, at: now, tx)
        }
        let movement = try MovementQueries.record(
            StockMovement(
                sellable: adjustment.sellable, warehouse: place.id, type: adjustment.type,
                quantity: adjustment.quantity, reference: adjustment.reference, notes: adjustment.notes,
                createdBy: user, createdAt: now), tx)
        guard let row = try InventoryQueries.stock(adjustment.sellable, in: place.id, tx) else {
            throw Self.concurrentUpdate
        }
        if adjustment.quantity > 0 { try Self.checkRoom([row.onHand]) }
        try watch([StockShift(row.id, onHand: adjustment.quantity)], tx)
        tx.catalogChanged()
        return (movement, row)
    }

    /// Locks a warehouse, or the default one, so that it stays as active as it is until the transaction ends.
    func place(_ id: WarehouseID?, _ tx: Transaction) throws -> WarehouseQueries.Place {
        guard let id = try id ?? InventoryQueries.defaultWarehouse(tx),
            let place = try WarehouseQueries.places([id], tx).first
        else { throw Self.unknownWarehouse }
        return place
    }

    /// Takes units from a warehouse, never those that orders hold.
    ///
    /// - Throws: `InventoryError.belowReserved`, `SQLError`.
    func takeAway(
        _ quantity: Int, of sellable: SellableID, from place: WarehouseQueries.Place, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        let total = [StockShift(sellable, onHand: -quantity)]
        let isCounted = try !place.isActive || StockQueries.shiftTotals(total, tx) == 1
        guard let row = try InventoryQueries.stock(sellable, in: place.id, tx) else {
            throw InventoryError.belowReserved(available: 0)
        }
        guard row.onHand - row.reserved >= quantity else {
            throw InventoryError.belowReserved(available: row.onHand - row.reserved)
        }
        let isTaken = try StockQueries.shiftStock([StockShift(row.id, onHand: -quantity)], at: now, tx) == 1
        guard isCounted, isTaken else { throw Self.concurrentUpdate }
    }

    private static func check(_ adjustment: StockAdjustment) throws {
        if adjustment.quantity == 0 { throw ValidationError("quantity", "Ensure this value is not 0.") }
        switch adjustment.type {
        case .adjustment: break
        case .purchase, .return:
            if adjustment.quantity < 0 {
                throw ValidationError("quantity", "Ensure this value is greater than or equal to 1.")
            }
        case .sale, .transfer:
            throw ValidationError("movement_type", "\"\(adjustment.type.rawValue)\" is not a valid choice.")
        }
    }
}

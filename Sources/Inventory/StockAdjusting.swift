import Commerce
import Primitives
import SQL

extension StockService {
    /// Corrects what is on hand in one warehouse and gives the stock row as it is then.
    ///
    /// - Throws: `ValidationError`, `InventoryError.belowReserved`, `SQLError`.
    func adjust(
        _ adjustment: StockAdjustment, by user: UserID?, in tx: Transaction
    ) throws -> (movement: RecordedMovement, stock: StockRow) {
        try Self.check(adjustment)
        let warehouse = try adjustment.warehouse ?? InventoryQueries.defaultWarehouse(tx)
        guard let warehouse, try InventoryQueries.hasWarehouse(warehouse, tx) else { throw Self.unknownWarehouse }
        let now = time.now
        if adjustment.quantity > 0 {
            try StockQueries.receive([(adjustment.sellable, warehouse, adjustment.quantity)], at: now, tx)
        } else {
            try takeAway(adjustment, from: warehouse, at: now, tx)
        }
        let movement = StockMovement(
            sellable: adjustment.sellable, warehouse: warehouse, type: adjustment.type, quantity: adjustment.quantity,
            order: nil, notes: adjustment.notes, createdBy: user, createdAt: now)
        let id = try InventoryQueries.record(movement, tx)
        guard let row = try InventoryQueries.stock(adjustment.sellable, in: warehouse, tx) else { throw Self.overtaken }
        return (RecordedMovement(id: id, movement: movement), row)
    }

    private func takeAway(
        _ adjustment: StockAdjustment, from warehouse: WarehouseID, at now: Timestamp, _ tx: Transaction
    ) throws {
        let change = adjustment.quantity
        let total = try StockQueries.shiftTotals([StockShift(adjustment.sellable, onHand: change)], tx)
        guard let row = try InventoryQueries.stock(adjustment.sellable, in: warehouse, tx) else {
            throw InventoryError.belowReserved(available: 0)
        }
        guard total == 1, try StockQueries.shiftStock([StockShift(row.id, onHand: change)], at: now, tx) == 1 else {
            throw InventoryError.belowReserved(available: row.onHand - row.reserved)
        }
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

/// A movement with the id of its row.
struct RecordedMovement: Sendable {
    let id: Int64
    let movement: StockMovement
}

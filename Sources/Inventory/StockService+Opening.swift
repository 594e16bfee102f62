import Commerce
import Primitives
import SQL

/// What a shop is furnished with before it sells.
extension StockService {
    /// Makes an active warehouse, from which parcels leave after those with a smaller `priority`.
    ///
    /// - Throws: `SQLError`, of kind `.unique` where the code is another one's.
    public func makeWarehouse(
        code: String, name: String, priority: Int, city: String, country: String, in tx: Transaction
    ) throws -> WarehouseID {
        var warehouse = Warehouse()
        (warehouse.code, warehouse.name, warehouse.priority) = (code, name, priority)
        (warehouse.city, warehouse.country) = (city, country)
        return try WarehouseQueries.insert(warehouse, at: time.now, tx)
    }

    /// Has staff alerted where no more than `level` units of a stock row can be bought, and `quantity` ordered then.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func setReorderLevel(
        _ level: Int, ordering quantity: Int, of id: StockID, in tx: Transaction
    ) throws {
        guard let row = try InventoryQueries.stock(id, tx) else { throw NotFound() }
        let levels = StockLevels(reorderLevel: level, reorderQuantity: quantity, overstockLevel: nil)
        _ = try setLevels(levels, of: row, in: tx)
    }
}

import Commerce
import Primitives
import SQL

/// Alerts are kept in the transaction that changes the stock, whose rows it has locked: one statement for all of them, and
/// more only where an alert opens or ends.
extension StockService {
    /// Sets levels, and gives the row as it is then.
    func setLevels(_ levels: StockLevels, of row: StockRow, in tx: Transaction) throws -> StockRow {
        try InventoryQueries.setLevels(levels, of: row.id, at: time.now, tx)
        try watch([row.id], tx)
        guard let changed = try InventoryQueries.stock(row.id, tx) else { throw NotFound() }
        return changed
    }

    /// Looks at a product's stock again, because it is sold otherwise than before: by variants, or not at all.
    ///
    /// - Throws: `SQLError`.
    public func review(_ product: ProductID, in tx: Transaction) throws {
        try watch("s.product_id = \(product)", tx)
    }

    func watch(_ stock: [StockID], _ tx: Transaction) throws {
        guard !stock.isEmpty else { return }
        try watch("s.id IN (\(list: stock))", tx)
    }

    /// The stock of these rows as it is now.
    @discardableResult
    func watch(
        _ rows: [(sellable: SellableID, warehouse: WarehouseID)], _ tx: Transaction
    ) throws -> [StockLevel] {
        try rows.chunked(by: 200).flatMap { chunk in
            let keys = chunk.map { row in
                """
                (s.product_id = \(row.sellable.product) AND s.variant_key = \(row.sellable.variantKey)
                AND s.warehouse_id = \(row.warehouse))
                """ as Query
            }
            return try watch(keys.joined(by: " OR "), tx)
        }
    }

    @discardableResult
    private func watch(_ condition: Query, _ tx: Transaction) throws -> [StockLevel] {
        let (levels, now) = (try AlertQueries.levels(condition, isSold, tx), time.now)
        for type in AlertType.allCases {
            let ended = levels.filter { level in
                level.live.contains(type) && !level.alerts.contains { $0.type == type }
            }
            try AlertQueries.end(type, on: ended.map(\.stock), at: now, tx)
        }
        try AlertQueries.open(levels, at: now, tx)
        return levels
    }
}

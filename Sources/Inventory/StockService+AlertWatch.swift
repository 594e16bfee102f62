import Commerce
import Primitives
import SQL

/// Alerts, opened and ended in the transaction that changes the stock, whose rows it has locked: one statement for all
/// of them, and more only where an alert opens or ends.
extension StockService {
    /// Sets levels, and returns the row as it is then.
    func setLevels(_ levels: StockLevels, of row: StockRow, in tx: Transaction) throws -> StockRow {
        try InventoryQueries.setLevels(levels, of: row.id, at: time.now, tx)
        try watch([StockShift(row.id)], tx)
        guard let changed = try InventoryQueries.stock(row.id, tx) else { throw NotFound() }
        return changed
    }

    /// Checks the alerts on a product's stock again, because what is sold of it changed: its variants, or all of it.
    ///
    /// - Throws: `SQLError`.
    public func review(_ product: ProductID, in tx: Transaction) throws {
        _ = try watch("s.product_id = \(product)", tx)
    }

    /// Updates the alerts of stock rows that changed by `shifts`, and the list prices that follow from them.
    func watch(_ shifts: [StockShift<StockID>], _ tx: Transaction) throws {
        guard !shifts.isEmpty else { return }
        let levels = try watch("s.id IN (\(list: shifts.map(\.key)))", tx)
        let changes = Dictionary(shifts.map { ($0.key, $0.onHand - $0.reserved) }, uniquingKeysWith: +)
        try follow(levels, tx) { changes[$0.stock] ?? 0 }
    }

    /// Updates the alerts of stock rows that received goods, and returns their levels as they are now.
    func watch(_ arrivals: [StockQueries.Arrival], _ tx: Transaction) throws -> [StockLevel] {
        try arrivals.chunked(by: 200).flatMap { chunk in
            let keys = chunk.map { row in
                """
                (s.product_id = \(row.sellable.product) AND s.variant_key = \(row.sellable.variantKey)
                AND s.warehouse_id = \(row.warehouse))
                """ as Query
            }
            let levels = try watch(keys.joined(by: " OR "), tx)
            try follow(levels, tx) { level in
                try chunk.filter { $0.sellable == level.sellable && $0.warehouse == level.warehouse }
                    .map(\.quantity).sum()
            }
            return levels
        }
    }

    private func watch(_ condition: Query, _ tx: Transaction) throws -> [StockLevel] {
        let (levels, now) = (try AlertQueries.levels(condition, sold, tx), time.now)
        for type in AlertType.allCases {
            let ended = levels.filter { level in
                level.live.contains(type) && !level.alerts.contains { $0.type == type }
            }
            try AlertQueries.end(type, on: ended.map(\.stock), at: now, tx)
        }
        try AlertQueries.open(levels, at: now, tx)
        try publish(levels, tx)
        return levels
    }

    /// Refreshes list prices where a variant became available in a warehouse or ceased to be, and gives notice of
    /// products that did as well. Over all warehouses that may change nothing, which both find out for themselves.
    private func follow(_ levels: [StockLevel], _ tx: Transaction, by change: (StockLevel) throws -> Int) throws {
        let turned = try levels.filter { level in
            let change = try change(level)
            return change != 0 && (level.available == 0 || level.available == change)
        }.map(\.sellable)
        guard !turned.isEmpty else { return }
        let priced = turned.filter { $0.variant != nil }.map(\.product)
        if !priced.isEmpty { try refreshPrices(Set(priced).sorted(), tx) }
        try notice(Set(turned.map(\.product)).sorted(), tx)
    }
}

import Commerce
import Primitives
import SQL

/// The count of a stock row, and the levels that come with it; nil leaves a value as it is.
public struct StockCount: Sendable {
    /// The product or variant.
    public let sellable: SellableID
    /// The warehouse that was counted.
    public let warehouse: WarehouseID
    /// The units counted, not negative.
    public let onHand: Int?
    /// The available units at or below which stock is low; 0 turns it off.
    public let reorderLevel: Int?
    /// The units to order then.
    public let reorderQuantity: Int?
    /// The units on hand above which there is too much; 0 turns it off.
    public let overstockLevel: Int?

    /// Describes a count of `sellable` in `warehouse`.
    public init(
        _ sellable: SellableID, in warehouse: WarehouseID, onHand: Int?, reorderLevel: Int?, reorderQuantity: Int?,
        overstockLevel: Int?
    ) {
        self.sellable = sellable
        self.warehouse = warehouse
        self.onHand = onHand
        self.reorderLevel = reorderLevel
        self.reorderQuantity = reorderQuantity
        self.overstockLevel = overstockLevel
    }
}

/// The effect of a count on its stock row.
public enum StockCountEffect: Sendable, Hashable {
    case made
    case changed
    case none
}

extension StockService {
    /// Makes a stock row agree with a count: the difference is booked as an adjustment, with `note` as its remark.
    ///
    /// - Throws: `ValidationError` where the warehouse does not exist, `InventoryError.belowReserved` where orders hold
    ///   more than was counted, `SQLError`.
    public func apply(
        _ count: StockCount, note: String, by user: UserID?, in tx: Transaction
    ) throws -> StockCountEffect {
        try StockQueries.lockTotals(of: count.sellable, tx)
        let known = try InventoryQueries.stock(count.sellable, in: count.warehouse, tx)
        if known == nil {
            try receive([StockReceipt(count.sellable, quantity: 0, warehouse: count.warehouse)], by: user, in: tx)
        }
        let difference = count.onHand.map { $0 - (known?.onHand ?? 0) } ?? 0
        if difference != 0 {
            _ = try adjust(
                StockAdjustment(count.sellable, quantity: difference, warehouse: count.warehouse, notes: note),
                by: user, in: tx)
        }
        let isLevelled = try level(count, tx)
        if known == nil { return .made }
        return difference != 0 || isLevelled ? .changed : .none
    }

    private func level(_ count: StockCount, _ tx: Transaction) throws -> Bool {
        guard let row = try InventoryQueries.stock(count.sellable, in: count.warehouse, tx) else {
            throw Self.concurrentUpdate
        }
        let isSame =
            count.reorderLevel ?? row.reorderLevel == row.reorderLevel
            && count.reorderQuantity ?? row.reorderQuantity == row.reorderQuantity
            && count.overstockLevel ?? row.overstockLevel == row.overstockLevel
        if isSame { return false }
        let levels = StockLevels(
            reorderLevel: count.reorderLevel, reorderQuantity: count.reorderQuantity,
            overstockLevel: count.overstockLevel)
        _ = try setLevels(levels, of: row, in: tx)
        return true
    }
}

import Commerce
import Primitives
import SQL

/// So many of one thing: a line of an order.
public struct StockLine: Sendable, Hashable {
    public let sellable: SellableID
    public let quantity: Int

    public init(_ sellable: SellableID, quantity: Int) {
        self.sellable = sellable
        self.quantity = quantity
    }
}

/// Goods that arrive.
public struct StockReceipt: Sendable, Hashable {
    public let sellable: SellableID
    /// Not negative; zero makes the stock row alone.
    public let quantity: Int
    /// Nil for the default warehouse.
    public let warehouse: WarehouseID?
    public let note: String

    public init(_ sellable: SellableID, quantity: Int, warehouse: WarehouseID? = nil, note: String = "") {
        self.sellable = sellable
        self.quantity = quantity
        self.warehouse = warehouse
        self.note = note
    }
}

/// A line of an order that the stock does not cover.
public struct Shortage: Sendable, Hashable {
    public let sellable: SellableID
    public let requested: Int
    public let available: Int

    public init(_ sellable: SellableID, requested: Int, available: Int) {
        self.sellable = sellable
        self.requested = requested
        self.available = available
    }
}

/// A product or variant in a warehouse.
struct StockRow: RowDecodable {
    static let columns: Query = """
        s.id, s.product_id, s.variant_key, s.warehouse_id, w.code, w.name, s.on_hand, s.reserved, s.reorder_level,
        s.reorder_quantity, s.overstock_level, s.updated_at
        """

    let id: StockID
    let sellable: SellableID
    let warehouse: WarehouseID
    let warehouseCode: String
    let warehouseName: String
    let onHand: Int
    let reserved: Int
    let reorderLevel: Int
    let reorderQuantity: Int
    let overstockLevel: Int
    let updatedAt: Timestamp

    /// How many to order now: its reorder quantity, or what is missing to be above the level.
    var suggestedQuantity: Int {
        let missing = reorderLevel + 1 - (onHand - reserved)
        return reorderLevel > 0 && missing > 0 ? max(reorderQuantity, missing) : 0
    }

    init(row: Row) throws {
        id = try row[0]
        sellable = SellableID(product: try row[1], variantKey: try row[2])
        warehouse = try row[3]
        warehouseCode = try row[4]
        warehouseName = try row[5]
        onHand = try row[6]
        reserved = try row[7]
        reorderLevel = try row[8]
        reorderQuantity = try row[9]
        overstockLevel = try row[10]
        updatedAt = try row[11]
    }
}

/// The levels of a stock row that are to change; nil leaves one as it is, 0 turns it off.
struct StockLevels: Sendable {
    /// At or below it stock is low.
    let reorderLevel: Int?
    /// How many to order then.
    let reorderQuantity: Int?
    /// Above it there is too much.
    let overstockLevel: Int?
}

/// A change of what is on hand and what is reserved. It is refused where less would be on hand than is reserved.
struct StockShift<Key: Sendable & Hashable & Comparable>: Sendable {
    let key: Key
    let onHand: Int
    let reserved: Int

    init(_ key: Key, onHand: Int = 0, reserved: Int = 0) {
        self.key = key
        self.onHand = onHand
        self.reserved = reserved
    }
}

extension Sequence {
    /// These shifts with one for each key, in the order in which rows are locked.
    ///
    /// - Throws: `OutOfRange`.
    func summed<Key>() throws -> [Element] where Element == StockShift<Key> {
        try Dictionary(grouping: self, by: \.key).sorted { $0.key < $1.key }.map { key, shifts in
            try StockShift(key, onHand: shifts.map(\.onHand).sum(), reserved: shifts.map(\.reserved).sum())
        }
    }
}

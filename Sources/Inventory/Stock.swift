import Commerce
import Primitives
import SQL

/// A number of units of one product or variant, such as a line of an order.
public struct StockLine: Sendable, Hashable {
    /// The product or variant.
    public let sellable: SellableID
    /// The number of units.
    public let quantity: Int

    /// Names `quantity` units of `sellable`.
    public init(_ sellable: SellableID, quantity: Int) {
        self.sellable = sellable
        self.quantity = quantity
    }
}

/// Goods that arrive in a warehouse.
public struct StockReceipt: Sendable, Hashable {
    /// The product or variant.
    public let sellable: SellableID
    /// The number of units, not negative; zero only creates the stock row.
    public let quantity: Int
    /// The warehouse; nil for the default one.
    public let warehouse: WarehouseID?
    /// The remark on the movement; may be empty.
    public let note: String

    /// Describes `quantity` units that arrive in `warehouse`, or in the default one.
    public init(_ sellable: SellableID, quantity: Int, warehouse: WarehouseID? = nil, note: String = "") {
        self.sellable = sellable
        self.quantity = quantity
        self.warehouse = warehouse
        self.note = note
    }
}

/// A line of an order that the stock does not cover.
public struct Shortage: Sendable, Hashable {
    /// The product or variant.
    public let sellable: SellableID
    /// The units that the order asks for.
    public let requested: Int
    /// The units available in all active warehouses together.
    public let available: Int

    /// Describes a line that asks for `requested` units of which `available` can be had.
    public init(_ sellable: SellableID, requested: Int, available: Int) {
        self.sellable = sellable
        self.requested = requested
        self.available = available
    }
}

/// The stock of a product or variant in one warehouse.
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

    /// The units to order now: the reorder quantity, or more where that would not lift the stock above its reorder
    /// level.
    var suggestedQuantity: Int {
        let missing = reorderLevel + 1 - (onHand - reserved)
        return reorderLevel > 0 && missing > 0 ? max(reorderQuantity, missing) : 0
    }

    init(row: inout RowReader) throws {
        id = try row()
        sellable = SellableID(product: try row(), variantKey: try row())
        warehouse = try row()
        warehouseCode = try row()
        warehouseName = try row()
        onHand = try row()
        reserved = try row()
        reorderLevel = try row()
        reorderQuantity = try row()
        overstockLevel = try row()
        updatedAt = try row()
    }
}

/// The levels of a stock row that are to change; nil leaves one as it is, 0 turns it off.
struct StockLevels: Sendable {
    /// The available units at or below which stock is low.
    let reorderLevel: Int?
    /// The units to order then.
    let reorderQuantity: Int?
    /// The units on hand above which there is too much.
    let overstockLevel: Int?
}

/// A change of the units on hand and reserved, refused where less would be on hand than is reserved.
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
    /// Sums shifts of the same key and returns them in the order in which rows are locked.
    ///
    /// - Throws: `OutOfRange`.
    func summed<Key>() throws -> [Element] where Element == StockShift<Key> {
        try Dictionary(grouping: self, by: \.key).sorted { $0.key < $1.key }.map { key, shifts in
            try StockShift(key, onHand: shifts.map(\.onHand).sum(), reserved: shifts.map(\.reserved).sum())
        }
    }
}

import Commerce
import Primitives
import SQL

/// Why the number on hand changed.
public enum MovementType: String, Sendable, CaseIterable, Codable, SQLConvertible {
    case purchase
    case sale
    case `return`
    case adjustment
    case transfer
}

/// One change of what is on hand in a warehouse; written once, never changed.
struct StockMovement: Sendable {
    let sellable: SellableID
    let warehouse: WarehouseID
    let type: MovementType
    /// Positive for what came in, negative for what went out.
    let quantity: Int
    /// The order that it belongs to, if any.
    let order: OrderID?
    let notes: String
    let createdBy: UserID?
    let createdAt: Timestamp
}

/// A correction of what is on hand in one warehouse.
public struct StockAdjustment: Sendable {
    public let sellable: SellableID
    /// Signed, never zero.
    public let quantity: Int
    /// Nil for the default warehouse.
    public let warehouse: WarehouseID?
    public let type: MovementType
    public let notes: String

    public init(
        _ sellable: SellableID, quantity: Int, warehouse: WarehouseID? = nil, type: MovementType = .adjustment,
        notes: String = ""
    ) {
        self.sellable = sellable
        self.quantity = quantity
        self.warehouse = warehouse
        self.type = type
        self.notes = notes
    }
}

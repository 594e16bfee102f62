import Commerce
import Primitives
import SQL

/// The reasons for which the number on hand changes.
public enum MovementType: String, WireEnum {
    case purchase
    case sale
    case `return`
    case adjustment
    case transfer
}

/// The document that a movement belongs to.
public enum MovementReference: Sendable, Hashable {
    case order(OrderID)
    /// A delivery by the number that the shop gives it.
    case purchaseOrder(String)

    /// The kind of document, as it is stored and shown.
    var type: String {
        switch self {
        case .order: "order"
        case .purchaseOrder: "purchase_order"
        }
    }

    var id: Int64 { if case .order(let id) = self { id.rawValue } else { 0 } }

    var text: String { if case .purchaseOrder(let text) = self { text } else { "" } }

    init?(type: String, id: Int64, text: String) {
        switch type {
        case "order": self = .order(OrderID(id))
        case "purchase_order": self = .purchaseOrder(text)
        default: return nil
        }
    }
}

/// One change of what is on hand in a warehouse; written once, never changed.
struct StockMovement: Sendable {
    let sellable: SellableID
    let warehouse: WarehouseID
    let type: MovementType
    /// Positive for what came in, negative for what went out.
    let quantity: Int
    /// The document that it belongs to, if any.
    let reference: MovementReference?
    let notes: String
    let createdBy: UserID?
    let createdAt: Timestamp
}

/// A correction of the units on hand in one warehouse.
public struct StockAdjustment: Sendable {
    /// The product or variant.
    public let sellable: SellableID
    /// The change in units; negative takes away, zero is refused.
    public let quantity: Int
    /// The warehouse; nil for the default one.
    public let warehouse: WarehouseID?
    /// The reason; sales and transfers are refused.
    public let type: MovementType
    /// The document that it belongs to, if any.
    public let reference: MovementReference?
    /// The remark on the movement; may be empty.
    public let notes: String

    /// Describes a correction by `quantity` units, which stock has to have where it is negative.
    public init(
        _ sellable: SellableID, quantity: Int, warehouse: WarehouseID? = nil, type: MovementType = .adjustment,
        reference: MovementReference? = nil, notes: String = ""
    ) {
        self.sellable = sellable
        self.quantity = quantity
        self.warehouse = warehouse
        self.type = type
        self.reference = reference
        self.notes = notes
    }
}

/// A movement with the id of its row.
struct RecordedMovement: RowDecodable {
    static let columns: Query = """
        id, product_id, variant_key, warehouse_id, movement_type, quantity, reference_type, reference_id, reference, notes,
        created_by, created_at
        """

    let id: Int64
    let movement: StockMovement
    /// The number of the order that it belongs to; lists read it.
    var orderNumber: String?

    init(id: Int64, movement: StockMovement) {
        self.id = id
        self.movement = movement
    }

    init(row: inout RowReader) throws {
        id = try row()
        movement = StockMovement(
            sellable: SellableID(product: try row(), variantKey: try row()), warehouse: try row(), type: try row(),
            quantity: try row(), reference: MovementReference(type: try row(), id: try row(), text: try row()),
            notes: try row(), createdBy: try row(), createdAt: try row())
    }
}

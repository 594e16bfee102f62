import Commerce
import Primitives

/// Reasons for which stock or a warehouse cannot be changed.
public enum InventoryError: BusinessError, Equatable {
    /// Lines that the stock does not cover; all of them.
    case insufficientStock([Shortage])
    /// Less would be on hand than is reserved for orders; with what could be taken away.
    case belowReserved(available: Int)
    /// Orders hold so much of what lies in the warehouse.
    case warehouseHolds(reserved: Int)
    /// The default warehouse stays, and stays active.
    case defaultWarehouse
    /// Goods lie, or lay, in the warehouse.
    case warehouseInUse
    /// The order has no stock held for it.
    case nothingReserved(OrderID)

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { .conflict }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String {
        switch self {
        case .insufficientStock: "insufficient_stock"
        case .belowReserved: "below_reserved"
        case .warehouseHolds: "warehouse_holds_reservations"
        case .defaultWarehouse: "default_warehouse"
        case .warehouseInUse: "warehouse_in_use"
        case .nothingReserved: "nothing_reserved"
        }
    }

    /// The `detail` of the error response: a sentence in English.
    public var message: String {
        switch self {
        case .insufficientStock: "There is not enough stock for this order."
        case .belowReserved(let available): "Only \(available) can be taken away; the rest is reserved for orders."
        case .warehouseHolds(let reserved): "\(reserved) in this warehouse are reserved for orders."
        case .defaultWarehouse: "This is the default warehouse; make another one the default first."
        case .warehouseInUse: "Stock has been kept in this warehouse; deactivate it instead."
        case .nothingReserved: "No stock is reserved for this order."
        }
    }

    /// The further members of the error response, beside `detail` and `code`.
    public var details: [String: JSONValue] {
        switch self {
        case .insufficientStock(let shortages): ["items": .array(shortages.map(\.json))]
        case .belowReserved(let available): ["available": .number(String(available))]
        case .warehouseHolds(let reserved): ["reserved": .number(String(reserved))]
        case .defaultWarehouse, .warehouseInUse, .nothingReserved: [:]
        }
    }
}

extension Shortage {
    var json: JSONValue {
        .object([
            "product_id": .number(sellable.product.description),
            "variant_id": sellable.variant.map { .number($0.description) } ?? .null,
            "requested": .number(String(requested)), "available": .number(String(available)),
        ])
    }
}

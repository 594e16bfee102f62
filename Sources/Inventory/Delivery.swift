import Commerce

/// Goods that come together under the number of one paper.
struct Delivery: Sendable {
    /// A number of units of one product or variant.
    struct Line: Sendable {
        let goods: NamedGoods
        let quantity: Int
    }

    /// Nil for the default warehouse.
    let warehouse: WarehouseID?
    /// The number of the delivery, which stands on all of its movements.
    let reference: String
    let notes: String
    let lines: [Line]
}

/// Goods as people and scanners name them.
enum NamedGoods: Sendable, Hashable {
    case id(SellableID)
    case sku(String)
}

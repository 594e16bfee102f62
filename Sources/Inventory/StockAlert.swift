import Commerce
import Primitives
import SQL

/// The conditions of a stock row that staff are alerted to.
public enum AlertType: String, WireEnum {
    /// Something can be had, but no more than the level at which more is ordered.
    case lowStock = "low_stock"
    /// Nothing can be had.
    case outOfStock = "out_of_stock"
    /// More lies there than should.
    case overstock
}

/// A warning about a stock row. It opens when the row meets its condition, and resolves itself when the row no longer
/// does; one that was resolved by hand does not come back before that.
struct StockAlert: RowDecodable {
    static let columns: Query = """
        id, stock_id, product_id, variant_key, warehouse_id, alert_type, threshold_quantity, current_quantity, is_live,
        is_resolved, created_at, resolved_at, resolved_by
        """

    let id: Int64
    let stock: StockID
    let sellable: SellableID
    let warehouse: WarehouseID
    let type: AlertType
    let threshold: Int
    /// The quantity that it was opened for.
    let current: Int
    /// Whether the stock row still meets the condition.
    let isLive: Bool
    let isResolved: Bool
    let createdAt: Timestamp
    let resolvedAt: Timestamp?
    /// The user who resolved it by hand; nil where it resolved itself.
    let resolvedBy: UserID?

    init(row: inout RowReader) throws {
        id = try row()
        stock = try row()
        sellable = SellableID(product: try row(), variantKey: try row())
        warehouse = try row()
        type = try row()
        threshold = try row()
        current = try row()
        isLive = try row()
        isResolved = try row()
        createdAt = try row()
        resolvedAt = try row()
        resolvedBy = try row()
    }
}

/// The quantities of a stock row, and the alerts that follow from them: a pure rule.
struct StockLevel: Sendable {
    let stock: StockID
    let sellable: SellableID
    let warehouse: WarehouseID
    let onHand: Int
    let available: Int
    let reorderLevel: Int
    let overstockLevel: Int
    /// Whether the shop still sells it; there are no alerts about what it does not.
    let isSellable: Bool
    var live: Set<AlertType>

    /// Those of ``alerts`` that are to be opened: the others are live already.
    var newAlerts: [(type: AlertType, threshold: Int, current: Int)] { alerts.filter { !live.contains($0.type) } }

    /// The conditions that hold now, each with the threshold and the quantity compared to it.
    var alerts: [(type: AlertType, threshold: Int, current: Int)] {
        guard isSellable else { return [] }
        var alerts: [(AlertType, Int, Int)] = []
        if available <= 0 {
            alerts.append((.outOfStock, 0, available))
        } else if reorderLevel > 0, available <= reorderLevel {
            alerts.append((.lowStock, reorderLevel, available))
        }
        if overstockLevel > 0, onHand > overstockLevel { alerts.append((.overstock, overstockLevel, onHand)) }
        return alerts
    }
}

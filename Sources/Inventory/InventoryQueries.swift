import Commerce
import Primitives
import SQL
import Web

/// Reading stock and warehouses for staff.
enum InventoryQueries {
    /// Which stock rows a list shows.
    struct StockFilter: Sendable {
        var product: ProductID?
        var warehouse: WarehouseID?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let product { conditions.append("s.product_id = \(product)") }
            if let warehouse { conditions.append("s.warehouse_id = \(warehouse)") }
            return conditions.joined(by: " AND ")
        }
    }

    enum StockOrder: String, CaseIterable, SQLName {
        case id
        case quantity
        case updatedAt = "updated_at"

        var sqlName: StaticString {
            switch self {
            case .id: "s.id"
            case .quantity: "s.on_hand"
            case .updatedAt: "s.updated_at"
            }
        }
    }

    static func count(_ filter: StockFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM stock s WHERE \(filter.condition)") ?? 0
    }

    static func stock(
        _ filter: StockFilter, by order: Ordering<StockOrder>, _ page: PageRequest, _ connection: Connection
    ) throws -> [StockRow] {
        try connection.all(
            """
            SELECT \(StockRow.columns) FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE \(filter.condition) ORDER BY \(order.key) \(order.direction), s.id \(order.direction) \(page.limit)
            """)
    }

    static func stock(of product: ProductID, _ connection: Connection) throws -> [StockRow] {
        try connection.all(
            """
            SELECT \(StockRow.columns) FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE s.product_id = \(product) ORDER BY s.variant_key, w.priority, s.id
            """)
    }

    static func stock(
        _ sellable: SellableID, in warehouse: WarehouseID, _ connection: Connection
    ) throws -> StockRow? {
        try connection.first(
            """
            SELECT \(StockRow.columns) FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE s.product_id = \(sellable.product) AND s.variant_key = \(sellable.variantKey)
            AND s.warehouse_id = \(warehouse)
            """)
    }

    static func record(_ movement: StockMovement, _ tx: Transaction) throws -> Int64 {
        try tx.insert(
            """
            INSERT INTO stock_movements
            (product_id, variant_key, warehouse_id, movement_type, quantity, notes, created_by, created_at)
            VALUES (\(movement.sellable.product), \(movement.sellable.variantKey), \(movement.warehouse),
            \(movement.type), \(movement.quantity), \(movement.notes), \(movement.createdBy), \(movement.createdAt))
            """)
    }

    static func defaultWarehouse(_ connection: Connection) throws -> WarehouseID? {
        try connection.value("SELECT id FROM warehouses ORDER BY is_default DESC, priority, id LIMIT 1")
    }

    static func hasWarehouse(_ id: WarehouseID, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT 1 FROM warehouses WHERE id = \(id)", as: Int.self) != nil
    }

    static func countWarehouses(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM warehouses") ?? 0
    }

    static func warehouses(_ page: PageRequest, _ connection: Connection) throws -> [Warehouse] {
        try connection.all(
            "SELECT \(Warehouse.columns) FROM warehouses ORDER BY priority, is_default DESC, id \(page.limit)")
    }
}

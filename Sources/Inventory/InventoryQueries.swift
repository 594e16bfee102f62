import Commerce
import Primitives
import SQL
import Web

/// Reading stock and warehouses for staff.
enum InventoryQueries {
    /// The conditions on the stock rows of a list; nil leaves one out.
    struct StockFilter: Sendable {
        var product: ProductID?
        var warehouse: WarehouseID?
        /// The caller's products; nil for all products.
        var owned: ProductScope?
        /// The text of a search, and what it means once it was looked up.
        var search: String?
        var match: GoodsMatch?
        /// Limits the list to rows at or below their reorder level, among those that are sold.
        var isLow: StockScope?
        /// Whether rows have a level at or below which they are low; nil for both kinds.
        var hasLevel: Bool?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let product { conditions.append("s.product_id = \(product)") }
            if let warehouse { conditions.append("s.warehouse_id = \(warehouse)") }
            if let owned { conditions.append(owned.holds(product: "s.product_id")) }
            if let match { conditions.append(match.holds(product: "s.product_id", variant: "s.variant_key")) }
            if let hasLevel { conditions.append(hasLevel ? "s.reorder_level > 0" : "s.reorder_level = 0") }
            if let isLow {
                let isSellable = isLow.holds(product: "s.product_id", variant: "s.variant_key")
                conditions.append("s.reorder_level > 0 AND s.on_hand - s.reserved <= s.reorder_level AND \(isSellable)")
            }
            return conditions.joined(by: " AND ")
        }
    }

    enum StockSortKey: String, CaseIterable, SQLName {
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

    /// Returns a query that counts the stock rows of a list.
    static func counting(_ filter: StockFilter) -> Query { "SELECT COUNT(*) FROM stock s WHERE \(filter.condition)" }

    /// Returns a page of stock rows, whose ids are found first: what is sorted or skipped is not joined. MySQL 9 reads
    /// and sorts all of it unless told.
    static func stock(
        _ filter: StockFilter, by order: Ordering<StockSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [StockRow] {
        let isNarrow = filter.product != nil || filter.warehouse != nil || filter.owned != nil || filter.isLow != nil
        let isWhole = !isNarrow && filter.match == nil
        let walk = connection.dialect.forceIndex(isWhole && order.key == .id ? "PRIMARY" : nil)
        return try connection.all(
            .page(
                of: StockRow.columns, from: "stock s", key: "s.id", through: walk, where: filter.condition,
                joining: "LEFT JOIN warehouses w ON w.id = s.warehouse_id",
                by: "\(order.key) \(order.direction), s.id \(order.direction)", page.limit))
    }

    static func stock(_ id: StockID, _ connection: Connection) throws -> StockRow? {
        try connection.first(
            """
            SELECT \(StockRow.columns) FROM stock s JOIN warehouses w ON w.id = s.warehouse_id WHERE s.id = \(id)
            """)
    }

    /// Returns whether a product is one of `owned`.
    static func isOwned(_ product: ProductID, by owned: ProductScope, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT COUNT(*) FROM (\(owned.ids)) o WHERE o.id = \(product)", as: Int.self) == 1
    }

    /// Sets those levels of a stock row that are not nil.
    static func setLevels(_ levels: StockLevels, of id: StockID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE stock SET reorder_level = COALESCE(\(levels.reorderLevel), reorder_level),
            reorder_quantity = COALESCE(\(levels.reorderQuantity), reorder_quantity),
            overstock_level = COALESCE(\(levels.overstockLevel), overstock_level), updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    static func stock(of product: ProductID, _ connection: Connection) throws -> [StockRow] {
        try connection.all(
            """
            SELECT \(StockRow.columns) FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE s.product_id = \(product) ORDER BY s.variant_key, w.priority, s.id
            """)
    }

    /// Returns those of a product's stock rows that can be bought: of what `scope` holds for, in active
    /// warehouses.
    static func buyable(of product: ProductID, _ scope: StockScope, _ connection: Connection) throws -> Set<StockID> {
        Set(
            try connection.column(
                """
                SELECT s.id FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
                WHERE s.product_id = \(product) AND w.is_active = 1
                AND \(scope.holds(product: "s.product_id", variant: "s.variant_key"))
                """, as: StockID.self))
    }

    /// Returns whether anything is on hand or reserved under a key.
    static func holds(_ sellable: SellableID, _ connection: Connection) throws -> Bool {
        try connection.value(
            """
            SELECT 1 FROM stock WHERE product_id = \(sellable.product) AND variant_key = \(sellable.variantKey)
            AND (on_hand <> 0 OR reserved <> 0) LIMIT 1
            """, as: Int.self) != nil
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

    static func defaultWarehouse(_ connection: Connection) throws -> WarehouseID? {
        try connection.value("SELECT id FROM warehouses ORDER BY is_default DESC, priority, id LIMIT 1")
    }
}

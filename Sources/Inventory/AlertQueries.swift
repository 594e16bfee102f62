import Commerce
import Primitives
import SQL
import Web

/// The statements of `stock_alerts`.
enum AlertQueries {
    /// The conditions on the alerts of a list; nil leaves one out.
    struct Filter: Sendable {
        var isResolved: Bool?
        var type: AlertType?
        var product: ProductID?
        var warehouse: WarehouseID?
        /// The caller's products; nil for all products.
        var owned: ProductScope?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let isResolved { conditions.append("is_resolved = \(isResolved)") }
            if let type { conditions.append("alert_type = \(type)") }
            if let product { conditions.append("product_id = \(product)") }
            if let warehouse { conditions.append("warehouse_id = \(warehouse)") }
            if let owned { conditions.append(owned.holds(product: "product_id")) }
            return conditions.joined(by: " AND ")
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"

        var sqlName: StaticString { "created_at" }
    }

    /// Returns the levels of the stock rows that `condition` selects, with their live alerts, in one statement.
    static func levels(_ condition: Query, _ sold: StockScope, _ connection: Connection) throws -> [StockLevel] {
        let rows = try connection.all(
            """
            SELECT s.id, s.product_id, s.variant_key, s.warehouse_id, s.on_hand, s.on_hand - s.reserved, s.reorder_level,
            s.overstock_level, \(sold.holds(product: "s.product_id", variant: "s.variant_key")), a.alert_type
            FROM stock s
            LEFT JOIN stock_alerts a ON a.stock_id = s.id AND a.is_live = 1 WHERE \(condition) ORDER BY s.id
            """
        ) { row in
            let level = StockLevel(
                stock: try row(), sellable: SellableID(product: try row(), variantKey: try row()),
                warehouse: try row(), onHand: try row(), available: try row(), reorderLevel: try row(),
                overstockLevel: try row(), isSellable: try row(), live: [])
            return (level: level, live: try row(AlertType?.self))
        }
        var levels: [StockLevel] = []
        for (level, live) in rows {
            if levels.last?.stock != level.stock { levels.append(level) }
            if let live { levels[levels.count - 1].live.insert(live) }
        }
        return levels
    }

    static func open(_ levels: [StockLevel], at now: Timestamp, _ tx: Transaction) throws {
        let rows = levels.flatMap { level in
            level.newAlerts.map { alert -> [SQLValue] in
                .row(
                    level.stock, level.sellable.product, level.sellable.variantKey,
                    level.warehouse, alert.type, alert.threshold, alert.current,
                    1, 0, now
                )
            }
        }
        guard !rows.isEmpty else { return }
        try tx.execute(
            """
            INSERT INTO stock_alerts (stock_id, product_id, variant_key, warehouse_id, alert_type, threshold_quantity,
            current_quantity, is_live, is_resolved, created_at) VALUES \(rows: rows)
            """)
    }

    /// Ends the live alerts of one type on stock rows that no longer warrant them.
    static func end(_ type: AlertType, on stock: [StockID], at now: Timestamp, _ tx: Transaction) throws {
        guard !stock.isEmpty else { return }
        try tx.execute(
            """
            UPDATE stock_alerts SET is_live = 0, resolved_at = COALESCE(resolved_at, \(now)), is_resolved = 1
            WHERE stock_id IN (\(list: stock)) AND is_live = 1 AND alert_type = \(type)
            """)
    }

    /// Resolves an open alert by hand.
    static func resolve(_ id: Int64, by user: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE stock_alerts SET is_resolved = 1, resolved_at = \(now), resolved_by = \(user)
            WHERE id = \(id) AND is_resolved = 0
            """)
    }

    static func find(_ id: Int64, _ filter: Filter, _ connection: Connection) throws -> StockAlert? {
        try connection.first(
            "SELECT \(StockAlert.columns) FROM stock_alerts WHERE id = \(id) AND \(filter.condition)")
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM stock_alerts WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [StockAlert] {
        try connection.all(
            """
            SELECT \(StockAlert.columns) FROM stock_alerts WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """)
    }
}

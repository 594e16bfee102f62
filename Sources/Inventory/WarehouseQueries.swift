import Commerce
import Primitives
import SQL
import Web

/// The statements of `warehouses`.
enum WarehouseQueries {
    /// A warehouse that goods come to or leave.
    struct Place: RowDecodable {
        let id: WarehouseID
        let isActive: Bool

        init(row: inout RowReader) throws {
            id = try row()
            isActive = try row()
        }
    }

    /// A warehouse as people know it.
    struct Named: RowDecodable {
        let id: WarehouseID
        let code: String
        let name: String

        init(row: inout RowReader) throws {
            id = try row()
            code = try row()
            name = try row()
        }
    }

    /// Returns a warehouse, or without an id the one that is meant where none is named.
    static func named(_ id: WarehouseID?, _ connection: Connection) throws -> Named? {
        guard let id else {
            return try connection.first(
                "SELECT id, code, name FROM warehouses ORDER BY is_default DESC, priority, id LIMIT 1")
        }
        return try connection.first("SELECT id, code, name FROM warehouses WHERE id = \(id)")
    }

    /// Returns the names of these warehouses.
    static func names(of ids: [WarehouseID], _ connection: Connection) throws -> [WarehouseID: String] {
        guard !ids.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try connection.tuples("SELECT id, name FROM warehouses WHERE id IN (\(list: ids))"))
    }

    /// Returns the warehouses of these ids, which stay as active as they are until the transaction ends.
    static func places(_ ids: [WarehouseID], _ tx: Transaction) throws -> [Place] {
        try tx.all(
            "SELECT id, is_active FROM warehouses WHERE id IN (\(list: ids)) ORDER BY id \(tx.dialect.forShare)")
    }

    static func list(
        _ filter: WarehouseFilter, by order: Ordering<WarehouseSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Warehouse] {
        try connection.all(
            """
            SELECT \(Warehouse.columns) FROM warehouses WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), is_default DESC, id \(order.direction) \(page.limit)
            """)
    }

    static func find(code: String, _ connection: Connection) throws -> WarehouseID? {
        try connection.value("SELECT id FROM warehouses WHERE code = \(code)")
    }

    static func insert(_ warehouse: Warehouse, at now: Timestamp, _ tx: Transaction) throws -> WarehouseID {
        WarehouseID(
            try tx.insert(
                "INSERT INTO warehouses \(insert: try warehouse.values() + ["is_default": false, "created_at": now])"))
    }

    /// Makes one warehouse the default, and no other.
    static func setDefault(_ id: WarehouseID, _ tx: Transaction) throws {
        try tx.execute("UPDATE warehouses SET is_default = CASE WHEN id = \(id) THEN 1 ELSE 0 END")
    }

    /// Locks the totals of all that lies in a warehouse: orders of it wait.
    static func lockTotals(of id: WarehouseID, _ tx: Transaction) throws {
        _ = try tx.rows(
            """
            SELECT t.product_id FROM stock_totals t JOIN stock s
            ON s.product_id = t.product_id AND s.variant_key = t.variant_key
            WHERE s.warehouse_id = \(id) ORDER BY t.product_id, t.variant_key \(tx.dialect.forUpdate)
            """)
    }

    static func reserved(in id: WarehouseID, _ connection: Connection) throws -> Int {
        try connection.value("SELECT CAST(COALESCE(SUM(reserved), 0) AS SIGNED) FROM stock WHERE warehouse_id = \(id)")
            ?? 0
    }

    /// Returns the products that are on hand in a warehouse, or only those of which variants are.
    static func products(
        in id: WarehouseID, isWithVariants: Bool = false, _ connection: Connection
    ) throws -> [ProductID] {
        try connection.column(
            """
            SELECT DISTINCT product_id FROM stock WHERE warehouse_id = \(id) AND variant_key >= \(isWithVariants ? 1 : 0)
            AND on_hand > 0 ORDER BY product_id
            """)
    }

    /// Adds the goods in a warehouse to what can be bought, or subtracts them.
    static func count(_ id: WarehouseID, isActive: Bool, _ tx: Transaction) throws {
        let sign = isActive ? 1 : -1
        try tx.execute(
            """
            UPDATE stock_totals SET on_hand = on_hand + \(sign) * (SELECT s.on_hand FROM stock s
            WHERE s.product_id = stock_totals.product_id AND s.variant_key = stock_totals.variant_key
            AND s.warehouse_id = \(id))
            WHERE EXISTS (SELECT 1 FROM stock s WHERE s.product_id = stock_totals.product_id
            AND s.variant_key = stock_totals.variant_key AND s.warehouse_id = \(id))
            """)
    }
}

import Commerce
import SQL

/// Stock by SKU and by the code of its warehouse, for tables that leave the shop.
public enum StockSheetQueries {
    /// A stock row as such a table has it.
    public struct Line: RowDecodable, Sendable {
        /// In lower case, as SKUs are compared.
        public let key: String
        /// As staff wrote it.
        public let sku: String
        public let warehouse: String
        public let onHand: Int
        public let reorderLevel: Int
        public let reorderQuantity: Int
        public let overstockLevel: Int

        public init(row: Row) throws {
            key = try row[0]
            sku = try row[1]
            warehouse = try row[2]
            onHand = try row[3]
            reorderLevel = try row[4]
            reorderQuantity = try row[5]
            overstockLevel = try row[6]
        }
    }

    /// The next stock rows in the order of SKU and warehouse, behind the row of `after`.
    public static func lines(
        after: (key: String, warehouse: String), limit: Int, _ connection: Connection
    ) throws -> [Line] {
        try connection.all(
            """
            SELECT k.sku, COALESCE(v.sku, p.sku), w.code, s.on_hand, s.reorder_level, s.reorder_quantity,
            s.overstock_level FROM skus k
            JOIN stock s ON s.product_id = k.product_id AND s.variant_key = k.variant_key
            JOIN warehouses w ON w.id = s.warehouse_id
            JOIN products p ON p.id = k.product_id
            LEFT JOIN product_variants v ON v.id = k.variant_key
            WHERE (k.sku > \(after.key) OR (k.sku = \(after.key) AND w.code > \(after.warehouse)))
            AND p.deleted_at IS NULL AND v.deleted_at IS NULL AND (p.has_variants = 0 OR k.variant_key <> 0)
            ORDER BY k.sku, w.code LIMIT \(limit)
            """)
    }

    /// The warehouse of this code.
    public static func warehouse(code: String, _ connection: Connection) throws -> WarehouseID? {
        try connection.value("SELECT id FROM warehouses WHERE code = \(code)")
    }

    /// Where stock is kept for which no warehouse is named.
    public static func defaultWarehouse(_ connection: Connection) throws -> WarehouseID? {
        try InventoryQueries.defaultWarehouse(connection)
    }
}

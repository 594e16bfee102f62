import SQL

/// The stock by SKU and warehouse code, for the export of tables.
enum StockSheetQueries {
    /// A stock row as the export shows it.
    struct Line: RowDecodable, Sendable {
        /// The SKU in lower case, by which lines are sorted and continued.
        let key: String
        /// The SKU as staff wrote it.
        let sku: String
        /// The code of the warehouse.
        let warehouse: String
        /// The units on hand, reserved ones included.
        let onHand: Int
        /// The available units at or below which stock is low; 0 for never.
        let reorderLevel: Int
        /// The units to order then.
        let reorderQuantity: Int
        /// The units on hand above which there is too much; 0 for never.
        let overstockLevel: Int

        init(row: inout RowReader) throws {
            key = try row()
            sku = try row()
            warehouse = try row()
            onHand = try row()
            reorderLevel = try row()
            reorderQuantity = try row()
            overstockLevel = try row()
        }
    }

    /// Returns the next stock rows in the order of SKU and warehouse, behind the row of `after`.
    ///
    /// - Throws: `SQLError`.
    static func lines(
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
}

import Commerce
import SQL

/// The statements of the inventory's audit: one for each comparison, whatever the number of rows.
enum StockAuditQueries {
    static func onHand(_ connection: Connection) throws -> [StockAudit.Difference] {
        try connection.all(
            """
            SELECT s.product_id, s.variant_key, s.warehouse_id, s.on_hand, CAST(COALESCE(m.moved, 0) AS SIGNED)
            FROM stock s LEFT JOIN (SELECT product_id, variant_key, warehouse_id, SUM(quantity) AS moved
            FROM stock_movements GROUP BY product_id, variant_key, warehouse_id) m
            ON m.product_id = s.product_id AND m.variant_key = s.variant_key AND m.warehouse_id = s.warehouse_id
            WHERE s.on_hand <> COALESCE(m.moved, 0) ORDER BY s.id LIMIT 1000
            """
        ) { try difference(.onHand, &$0) }
    }

    static func reserved(_ connection: Connection) throws -> [StockAudit.Difference] {
        try connection.all(
            """
            SELECT s.product_id, s.variant_key, s.warehouse_id, s.reserved, CAST(COALESCE(r.held, 0) AS SIGNED)
            FROM stock s LEFT JOIN (SELECT product_id, variant_key, warehouse_id, SUM(quantity) AS held
            FROM reservations WHERE state = 'held' GROUP BY product_id, variant_key, warehouse_id) r
            ON r.product_id = s.product_id AND r.variant_key = s.variant_key AND r.warehouse_id = s.warehouse_id
            WHERE s.reserved <> COALESCE(r.held, 0) ORDER BY s.id LIMIT 1000
            """
        ) { try difference(.reserved, &$0) }
    }

    static func totals(_ connection: Connection) throws -> [StockAudit.Difference] {
        let rows = try connection.all(
            """
            SELECT t.product_id, t.variant_key, t.on_hand, CAST(COALESCE(c.on_hand, 0) AS SIGNED), t.reserved,
            CAST(COALESCE(c.reserved, 0) AS SIGNED)
            FROM stock_totals t LEFT JOIN (SELECT s.product_id, s.variant_key, SUM(s.on_hand) AS on_hand,
            SUM(s.reserved) AS reserved FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE w.is_active = 1 GROUP BY s.product_id, s.variant_key) c
            ON c.product_id = t.product_id AND c.variant_key = t.variant_key
            WHERE t.on_hand <> COALESCE(c.on_hand, 0) OR t.reserved <> COALESCE(c.reserved, 0)
            ORDER BY t.product_id, t.variant_key LIMIT 1000
            """
        ) { row in
            let sellable = SellableID(product: try row(), variantKey: try row())
            return [
                StockAudit.Difference(
                    rule: .totalOnHand, sellable: sellable, warehouse: nil, kept: try row(), counted: try row()),
                StockAudit.Difference(
                    rule: .totalReserved, sellable: sellable, warehouse: nil, kept: try row(), counted: try row()),
            ]
        }
        return rows.flatMap { $0 }.filter { $0.kept != $0.counted }
    }

    private static func difference(_ rule: StockAudit.Difference.Rule, _ row: inout RowReader) throws
        -> StockAudit.Difference
    {
        StockAudit.Difference(
            rule: rule, sellable: SellableID(product: try row(), variantKey: try row()), warehouse: try row(),
            kept: try row(), counted: try row())
    }
}

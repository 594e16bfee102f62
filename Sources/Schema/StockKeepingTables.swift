import SQL

/// What the inventory keeps beside the stock itself: alerts, and the paper that a movement belongs to.
enum StockKeepingTables {
    static let steps: [Migration.Step] = [
        .create(alerts),
        .addColumn(Column("reference", .text(100), .defaultText("")), table: "stock_movements"),
        .addIndex(Index("warehouse_id", "created_at"), table: "stock_movements"),
    ]

    /// `is_live` says that the stock is still as the alert says: there is one live alert of a kind and stock row, resolved by
    /// hand or not.
    private static let alerts = Table("stock_alerts") {
        Column.id
        Column("stock_id", .integer, .references("stock", onDelete: .cascade))
        Column("product_id", .integer)
        Column("variant_key", .integer)
        Column("warehouse_id", .integer)
        Column("alert_type", .text(12))
        Column("threshold_quantity", .integer)
        Column("current_quantity", .integer)
        Column("is_live", .boolean)
        Column("is_resolved", .boolean)
        Column("created_at", .timestamp)
        Column("resolved_at", .timestamp, .null)
        Column("resolved_by", .integer, .null, .references("users", onDelete: .setNull))
        Index("stock_id", "is_live")
        Index("is_resolved", "created_at")
        Index("product_id")
        Constraint.check("stock_alerts_type", "alert_type IN ('low_stock', 'out_of_stock', 'overstock')")
    }
}

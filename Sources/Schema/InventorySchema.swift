import SQL

/// Makes the tables of the inventory.
enum InventorySchema {
    static let migrations = [Migration(7, "inventory", steps)]

    static let steps: [Migration.Step] =
        [
            .create(warehouses), .create(totals), .create(stock), .create(reservations), .create(movements),
            .create(alerts),
        ] + defaultWarehouse

    /// Parcels leave the warehouse with the smaller `priority` first.
    private static let warehouses = Table("warehouses") {
        Column.id
        Column("code", .text(50), .unique)
        Column("name", .text(200))
        Column("priority", .integer, .defaultInteger(0))
        Column("is_default", .boolean, .defaultInteger(0))
        Column("address_line1", .text(255), .defaultText(""))
        Column("address_line2", .text(255), .defaultText(""))
        Column("city", .text(100), .defaultText(""))
        Column("state", .text(100), .defaultText(""))
        Column("postal_code", .text(20), .defaultText(""))
        Column("country", .text(2), .defaultText(""))
        Column("manager_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("is_active", .boolean, .defaultInteger(1))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
    }

    /// The sums of `stock` over all warehouses. Whoever changes stock locks the row here first, in key order.
    private static let totals = Table("stock_totals") {
        Column("product_id", .integer)
        Column("variant_key", .integer)
        Column("on_hand", .integer)
        Column("reserved", .integer)
        Constraint.primaryKey(["product_id", "variant_key"])
        Constraint.check("stock_totals_reserved", "reserved >= 0")
        Constraint.check("stock_totals_on_hand", "on_hand >= reserved")
    }

    private static let stock = Table("stock") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("variant_key", .integer)
        Column("warehouse_id", .integer, .references("warehouses", onDelete: .restrict))
        Column("on_hand", .integer)
        Column("reserved", .integer, .defaultInteger(0))
        Column("reorder_level", .integer, .defaultInteger(0))
        Column("reorder_quantity", .integer, .defaultInteger(0))
        Column("overstock_level", .integer, .defaultInteger(0))
        Column("updated_at", .timestamp)
        Index("product_id", "variant_key", "warehouse_id", unique: true)
        Index("warehouse_id")
        Constraint.check("stock_reserved", "reserved >= 0")
        Constraint.check("stock_on_hand", "on_hand >= reserved")
    }

    /// What is held, or was held, for an order in a warehouse.
    private static let reservations = Table("reservations") {
        Column.id
        Column("order_id", .integer)
        Column("product_id", .integer)
        Column("variant_key", .integer)
        Column("warehouse_id", .integer)
        Column("quantity", .integer)
        Column("state", .text(10))
        Column("expires_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Index("order_id")
        Constraint.check("reservations_quantity", "quantity > 0")
        Constraint.check("reservations_state", "state IN ('held', 'released', 'fulfilled')")
    }

    /// Written once and never changed. `reference` is the paper that the movement belongs to.
    private static let movements = Table("stock_movements") {
        Column.id
        Column("product_id", .integer)
        Column("variant_key", .integer)
        Column("warehouse_id", .integer)
        Column("movement_type", .text(12))
        Column("quantity", .integer)
        Column("reference_type", .text(20), .defaultText(""))
        Column("reference_id", .integer, .defaultInteger(0))
        Column("reference", .text(100), .defaultText(""))
        Column("notes", .text(500), .defaultText(""))
        Column("created_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Index("product_id", "created_at")
        Index("created_at")
        Index("warehouse_id", "created_at")
        Constraint.check(
            "stock_movements_type",
            "movement_type IN ('purchase', 'sale', 'return', 'adjustment', 'transfer')")
    }

    /// `is_live` says that the stock is still as the alert says: there is one live alert of a kind and stock row,
    /// resolved by hand or not.
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

    private static let defaultWarehouse: [Migration.Step] = [
        .only(
            .sqlite,
            """
            INSERT OR IGNORE INTO warehouses (code, name, is_default, created_at)
            VALUES ('MAIN', 'Main warehouse', 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000000)
            """),
        .only(
            .mysql,
            """
            INSERT IGNORE INTO warehouses (code, name, is_default, created_at)
            VALUES ('MAIN', 'Main warehouse', 1, UNIX_TIMESTAMP() * 1000000)
            """),
    ]
}

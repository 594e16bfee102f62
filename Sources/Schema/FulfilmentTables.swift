import SQL

/// What leaves the shop for an order and what comes back.
enum FulfilmentTables {
    static let steps: [Migration.Step] =
        ["shipped_quantity", "delivered_quantity", "returned_quantity", "refunded_quantity"].map {
            .addColumn(Column($0, .integer, .defaultInteger(0)), table: "order_items")
        } + [.create(shipments), .create(shipmentItems), .create(returns), .create(returnItems), .create(notes)]
        + indexes + taken

    private static let shipments = Table("shipments") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("carrier", .text(100), .defaultText(""))
        Column("tracking_number", .text(100), .defaultText(""))
        Column("note", .text(500), .defaultText(""))
        Column("created_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Column("delivered_at", .timestamp, .null)
        Index("order_id")
    }

    private static let shipmentItems = Table("shipment_items") {
        Column("shipment_id", .integer, .references("shipments", onDelete: .cascade))
        Column("order_item_id", .integer, .references("order_items", onDelete: .cascade))
        Column("quantity", .integer)
        Constraint.primaryKey(["shipment_id", "order_item_id"])
        Index("order_item_id")
        Constraint.check("shipment_items_quantity", "quantity > 0")
    }

    private static let returns = Table("returns") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("status", .text(10))
        Column("note", .text(1_000), .defaultText(""))
        Column("staff_note", .text(1_000), .defaultText(""))
        Column("refund_amount", .money, .defaultInteger(0))
        Column("refunds_shipping", .boolean, .defaultInteger(0))
        Column("requested_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("decided_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("order_id")
        Index("status", "created_at")
        Constraint.check("returns_status", "status IN ('requested', 'approved', 'rejected', 'received')")
    }

    private static let returnItems = Table("return_items") {
        Column.id
        Column("return_id", .integer, .references("returns", onDelete: .cascade))
        Column("order_item_id", .integer, .references("order_items", onDelete: .cascade))
        Column("quantity", .integer)
        Column("received_quantity", .integer, .defaultInteger(0))
        Column("restocked_quantity", .integer, .defaultInteger(0))
        Column("reason", .text(500), .defaultText(""))
        Column("refund_amount", .money, .defaultInteger(0))
        Index("return_id", "order_item_id", unique: true)
        Index("order_item_id")
        Constraint.check("return_items_quantity", "quantity > 0")
    }

    private static let notes = Table("order_notes") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("author_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("text", .text(2_000))
        Column("is_visible", .boolean, .defaultInteger(0))
        Column("created_at", .timestamp)
        Index("order_id")
    }

    /// What lists of orders are searched by.
    private static let indexes: [Migration.Step] = [
        .addIndex(Index("email"), table: "orders"), .addIndex(Index("payment_status", "created_at"), table: "orders"),
        .addIndex(Index("sku"), table: "order_items"), .addIndex(Index("vendor_id", "order_id"), table: "order_items"),
    ]

    /// Lines of orders that had shipped before shipments were rows.
    private static let taken: [Migration.Step] = [
        .run("UPDATE order_items SET shipped_quantity = quantity WHERE status IN ('shipped', 'delivered')"),
        .run("UPDATE order_items SET delivered_quantity = quantity WHERE status = 'delivered'"),
    ]

    /// What came back is worth one thing, what has to be given back for it another.
    static let owedSteps: [Migration.Step] = [
        .addColumn(Column("owed_amount", .money, .defaultInteger(0)), table: "returns"),
        .run("UPDATE returns SET owed_amount = refund_amount"),
    ]
}

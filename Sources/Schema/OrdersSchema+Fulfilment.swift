import SQL

/// What leaves the shop for an order and what comes back.
extension OrdersSchema {
    static let shipments = Table("shipments") {
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

    static let shipmentItems = Table("shipment_items") {
        Column("shipment_id", .integer, .references("shipments", onDelete: .cascade))
        Column("order_item_id", .integer, .references("order_items", onDelete: .cascade))
        Column("quantity", .integer)
        Constraint.primaryKey(["shipment_id", "order_item_id"])
        Index("order_item_id")
        Constraint.check("shipment_items_quantity", "quantity > 0")
    }

    /// What came back is worth one thing (`refund_amount`), what has to be given back for it another (`owed_amount`).
    static let returns = Table("returns") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("status", .text(10))
        Column("kind", .text(12), .defaultText("return"))
        Column("note", .text(1_000), .defaultText(""))
        Column("staff_note", .text(1_000), .defaultText(""))
        Column("refund_amount", .money, .defaultInteger(0))
        Column("owed_amount", .money, .defaultInteger(0))
        Column("shipping_amount", .money, .defaultInteger(0))
        Column("refunds_shipping", .boolean, .defaultInteger(0))
        Column("requested_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("decided_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("order_id")
        Index("status", "created_at")
        Index("updated_at", "status")
        Constraint.check("returns_status", "status IN ('requested', 'approved', 'rejected', 'received')")
    }

    static let returnItems = Table("return_items") {
        Column.id
        Column("return_id", .integer, .references("returns", onDelete: .cascade))
        Column("order_item_id", .integer, .references("order_items", onDelete: .cascade))
        Column("quantity", .integer)
        Column("received_quantity", .integer, .defaultInteger(0))
        Column("restocked_quantity", .integer, .defaultInteger(0))
        Column("reason", .text(500), .defaultText(""))
        Column("refund_amount", .money, .defaultInteger(0))
        Column("tax_amount", .money, .defaultInteger(0))
        Index("return_id", "order_item_id", unique: true)
        Index("order_item_id")
        Constraint.check("return_items_quantity", "quantity > 0")
    }
}

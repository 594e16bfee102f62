import SQL

/// Makes the tables of the orders.
enum OrdersSchema {
    static let migrations = [Migration(12, "orders", steps)]

    static let steps: [Migration.Step] = [
        .create(orders), .create(items), .create(events), .create(notes), .create(shipments), .create(shipmentItems),
        .create(returns), .create(returnItems), .create(invoiceCounters), .create(invoices),
        .create(erasures),
    ]

    /// Orders of erased people that still name them: they are erased when they have come to their end.
    private static let erasures = Table("erasure_orders") {
        Column("order_id", .integer, .primaryKey, .references("orders", onDelete: .cascade))
    }

    /// `cart_key` names the cart that the order was made of, so that one cart makes one order. Amounts are as they were
    /// charged; nothing here is read from the catalog again. `ix_orders_sales` is what reports sum up without the
    /// rows.
    private static let orders = Table("orders") {
        Column.id
        Column("order_number", .text(16), .unique)
        Column("cart_key", .text(40), .unique)
        Column("user_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("email", .text(254))
        Column("access_token_hash", .text(64), .defaultText(""))
        Column("status", .text(12))
        Column("payment_status", .text(20))
        Column("payment_method", .text(20))
        Column("currency", .text(3))
        Column("subtotal", .money)
        Column("discount_amount", .money)
        Column("shipping_cost", .money)
        Column("tax", .money)
        Column("total", .money)
        Column("units", .integer, .defaultInteger(0))
        Column("tax_inclusive", .boolean)
        Column("tax_lines", .json)
        Column("coupon_code", .text(50), .defaultText(""))
        Column("shipping_method", .text(50), .defaultText(""))
        Column("shipping_address", .json)
        Column("billing_address", .json)
        Column("notes", .text(2_000), .defaultText(""))
        Column("tracking_number", .text(100), .defaultText(""))
        Column("expires_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("user_id", "created_at")
        Index("status", "created_at", "id", "payment_status", name: "ix_orders_status_created_at")
        Index("created_at")
        Index("email")
        Index("payment_status", "created_at")
        Index("payment_method", "created_at")
        Index("payment_method", "payment_status", "created_at")
        Index("total")
        Index("status", "total")
        Index("coupon_code", "created_at")
        Index(
            "created_at", "status", "subtotal", "discount_amount", "tax", "shipping_cost", "total", "units",
            "coupon_code", name: "ix_orders_sales")
        Constraint.check(
            "orders_status", "status IN ('pending', 'processing', 'shipped', 'delivered', 'cancelled')")
        Constraint.check(
            "orders_payment_status",
            "payment_status IN ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed')")
        Constraint.check("orders_total", "total >= 0")
    }

    private static let items = Table("order_items") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("product_id", .integer)
        Column("variant_key", .integer)
        Column("product_name", .text(255))
        Column("sku", .text(100))
        Column("options", .json)
        Column("vendor_id", .integer, .null)
        Column("tax_class", .text(50))
        Column("quantity", .integer)
        Column("shipped_quantity", .integer, .defaultInteger(0))
        Column("delivered_quantity", .integer, .defaultInteger(0))
        Column("cancelled_quantity", .integer, .defaultInteger(0))
        Column("returned_quantity", .integer, .defaultInteger(0))
        Column("refunded_quantity", .integer, .defaultInteger(0))
        Column("price", .money)
        Column("subtotal", .money)
        Column("discount", .money)
        Column("tax", .money)
        Column("tax_rate", .integer, .null)
        Column("tax_name", .text(100), .defaultText(""))
        Column("status", .text(12))
        Column("tracking_number", .text(100), .defaultText(""))
        Index("order_id", "product_id", "variant_key", unique: true)
        Index("sku")
        Index("vendor_id", "order_id")
        Index("vendor_id", "status", "order_id")
        Index(
            "order_id", "product_id", "vendor_id", "quantity", "subtotal", "discount", "tax",
            name: "ix_order_items_sales")
        Constraint.check("order_items_quantity", "quantity > 0")
    }

    /// The history of an order: which status it took, by whom and when.
    private static let events = Table("order_events") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .cascade))
        Column("status", .text(12))
        Column("payment_status", .text(20))
        Column("actor", .text(10))
        Column("actor_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("note", .text(500), .defaultText(""))
        Column("created_at", .timestamp)
        Index("order_id")
        Constraint.check("order_events_actor", "actor IN ('customer', 'staff', 'vendor', 'system')")
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
}

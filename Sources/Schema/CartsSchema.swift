import SQL

/// Makes the tables of the carts.
enum CartsSchema {
    static let migrations = [Migration(11, "carts", steps)]

    static let steps: [Migration.Step] = [
        .create(carts), .create(items),
    ]

    /// `owner_key` says whose open cart it is (`u:` and the user, `s:` and the session key), so that nobody has two;
    /// once ordered it is `o:` and the cart's own id.
    private static let carts = Table("carts") {
        Column.id
        Column("owner_key", .text(80), .unique)
        Column("user_id", .integer, .null, .references("users", onDelete: .cascade))
        Column("session_key", .text(64), .defaultText(""))
        Column("status", .text(10), .defaultText("open"))
        Column("coupon_id", .integer, .null)
        Column("notices", .json)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("user_id")
        Index("session_key")
        Index("status", "updated_at")
        Index("created_at", "status")
        Constraint.check("carts_status", "status IN ('open', 'ordered')")
    }

    private static let items = Table("cart_items") {
        Column.id
        Column("cart_id", .integer, .references("carts", onDelete: .cascade))
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("variant_key", .integer)
        Column("quantity", .integer)
        Column("price_snapshot", .money)
        Column("created_at", .timestamp)
        Index("cart_id", "product_id", "variant_key", unique: true)
        Constraint.check("cart_items_quantity", "quantity > 0")
    }
}

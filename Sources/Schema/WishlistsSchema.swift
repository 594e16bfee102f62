import SQL

/// Makes the tables of the wishlists.
enum WishlistsSchema {
    static let migrations = [Migration(20, "wishlists", steps)]

    static let steps: [Migration.Step] = [
        .create(wishlists), .create(items), .create(offers),
    ]

    private static let wishlists = Table("wishlists") {
        Column.id
        Column("user_id", .integer, .unique, .references("users", onDelete: .cascade))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
    }

    /// `drop_seen` and `restock_seen` are numbers of `wishlist_offers`: the wisher hears only of changes after them.
    /// `version` counts changes by the wisher alone.
    private static let items = Table("wishlist_items") {
        Column.id
        Column("wishlist_id", .integer, .references("wishlists", onDelete: .cascade))
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("variant_key", .integer)
        Column("price_snapshot", .money)
        Column("notify_on_price_drop", .boolean)
        Column("notify_on_back_in_stock", .boolean)
        Column("drop_seen", .integer)
        Column("restock_seen", .integer)
        Column("version", .integer, .defaultInteger(1))
        Column("added_at", .timestamp)
        Index("wishlist_id", "product_id", "variant_key", unique: true)
        Index("product_id", "variant_key", "id")
    }

    /// What was last seen of each thing that is on a wishlist, and how often it changed for the better since: `drops`
    /// counts falls of the price, the last of them from `drop_from`, and `restocks` the times that it could be bought
    /// again.
    private static let offers = Table("wishlist_offers") {
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("variant_key", .integer)
        Column("price", .money)
        Column("is_available", .boolean)
        Column("drops", .integer, .defaultInteger(0))
        Column("drop_from", .money)
        Column("restocks", .integer, .defaultInteger(0))
        Constraint.primaryKey(["product_id", "variant_key"])
    }
}

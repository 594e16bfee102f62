import SQL

/// What things cost.
extension CatalogSchema {
    /// What things cost before. `variant_key` is 0 for the product itself; `compare_at` prices are null where there
    /// is none.
    static let priceChanges = Table("price_changes") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("variant_key", .integer)
        Column("old_price", .money)
        Column("new_price", .money)
        Column("old_compare_at", .money, .null)
        Column("new_compare_at", .money, .null)
        Column("changed_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("changed_at", .timestamp)
        Index("product_id", "changed_at")
    }

    /// Prices of variants that are neither the product's lowest nor its highest.
    static let pricesBetween = Table("prices_between") {
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("price", .money)
        Constraint.primaryKey(["product_id", "price"])
    }
}

import SQL

/// Makes the tables of shipping.
enum ShippingSchema {
    static let migrations = [Migration(10, "shipping", steps)]

    static let steps: [Migration.Step] = [
        .create(methods)
    ]

    /// `countries` and `states` are codes with spaces between; none are all.
    private static let methods = Table("shipping_methods") {
        Column.id
        Column("code", .text(50), .unique)
        Column("name", .text(100))
        Column("countries", .text(1_000), .defaultText(""))
        Column("states", .text(2_500), .defaultText(""))
        Column("price", .money)
        Column("price_per_kg", .money, .null)
        Column("free_above", .money, .null)
        Column("max_weight_grams", .integer, .null)
        Column("tax_class", .text(50))
        Column("is_active", .boolean, .defaultInteger(1))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Constraint.check("shipping_methods_price", "price >= 0")
    }
}

import SQL

/// What an order is charged beside its goods.
enum PricingTables {
    static let steps: [Migration.Step] = [.create(taxRates), .create(shippingMethods)]

    /// `state` is empty for the whole country; `rate` counts millionths.
    private static let taxRates = Table("tax_rates") {
        Column.id
        Column("name", .text(100))
        Column("country", .text(2))
        Column("state", .text(10), .defaultText(""))
        Column("tax_class", .text(50))
        Column("rate", .integer)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("country", "state", "tax_class", unique: true)
        Constraint.check("tax_rates_rate", "rate >= 0")
    }

    /// `countries` and `states` are codes with spaces between; none are all.
    /// Classes are compared without case: what products and methods have is kept as it is compared.
    static let classSteps: [Migration.Step] = [
        .run("UPDATE products SET tax_class = LOWER(tax_class) WHERE tax_class <> LOWER(tax_class)"),
        .run("UPDATE shipping_methods SET tax_class = LOWER(tax_class) WHERE tax_class <> LOWER(tax_class)"),
    ]

    private static let shippingMethods = Table("shipping_methods") {
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

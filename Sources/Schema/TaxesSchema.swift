import SQL

/// Makes the tables of taxes.
enum TaxesSchema {
    static let migrations = [Migration(9, "taxes", steps)]

    static let steps: [Migration.Step] = [
        .create(rates)
    ]

    /// `state` is empty for the whole country; `rate` counts millionths.
    private static let rates = Table("tax_rates") {
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
}

import SQL

/// Makes the tables that lists of products are ordered and filtered by.
enum StorefrontSchema {
    static let migrations = [Migration(14, "storefront", steps)]

    static let steps: [Migration.Step] = [
        .create(ratings), .create(sales),
    ]

    /// What approved reviews add up to: all of them, those of buyers, and those of each rating.
    private static let ratings = Table("product_ratings") {
        Column("product_id", .integer, .primaryKey)
        Column("rating_sum", .integer)
        Column("rating_count", .integer)
        Column("verified_count", .integer, .defaultInteger(0))
        Column("rating_1", .integer, .defaultInteger(0))
        Column("rating_2", .integer, .defaultInteger(0))
        Column("rating_3", .integer, .defaultInteger(0))
        Column("rating_4", .integer, .defaultInteger(0))
        Column("rating_5", .integer, .defaultInteger(0))
    }

    /// What lists are ordered by where the most popular come first.
    private static let sales = Table("product_sales") {
        Column("product_id", .integer, .primaryKey)
        Column("units_90d", .integer)
    }
}

import SQL

/// Makes the tables that lists of products are ordered and filtered by.
enum StorefrontSchema {
    static let steps: [Migration.Step] = [
        .create(ratings), .create(sales),
    ]

    /// What reviews add up to.
    private static let ratings = Table("product_ratings") {
        Column("product_id", .integer, .primaryKey)
        Column("rating_sum", .integer)
        Column("rating_count", .integer)
    }

    /// What lists are ordered by where the most popular come first.
    private static let sales = Table("product_sales") {
        Column("product_id", .integer, .primaryKey)
        Column("units_90d", .integer)
    }
}

import Commerce
import Reviews
import SQL

/// The statements of `product_ratings`, which lists of products are ordered and filtered by.
enum RatingQueries {
    /// The columns of a summary, of `product_ratings s`.
    static let columns: Query = """
        s.rating_sum, s.rating_count, s.verified_count, s.rating_1, s.rating_2, s.rating_3, s.rating_4, s.rating_5
        """
    /// The number of `columns`.
    static let width = 8

    /// Reads `columns`.
    static func summary(_ row: inout RowReader) throws -> RatingSummary {
        RatingSummary(
            sum: try row(), count: try row(), verified: try row(),
            distribution: [try row(), try row(), try row(), try row(), try row()])
    }

    /// Takes what a review added to the ratings of its product out of them, adds what it adds now, and has caches
    /// notice.
    @Sendable static func change(
        _ product: ProductID, _ before: CountedRating?, _ after: CountedRating?, _ tx: Transaction
    ) throws {
        let change = RatingChange(before, after)
        let sums = change.columns.map { name, _ in Query(name) + " = " + Query(name) + " + " + tx.dialect.excluded(name)
        }
        var values: ColumnValues = ["product_id": product]
        for (name, value) in change.columns { values = values + [name: value] }
        try tx.execute(
            """
            INSERT INTO product_ratings \(insert: values)
            \(tx.dialect.onConflict("product_id")) \(sums.joined(by: ", "))
            """)
        tx.catalogChanged()
    }
}

/// What a change of a review adds to each column of its product's ratings.
private struct RatingChange {
    let columns: [(StaticString, Int)]

    init(_ before: CountedRating?, _ after: CountedRating?) {
        func change(_ value: (CountedRating) -> Int) -> Int { (after.map(value) ?? 0) - (before.map(value) ?? 0) }
        let stars: [StaticString] = ["rating_1", "rating_2", "rating_3", "rating_4", "rating_5"]
        columns =
            [
                ("rating_sum", change(\.rating)), ("rating_count", change { _ in 1 }),
                ("verified_count", change { $0.isVerified ? 1 : 0 }),
            ]
            + stars.enumerated().map { star, name in (name, change { $0.rating == star + 1 ? 1 : 0 }) }
    }
}

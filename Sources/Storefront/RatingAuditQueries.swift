import Commerce
import Reviews
import SQL

/// The statements of the audit of ratings.
enum RatingAuditQueries {
    static func differences(_ connection: Connection) throws -> [RatingAudit.Difference] {
        try products(
            "FROM product_ratings s LEFT JOIN (\(sums)) c ON c.product_id = s.product_id", "s.product_id", connection)
            + products(
                """
                FROM (\(sums)) c LEFT JOIN product_ratings s ON s.product_id = c.product_id
                WHERE s.product_id IS NULL
                """, "c.product_id", connection)
    }

    private static func products(
        _ source: Query, _ product: Query, _ connection: Connection
    ) throws -> [RatingAudit.Difference] {
        let names: [StaticString] = [
            "rating_sum", "rating_count", "verified_count", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5",
        ]
        let kept = names.map { "CAST(COALESCE(s." + Query($0) + ", 0) AS SIGNED)" as Query }
        let counted = names.map { "CAST(COALESCE(c." + Query($0) + ", 0) AS SIGNED)" as Query }
        let unequal = zip(kept, counted).map { $0 + " <> " + $1 }.joined(by: " OR ")
        return try connection.all(
            """
            SELECT d.* FROM (SELECT \(product) AS product_id, \((kept + counted).joined(by: ", "))
            , (\(unequal)) AS differs \(source)) d WHERE d.differs = 1 ORDER BY d.product_id LIMIT 1000
            """
        ) { row in
            let product = try row(ProductID.self)
            let kept = try (0..<names.count).map { _ in try row(Int.self) }
            let counted = try (0..<names.count).map { _ in try row(Int.self) }
            _ = try row(Int.self)
            return RatingAudit.Difference(product: product, kept: kept, counted: counted)
        }
    }

    /// What the approved reviews of each product add up to.
    private static let sums: Query = """
        SELECT product_id, SUM(rating) AS rating_sum, COUNT(*) AS rating_count, SUM(is_verified) AS verified_count,
        SUM(CASE WHEN rating = 1 THEN 1 ELSE 0 END) AS rating_1, SUM(CASE WHEN rating = 2 THEN 1 ELSE 0 END) AS rating_2,
        SUM(CASE WHEN rating = 3 THEN 1 ELSE 0 END) AS rating_3, SUM(CASE WHEN rating = 4 THEN 1 ELSE 0 END) AS rating_4,
        SUM(CASE WHEN rating = 5 THEN 1 ELSE 0 END) AS rating_5
        FROM product_reviews WHERE status = 'approved' GROUP BY product_id
        """
}

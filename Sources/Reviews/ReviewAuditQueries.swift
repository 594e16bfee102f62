import Commerce
import SQL

/// The statements of the audit: one for each comparison, whatever the number of rows.
enum ReviewAuditQueries {
    static func votes(_ connection: Connection) throws -> [ReviewAudit.Difference] {
        let (helpful, others): (Query, Query) = ("COALESCE(v.helpful, 0)", "COALESCE(v.votes - v.helpful, 0)")
        return try connection.all(
            """
            SELECT r.id, r.helpful_count, CAST(\(helpful) AS SIGNED), r.not_helpful_count, CAST(\(others) AS SIGNED)
            FROM product_reviews r LEFT JOIN (SELECT review_id, COUNT(*) AS votes, SUM(is_helpful) AS helpful
            FROM review_votes GROUP BY review_id) v ON v.review_id = r.id
            WHERE r.helpful_count <> \(helpful) OR r.not_helpful_count <> \(others) ORDER BY r.id LIMIT 1000
            """
        ) { row in
            let review = try row(ReviewID.self)
            return [
                try difference(.helpful, review, &row), try difference(.notHelpful, review, &row),
            ].compactMap { $0 }
        }.flatMap { $0 }
    }

    static func images(_ connection: Connection) throws -> [ReviewAudit.Difference] {
        try connection.all(
            """
            SELECT r.id, r.image_count, COALESCE(i.images, 0) FROM product_reviews r
            LEFT JOIN (SELECT review_id, COUNT(*) AS images FROM review_images GROUP BY review_id) i
            ON i.review_id = r.id WHERE r.image_count <> COALESCE(i.images, 0) ORDER BY r.id LIMIT 1000
            """
        ) { row in try difference(.images, row(ReviewID.self), &row) }.compactMap { $0 }
    }

    private static func difference(
        _ rule: ReviewAudit.Difference.Rule, _ review: ReviewID, _ row: inout RowReader
    ) throws -> ReviewAudit.Difference? {
        let (kept, counted) = (try row(Int.self), try row(Int.self))
        return kept == counted ? nil : ReviewAudit.Difference(rule: rule, review: review, kept: kept, counted: counted)
    }
}

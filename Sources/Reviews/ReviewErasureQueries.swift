import Commerce
import Modules
import SQL

/// What is kept of a person in reviews, and how it goes: the rating of an approved review stays and counts on, without
/// a word, a picture or a name; what was never shown goes altogether. Votes stay, by a number that names nobody.
enum ReviewErasureQueries {
    static let archive: [ArchivePart] = [
        ArchivePart(
            "reviews",
            [
                "product_id", "order_id", "rating", "title", "review_text", "pros", "cons", "status",
                "rejection_reason", "created_at", "updated_at",
            ]
        ) { "product_reviews \($0.own)" },
        ArchivePart("review_votes", ["review_id", "is_helpful", "created_at"]) {
            "review_votes WHERE user_id = \($0.id) ORDER BY review_id"
        },
        ArchivePart("review_responses", ["review_id", "response_text", "created_at", "updated_at"]) {
            "review_responses WHERE responder_id = \($0.id) ORDER BY review_id"
        },
    ]

    /// Returns the media keys of the pictures of a user's reviews.
    @Sendable static func pictures(of user: UserID, _ connection: Connection) throws -> [String] {
        try connection.column(
            """
            SELECT i.image_key FROM review_images i JOIN product_reviews r ON r.id = i.review_id
            WHERE r.user_id = \(user) ORDER BY i.id
            """)
    }

    /// Returns the prefixes of the paths under which staff handled a user's reviews.
    @Sendable static func paths(of user: UserID, _ connection: Connection) throws -> [String] {
        try connection.column("SELECT id FROM product_reviews WHERE user_id = \(user)", as: ReviewID.self).flatMap {
            ["/api/reviews/\($0)/", "/api/admin/reviews/\($0)/"]
        }
    }

    /// Erases at most `limit` reviews of a user; returns how many there were, and the media keys of their pictures.
    static func erase(
        _ user: UserID, limit: Int, _ tx: Transaction
    ) throws -> (count: Int, pictures: [String]) {
        let found = try tx.tuples(
            """
            SELECT id, status FROM product_reviews WHERE user_id = \(user)
            AND (status <> \(ReviewStatus.approved) OR title <> '' OR image_count > 0)
            ORDER BY id LIMIT \(limit) \(tx.dialect.forUpdate)
            """, as: (ReviewID, ReviewStatus).self)
        guard !found.isEmpty else { return (0, []) }
        let ids = found.map(\.0)
        let pictures = try tx.column(
            "SELECT image_key FROM review_images WHERE review_id IN (\(list: ids))", as: String.self)
        try tx.execute("DELETE FROM review_images WHERE review_id IN (\(list: ids))")
        try tx.execute("DELETE FROM review_responses WHERE review_id IN (\(list: ids))")
        let unseen = found.filter { $0.1 != .approved }.map(\.0)
        if !unseen.isEmpty { try tx.execute("DELETE FROM product_reviews WHERE id IN (\(list: unseen))") }
        try tx.execute(
            """
            UPDATE product_reviews SET title = '', review_text = '', pros = '', cons = '', image_count = 0,
            order_id = NULL, version = version + 1 WHERE id IN (\(list: ids))
            """)
        return (found.count, pictures)
    }
}

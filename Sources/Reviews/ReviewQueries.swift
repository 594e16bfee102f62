import Commerce
import Primitives
import SQL

/// The statements on single rows of `product_reviews`.
enum ReviewQueries {
    /// Locks a review until the transaction ends and returns it; nil where there is none.
    static func lock(_ id: ReviewID, _ tx: Transaction) throws -> Review? {
        try tx.first("SELECT \(Review.columns) FROM product_reviews WHERE id = \(id) \(tx.dialect.forUpdate)")
    }

    static func find(_ id: ReviewID, _ connection: Connection) throws -> Review? {
        try connection.first("SELECT \(Review.columns) FROM product_reviews WHERE id = \(id)")
    }

    /// Writes a new review.
    ///
    /// - Throws: `ValidationError` where the author has reviewed the product already, `SQLError`.
    static func insert(_ review: Review, _ tx: Transaction) throws -> ReviewID {
        do {
            return ReviewID(try tx.insert("INSERT INTO product_reviews \(insert: try review.values())"))
        } catch let error as SQLError where error.kind == .unique {
            throw ValidationError.alreadyReviewed
        }
    }

    /// Writes a locked review; counters have statements of their own.
    static func update(_ review: Review, _ tx: Transaction) throws {
        try tx.execute("UPDATE product_reviews SET \(set: try review.values()) WHERE id = \(review.id)")
    }

    /// Deletes a locked review, with its votes, pictures and response.
    static func delete(_ id: ReviewID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM product_reviews WHERE id = \(id)")
    }

    /// Adds to the counters of votes of a locked review.
    static func count(helpful: Int, notHelpful: Int, of id: ReviewID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE product_reviews SET helpful_count = helpful_count + \(helpful),
            not_helpful_count = not_helpful_count + \(notHelpful) WHERE id = \(id)
            """)
    }

    /// Adds to the number of pictures of a locked review.
    static func count(images: Int, of id: ReviewID, _ tx: Transaction) throws {
        try tx.execute("UPDATE product_reviews SET image_count = image_count + \(images) WHERE id = \(id)")
    }
}

/// The statements of `review_votes` and `review_responses`.
enum ReviewReplyQueries {
    /// Returns a user's vote on a locked review; nil where there is none.
    static func vote(of user: UserID, on review: ReviewID, _ tx: Transaction) throws -> Bool? {
        try tx.value("SELECT is_helpful FROM review_votes WHERE review_id = \(review) AND user_id = \(user)")
    }

    /// Writes, changes or takes back a user's vote on a locked review.
    static func set(_ vote: Bool?, of user: UserID, on review: ReviewID, at now: Timestamp, _ tx: Transaction) throws {
        guard let vote else {
            try tx.execute("DELETE FROM review_votes WHERE review_id = \(review) AND user_id = \(user)")
            return
        }
        try tx.execute(
            """
            INSERT INTO review_votes (review_id, user_id, is_helpful, created_at)
            VALUES (\(review), \(user), \(vote), \(now))
            \(tx.dialect.onConflict("review_id, user_id")) is_helpful = \(tx.dialect.excluded("is_helpful"))
            """)
    }

    static func response(to review: ReviewID, _ connection: Connection) throws -> ReviewResponse? {
        try connection.first("SELECT \(ReviewResponse.columns) FROM review_responses p WHERE p.review_id = \(review)")
    }

    /// Writes the response to a locked review, or puts it in the place of the one that there is.
    static func respond(
        to review: ReviewID, _ text: String, by user: UserID, as role: ReviewResponse.Role, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        let columns: [StaticString] = ["responder_id", "responder_role", "response_text", "updated_at"]
        var changes = columns.map { Query($0) + " = " + tx.dialect.excluded($0) }
        changes.append("version = review_responses.version + 1")
        try tx.execute(
            """
            INSERT INTO review_responses
            (review_id, responder_id, responder_role, response_text, created_at, updated_at)
            VALUES (\(review), \(user), \(role), \(text), \(now), \(now))
            \(tx.dialect.onConflict("review_id")) \(changes.joined(by: ", "))
            """)
    }
}

/// The statements of `review_images`.
enum ReviewImageQueries {
    /// Returns the pictures of these reviews, those of one in the order in which they came.
    static func all(of reviews: [ReviewID], _ connection: Connection) throws -> [ReviewID: [ReviewImage]] {
        guard !reviews.isEmpty else { return [:] }
        let found: [ReviewImage] = try connection.all(
            "SELECT \(ReviewImage.columns) FROM review_images WHERE review_id IN (\(list: reviews)) ORDER BY id")
        return Dictionary(grouping: found, by: \.review)
    }

    static func insert(
        _ key: String, width: Int, height: Int, caption: String, of review: ReviewID, at now: Timestamp,
        _ tx: Transaction
    ) throws -> ReviewImageID {
        ReviewImageID(
            try tx.insert(
                """
                INSERT INTO review_images (review_id, image_key, caption, width, height, created_at)
                VALUES (\(review), \(key), \(caption), \(width), \(height), \(now))
                """))
    }

    static func find(_ id: ReviewImageID, _ connection: Connection) throws -> ReviewImage? {
        try connection.first("SELECT \(ReviewImage.columns) FROM review_images WHERE id = \(id)")
    }

    /// Deletes a picture of a locked review; returns false where it has no such picture.
    static func delete(_ id: ReviewImageID, of review: ReviewID, _ tx: Transaction) throws -> Bool {
        try tx.execute("DELETE FROM review_images WHERE id = \(id) AND review_id = \(review)") == 1
    }

    /// Returns those of `keys` that some review's picture has, as a `MediaOwner`.
    @Sendable static func referenced(among keys: [String], _ connection: Connection) throws -> [String] {
        try connection.column("SELECT image_key FROM review_images WHERE image_key IN (\(list: keys))")
    }
}

import SQL

/// Makes the tables of the reviews.
enum ReviewsSchema {
    static let migrations = [Migration(19, "reviews", steps)]

    static let steps: [Migration.Step] = [
        .create(reviews), .create(images), .create(votes), .create(responses),
    ]

    /// Counters are equal to the rows that they count. Pages of a product's reviews are read in the order of one of the
    /// indexes that begin with the product.
    private static let reviews = Table("product_reviews") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("user_id", .integer, .references("users", onDelete: .restrict))
        Column("order_id", .integer, .null, .references("orders", onDelete: .setNull))
        Column("rating", .integer)
        Column("title", .text(200))
        Column("review_text", .longText)
        Column("pros", .text(1_000), .defaultText(""))
        Column("cons", .text(1_000), .defaultText(""))
        Column("is_verified", .boolean)
        Column("helpful_count", .integer, .defaultInteger(0))
        Column("not_helpful_count", .integer, .defaultInteger(0))
        Column("image_count", .integer, .defaultInteger(0))
        Column("has_images", .boolean, .computed("CASE WHEN image_count > 0 THEN 1 ELSE 0 END"))
        Column("status", .text(10))
        Column("rejection_reason", .text(500), .defaultText(""))
        Column("moderated_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("moderated_at", .timestamp, .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("product_id", "user_id", unique: true)
        Index("product_id", "status", "created_at", name: "ix_product_reviews_newest")
        Index("product_id", "status", "rating", "created_at", name: "ix_product_reviews_rating")
        Index("product_id", "status", "helpful_count", "created_at", name: "ix_product_reviews_helpful")
        Index("product_id", "status", "has_images", "created_at", name: "ix_product_reviews_pictured")
        Index("user_id", "created_at")
        Index("status", "created_at")
        Index("created_at")
        Constraint.check("product_reviews_rating", "rating BETWEEN 1 AND 5")
        Constraint.check("product_reviews_status", "status IN ('pending', 'approved', 'rejected')")
        Constraint.check("product_reviews_counters", "helpful_count >= 0 AND not_helpful_count >= 0")
        Constraint.check("product_reviews_images", "image_count BETWEEN 0 AND 5")
    }

    private static let images = Table("review_images") {
        Column.id
        Column("review_id", .integer, .references("product_reviews", onDelete: .cascade))
        Column("image_key", .text(200))
        Column("caption", .text(255), .defaultText(""))
        Column("width", .integer)
        Column("height", .integer)
        Column("created_at", .timestamp)
        Index("review_id")
        Index("image_key")
    }

    /// Who found a review helpful, and who did not.
    private static let votes = Table("review_votes") {
        Column("review_id", .integer, .references("product_reviews", onDelete: .cascade))
        Column("user_id", .integer, .references("users", onDelete: .restrict))
        Column("is_helpful", .boolean)
        Column("created_at", .timestamp)
        Constraint.primaryKey(["review_id", "user_id"])
        Index("user_id")
    }

    private static let responses = Table("review_responses") {
        Column("review_id", .integer, .primaryKey, .references("product_reviews", onDelete: .cascade))
        Column("responder_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("responder_role", .text(10))
        Column("response_text", .text(2_000))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("responder_id")
        Constraint.check("review_responses_role", "responder_role IN ('vendor', 'staff')")
    }
}

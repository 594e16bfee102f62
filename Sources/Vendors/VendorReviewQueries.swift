import Commerce
import Primitives
import SQL
import Web

/// The statements of `vendor_reviews`.
enum VendorReviewQueries {
    static func list(
        of vendor: VendorID, _ page: PageRequest, _ connection: Connection
    ) throws -> [VendorReview] {
        try connection.all(
            """
            SELECT \(VendorReview.columns) FROM vendor_reviews WHERE vendor_id = \(vendor)
            ORDER BY created_at DESC, id DESC \(page.limit)
            """)
    }

    static func find(_ id: VendorReviewID, _ connection: Connection) throws -> VendorReview? {
        try connection.first("SELECT \(VendorReview.columns) FROM vendor_reviews WHERE id = \(id)")
    }

    /// - Throws: `SQLError` of kind `.unique` where the order has a review of the vendor.
    static func insert(
        _ draft: VendorReviewDraft, of vendor: VendorID, by user: UserID, at now: Timestamp, _ tx: Transaction
    ) throws -> VendorReviewID {
        VendorReviewID(
            try tx.insert(
                """
                INSERT INTO vendor_reviews (vendor_id, user_id, order_id, rating, review_text, response, created_at)
                VALUES (\(vendor), \(user), \(draft.order), \(draft.rating), \(draft.text), '', \(now))
                """))
    }

    static func respond(_ text: String, to id: VendorReviewID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE vendor_reviews SET response = \(text), responded_at = \(now) WHERE id = \(id)")
    }

    /// Returns the vendors whose sums differ from their reviews.
    static func miscounted(_ connection: Connection) throws -> [VendorID] {
        try connection.column(
            """
            SELECT v.id FROM vendors v LEFT JOIN (SELECT vendor_id, COUNT(*) AS number, SUM(rating) AS stars
            FROM vendor_reviews GROUP BY vendor_id) r ON r.vendor_id = v.id
            WHERE v.rating_count <> COALESCE(r.number, 0) OR v.rating_sum <> COALESCE(r.stars, 0) ORDER BY v.id
            """)
    }
}

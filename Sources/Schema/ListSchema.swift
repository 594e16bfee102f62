import Jobs
import SQL

/// Makes the indexes by which lists for staff are filtered and ordered. Where one holds more than it is ordered by, `id` stands
/// right after that, so that SQLite sorts nothing.
enum ListSchema {
    static let migrations = [Migration(27, "indexes of lists", steps)]

    static let steps =
        refunds + events + payouts + mails + messages + reviews + deliveries + WebSchema.listSteps + returns + coupons
        + JobsSchema.listSteps

    private static let refunds: [Migration.Step] = [
        .addIndex(Index("amount"), table: "refunds"),
        .addIndex(Index("status", "amount"), table: "refunds"),
        .addIndex(Index("gateway_refund_id"), table: "refunds"),
    ]

    private static let events: [Migration.Step] = [
        .addIndex(Index("gateway", "status", "received_at"), table: "webhook_events"),
        .addIndex(Index("event_type"), table: "webhook_events"),
    ]

    private static let payouts: [Migration.Step] = [
        .addIndex(
            Index(
                "created_at", "id", "status", "vendor_id", "period_start", "period_end",
                name: "ix_vendor_payouts_newest"), table: "vendor_payouts"),
        .addIndex(
            Index(
                "amount", "id", "status", "vendor_id", "period_start", "period_end", name: "ix_vendor_payouts_amount"),
            table: "vendor_payouts"),
        .addIndex(Index("transaction_reference"), table: "vendor_payouts"),
        .dropIndex("ix_vendor_payouts_created_at", table: "vendor_payouts"),
    ]

    private static let mails: [Migration.Step] =
        ["status", "template_type", "email", "user_id", "order_id"].flatMap { column -> [Migration.Step] in
            [
                .addIndex(Index(column, "created_at"), table: "email_logs"),
                .dropIndex("ix_email_logs_" + column, table: "email_logs"),
            ]
        } + [.addIndex(Index("subject"), table: "email_logs")]

    private static let messages: [Migration.Step] = [
        .addIndex(Index("channel"), table: "mailbox"),
        .addIndex(Index("created_at"), table: "mail_suppressions"),
        .addIndex(Index("email", "id"), table: "mail_suppressions"),
        .addIndex(Index("reason", "created_at"), table: "mail_suppressions"),
        .addIndex(Index("reason", "email"), table: "mail_suppressions"),
    ]

    private static let reviews: [Migration.Step] = [
        .addIndex(
            Index(
                "created_at", "id", "status", "rating", "is_verified", "has_images",
                name: "ix_product_reviews_staff_newest"), table: "product_reviews"),
        .addIndex(
            Index(
                "rating", "created_at", "id", "status", "is_verified", "has_images",
                name: "ix_product_reviews_staff_rating"), table: "product_reviews"),
        .addIndex(
            Index(
                "helpful_count", "created_at", "id", "status", "rating", "is_verified", "has_images",
                name: "ix_product_reviews_staff_helpful"), table: "product_reviews"),
        .addIndex(Index("title"), table: "product_reviews"),
        .dropIndex("ix_product_reviews_created_at", table: "product_reviews"),
    ]

    private static let deliveries: [Migration.Step] = [
        .addIndex(Index("webhook_id", "topic", "created_at"), table: "webhook_deliveries")
    ]

    private static let returns: [Migration.Step] = [
        .addIndex(Index("kind", "created_at"), table: "returns"),
        .addIndex(Index("kind", "updated_at"), table: "returns"),
        .addIndex(Index("kind", "status", "created_at"), table: "returns"),
        .addIndex(Index("kind", "status", "updated_at"), table: "returns"),
        .dropIndex("ix_returns_status_created_at", table: "returns"),
    ]

    private static let coupons: [Migration.Step] = [
        .addIndex(coupons(by: "created_at", name: "ix_coupons_newest"), table: "coupons"),
        .addIndex(coupons(by: "code", name: "ix_coupons_codes"), table: "coupons"),
        .addIndex(coupons(by: "valid_until", name: "ix_coupons_valid_until"), table: "coupons"),
        .addIndex(coupons(by: "used_count", name: "ix_coupons_used_count"), table: "coupons"),
        .dropIndex("ix_coupons_created_at", table: "coupons"),
    ]

    private static func coupons(by column: String, name: String) -> Index {
        Index("deleted_at", column, "id", "is_active", "discount_type", name: name)
    }
}

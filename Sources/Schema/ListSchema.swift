import Jobs
import SQL

/// Makes the indexes by which lists for staff are filtered and ordered. Where one holds more than it is ordered by, `id` stands
/// right after that, so that SQLite sorts nothing.
enum ListSchema {
    static let steps =
        refunds + events + payouts + mails + messages + reviews + deliveries + audit + JobsSchema.listSteps

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

    private static let audit: [Migration.Step] = [
        .addIndex(
            Index("created_at", "id", "actor_id", "method", "path", name: "ix_audit_entries_newest"),
            table: "audit_entries"),
        .addIndex(Index("actor_email"), table: "audit_entries"),
        .dropIndex("ix_audit_entries_created_at", table: "audit_entries"),
    ]
}

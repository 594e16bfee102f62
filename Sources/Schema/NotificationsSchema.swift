import SQL

/// Makes the tables of the notifications app.
enum NotificationsSchema {
    static let migrations = [Migration(8, "notifications", steps), Migration(24, "orders of mails", orderSteps)]

    static let steps: [Migration.Step] = [
        .create(templates), .create(logs), .create(preferences), .create(suppressions), .create(bounces),
        .create(mailbox), .create(guestMails),
    ]

    /// Mail templates that staff have touched. The id follows from type and language, so that a shipped one has it
    /// before it has a row; one that is the shipped one again (`is_default`) says nothing of its own.
    private static let templates = Table("email_templates") {
        Column.id
        Column("name", .text(200))
        Column("template_type", .text(100))
        Column("language", .text(35))
        Column("subject", .text(500))
        Column("html_content", .longText)
        Column("text_content", .longText)
        Column("is_active", .boolean, .defaultInteger(1))
        Column("is_default", .boolean, .defaultInteger(0))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("template_type", "language", unique: true)
    }

    /// What became of each mail. `context` is what it was made of, for another one; what it had of secrets is not kept.
    private static let logs = Table("email_logs") {
        Column.id
        // The job's key, which is the same at every attempt and stands in the mail's Message-ID.
        Column("job_key", .text(120), .unique)
        Column("user_id", .integer, .null)
        Column("email", .text(254))
        Column("template_type", .text(100))
        Column("language", .text(35))
        Column("subject", .text(500))
        Column("status", .text(20))
        Column("error_message", .text(1_000), .defaultText(""))
        Column("attempts", .integer, .defaultInteger(0))
        Column("context", .json)
        Column("is_secret", .boolean, .defaultInteger(0))
        Column("is_test", .boolean, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("sent_at", .timestamp, .null)
        Column("opened_at", .timestamp, .null)
        Column("clicked_at", .timestamp, .null)
        Index("user_id")
        Index("email")
        Index("status")
        Index("template_type")
        Index("created_at")
        Constraint.check("email_logs_status", "status IN ('pending', 'sent', 'failed', 'bounced', 'suppressed')")
    }

    /// The order that a mail is about, of mails that were logged before too: their variables name it.
    static let orderSteps: [Migration.Step] = [
        .addColumn(Column("order_id", .integer, .null), table: "email_logs"),
        .addIndex(Index("order_id"), table: "email_logs"),
        .only(
            .sqlite,
            """
            UPDATE email_logs SET order_id = (
                SELECT orders.id FROM orders
                WHERE orders.order_number = json_extract(email_logs.context, '$.order_number'))
            WHERE json_extract(context, '$.order_number') IS NOT NULL
            """),
        .only(
            .mysql,
            """
            UPDATE email_logs SET order_id = (
                SELECT orders.id FROM orders
                WHERE orders.order_number = JSON_UNQUOTE(JSON_EXTRACT(email_logs.context, '$.order_number')))
            WHERE JSON_EXTRACT(context, '$.order_number') IS NOT NULL
            """),
    ]

    /// Which mails somebody wants; who never said has no row. The newsletter's flag is the profile's.
    private static let preferences = Table("notification_preferences") {
        Column("user_id", .integer, .primaryKey)
        Column("order_confirmation", .boolean)
        Column("shipping_updates", .boolean)
        Column("promotional_emails", .boolean)
        Column("product_recommendations", .boolean)
        Column("price_drop_alerts", .boolean)
        Column("back_in_stock_alerts", .boolean)
        Column("allow_tracking", .boolean)
        Column("version", .integer, .defaultInteger(1))
        Column("updated_at", .timestamp)
    }

    /// Addresses that get no mail.
    private static let suppressions = Table("mail_suppressions") {
        Column.id
        Column("email", .text(254), .unique)
        Column("reason", .text(20))
        Column("note", .text(500), .defaultText(""))
        Column("created_at", .timestamp)
    }

    /// Mails that came back, for a while: several soft ones are as good as a hard one.
    private static let bounces = Table("mail_bounces") {
        Column.id
        Column("email", .text(254))
        Column("bounce_type", .text(10))
        Column("reason", .text(500), .defaultText(""))
        Column("log_id", .integer, .null)
        Column("created_at", .timestamp)
        Index("email", "created_at")
        Index("created_at")
    }

    /// Messages as they left; those that hold a code or a token (`is_secret`) are for administrators alone.
    private static let mailbox = Table("mailbox") {
        Column.id
        Column("channel", .text(10))
        Column("recipient", .text(254))
        Column("user_id", .integer, .null)
        Column("subject", .text(500))
        Column("text_content", .longText)
        Column("html_content", .longText)
        Column("is_secret", .boolean, .defaultInteger(0))
        Column("links", .json)
        Column("created_at", .timestamp)
        Index("recipient")
        Index("user_id")
        Index("created_at")
    }

    /// The mails that went to people without an account within the last hours.
    private static let guestMails = Table("guest_mails") {
        // The job's key, which is the same at every attempt.
        Column("job_key", .text(120), .primaryKey)
        // SHA-256 of the address, in hexadecimal.
        Column("recipient_key", .text(64))
        Column("created_at", .timestamp)
        Index("recipient_key", "created_at")
        Index("created_at")
    }
}

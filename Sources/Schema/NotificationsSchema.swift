import SQL

/// Makes the tables of the notifications app.
enum NotificationsSchema {
    static let steps: [Migration.Step] = [
        .create(templates), .create(mailbox), .create(guestMails),
    ]

    /// Mail templates of the shop's own, in place of those that it is shipped with.
    private static let templates = Table("email_templates") {
        Column.id
        Column("name", .text(200))
        Column("template_type", .text(100))
        Column("subject", .text(500))
        Column("html_content", .longText)
        Column("text_content", .longText)
        Column("variables", .json)
        Column("is_active", .boolean, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("template_type", "is_active")
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

import SQL

/// Tables of the notifications app.
enum NotificationsTables {
    static let steps: [Migration.Step] = [
        .create(
            Table("email_templates") {
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
            }),
        .create(
            Table("mailbox") {
                Column.id
                Column("channel", .text(10))
                Column("recipient", .text(254))
                Column("user_id", .integer, .null)
                Column("subject", .text(500))
                Column("text_content", .longText)
                Column("html_content", .longText)
                Column("links", .json)
                Column("created_at", .timestamp)
                Index("recipient")
            }),
    ]

    /// Messages that hold a code or a token are for administrators alone; of those that are there already, nobody knows.
    static let secretSteps: [Migration.Step] = [
        .addColumn(Column("is_secret", .boolean, .defaultInteger(0)), table: "mailbox"),
        .run("UPDATE mailbox SET is_secret = 1"),
    ]

    /// The mails that went to people without an account within the last hours.
    static let guestSteps: [Migration.Step] = [
        .create(
            Table("guest_mails") {
                // The job's key, which is the same at every attempt.
                Column("job_key", .text(120), .primaryKey)
                // SHA-256 of the address, in hexadecimal.
                Column("recipient_key", .text(64))
                Column("created_at", .timestamp)
                Index("recipient_key", "created_at")
                Index("created_at")
            })
    ]
}

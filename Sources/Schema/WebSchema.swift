import SQL

/// Makes the tables of the web kit.
enum WebSchema {
    static let migrations = [Migration(1, "web", steps), Migration(26, "rows in the audit", rowSteps)]

    static let steps: [Migration.Step] = [
        .create(idempotencyKeys), .create(auditEntries),
    ]

    /// Has the audit name the row that an entry is about.
    static let rowSteps: [Migration.Step] = [
        .addColumn(Column("about", .text(500), .defaultText("")), table: "audit_entries"),
        .run(AuditRowQueries.filling),
        .addIndex(Index("about", "created_at"), table: "audit_entries"),
    ]

    /// Has the audit's list walk one index by all of its filters, and find who did something.
    static let listSteps: [Migration.Step] = [
        .addIndex(
            Index("created_at", "id", "actor_id", "method", "path", name: "ix_audit_entries_newest"),
            table: "audit_entries"),
        .addIndex(Index("actor_email"), table: "audit_entries"),
        .dropIndex("ix_audit_entries_created_at", table: "audit_entries"),
    ]

    /// Answers that are kept for requests which are sent again.
    private static let idempotencyKeys = Table("idempotency_keys") {
        // SHA-256 of the caller and the key that they sent, in hexadecimal.
        Column("digest", .text(64), .primaryKey)
        // SHA-256 of method, path and body: what the key is bound to.
        Column("fingerprint", .text(64))
        // Whose answer is kept, so that it goes with its user.
        Column("user_id", .integer, .null)
        // The answer's status; 0 while the request runs.
        Column("status", .integer)
        Column("headers", .longText)
        Column("body", .blob)
        // Until when a running request may hold its key.
        Column("leased_until", .timestamp)
        Column("expires_at", .timestamp)
        Index("expires_at")
        Index("user_id")
    }

    /// What staff have done. No foreign key: an entry outlives whom it is about.
    private static let auditEntries = Table("audit_entries") {
        Column.id
        Column("actor_id", .integer)
        Column("actor_email", .text(254), .defaultText(""))
        Column("method", .text(10))
        Column("template", .text(200))
        Column("path", .text(500))
        Column("before_json", .longText)
        Column("after_json", .longText)
        Column("ip_address", .text(45), .defaultText(""))
        Column("request_id", .text(128), .defaultText(""))
        Column("created_at", .timestamp)
        Index("created_at")
        Index("actor_id", "created_at")
        Index("path")
    }
}

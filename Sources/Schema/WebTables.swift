import SQL

/// Tables of the web kit.
enum WebTables {
    static let steps: [Migration.Step] = [
        .create(
            Table("idempotency_keys") {
                // SHA-256 of the caller and the key that they sent, in hexadecimal.
                Column("digest", .text(64), .primaryKey)
                // SHA-256 of method, path and body: what the key is bound to.
                Column("fingerprint", .text(64))
                // The answer's status; 0 while the request runs.
                Column("status", .integer)
                Column("headers", .longText)
                Column("body", .blob)
                // Until when a running request may hold its key.
                Column("leased_until", .timestamp)
                Column("expires_at", .timestamp)
                Index("expires_at")
            })
    ]

    /// Whose answers are kept, so that they go with their user.
    static let ownerSteps: [Migration.Step] = [
        .addColumn(Column("user_id", .integer, .null), table: "idempotency_keys"),
        .addIndex(Index("user_id"), table: "idempotency_keys"),
    ]

    /// Keys that transactions hold where what they count has no row of its own.
    static let lockSteps: [Migration.Step] = [
        .create(
            Table("key_locks") {
                // SHA-256 of the key, in hexadecimal.
                Column("name", .text(64), .primaryKey)
                Column("held_at", .timestamp)
                Index("held_at")
            })
    ]
}

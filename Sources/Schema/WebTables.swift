import SQL

/// Tables of the web kit.
enum WebTables {
    static let steps: [Migration.Step] = [
        .create(
            Table("idempotency_keys") {
                Column.id
                Column("scope", .text(100))
                Column("idempotency_key", .text(255))
                Column("fingerprint", .text(64))
                Column("status", .integer, .defaultInteger(0))
                Column("headers", .longText)
                Column("body", .blob)
                Column("lease_until", .timestamp)
                Column("created_at", .timestamp)
                Index("scope", "idempotency_key", unique: true)
                Index("created_at")
            })
    ]
}

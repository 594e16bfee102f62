import SQL

/// The audit of what staff have done. No foreign key: an entry outlives whom it is about.
enum AuditTables {
    static let steps: [Migration.Step] = [
        .create(
            Table("audit_entries") {
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
            })
    ]
}

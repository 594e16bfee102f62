import SQL

/// What staff belong to, and what they hand over.
extension AccountsSchema {
    static let groups = Table("staff_groups") {
        Column.id
        Column("name", .text(100), .unique)
        Column("permissions", .text(2_000), .defaultText(""))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
    }

    static let groupMembers = Table("staff_group_members") {
        Column("group_id", .integer, .references("staff_groups", onDelete: .cascade))
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Constraint.primaryKey(["group_id", "user_id"])
        Index("user_id")
    }

    /// `file_key` is where the archive is kept; the link's token is stored hashed.
    static let exports = Table("data_exports") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("status", .text(12), .defaultText("pending"))
        Column("file_key", .text(255), .defaultText(""))
        Column("token_hash", .text(64), .defaultText(""))
        Column("created_at", .timestamp)
        Column("finished_at", .timestamp, .null)
        Column("expires_at", .timestamp, .null)
        Index("user_id", "created_at")
        Index("expires_at")
        Constraint.check("data_exports_status", "status IN ('pending', 'ready', 'expired')")
    }
}

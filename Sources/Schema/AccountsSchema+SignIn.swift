import SQL

/// How users come in, and what they see of it.
extension AccountsSchema {
    static let sessions = Table("user_sessions") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("refresh_hash", .text(64))
        Column("user_agent", .text(400), .defaultText(""))
        Column("ip_address", .text(45), .defaultText(""))
        Column("city", .text(100), .defaultText(""))
        Column("country", .text(2), .defaultText(""))
        Column("created_at", .timestamp)
        Column("last_activity_at", .timestamp)
        Column("expires_at", .timestamp)
        Column("ended_at", .timestamp, .null)
        Column("end_reason", .text(30), .defaultText(""))
        Index("user_id", "ended_at")
        Index("expires_at")
    }

    /// `account_key` stands for the e-mail that was tried, so that accounts which do not exist are counted as well;
    /// `network` is what failed logins are counted by.
    static let loginHistory = Table("login_history") {
        Column.id
        Column("user_id", .integer, .null, .references("users", onDelete: .cascade))
        Column("account_key", .text(64))
        Column("ip_address", .text(45), .defaultText(""))
        Column("network", .text(45), .defaultText(""))
        Column("user_agent", .text(400), .defaultText(""))
        Column("city", .text(100), .defaultText(""))
        Column("country", .text(2), .defaultText(""))
        Column("status", .text(10))
        Column("failure_reason", .text(50), .defaultText(""))
        Column("is_flagged", .boolean, .defaultInteger(0))
        Column("created_at", .timestamp)
        Index("account_key", "status", "created_at")
        Index("ip_address", "status", "created_at")
        Index("user_id", "created_at")
        Index("created_at")
        Index("network", "status", "created_at")
        Constraint.check("login_history_status", "status IN ('success', 'failed')")
    }

    static let reports = Table("suspicious_reports") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("login_history_id", .integer, .null, .references("login_history", onDelete: .setNull))
        Column("description", .text(2_000))
        Column("created_at", .timestamp)
        Index("user_id", "created_at")
    }

    /// Tokens are sealed.
    static let socialAccounts = Table("social_accounts") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("provider", .text(20))
        Column("provider_user_id", .text(200))
        Column("email", .text(254), .defaultText(""))
        Column("access_token", .longText)
        Column("refresh_token", .longText)
        Column("token_expires_at", .timestamp, .null)
        Column("profile_data", .json)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("provider", "provider_user_id", unique: true)
        Index("user_id", "provider", unique: true)
    }

    /// What happened to an account, for its owner to see: a new password, a second factor, a session that was ended.
    static let events = Table("account_events") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("kind", .text(40))
        Column("ip_address", .text(45), .defaultText(""))
        Column("user_agent", .text(400), .defaultText(""))
        Column("detail", .text(300), .defaultText(""))
        Column("created_at", .timestamp)
        Index("user_id", "created_at")
        Index("created_at")
    }
}

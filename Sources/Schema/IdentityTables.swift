import SQL

/// What accounts keep beside the users themselves: second factors, social logins, one-time codes, staff groups, exports.
enum IdentityTables {
    static let steps: [Migration.Step] = [
        .create(resetTokens), .create(phoneCodes), .create(twoFactor), .create(backupCodes), .create(challenges),
        .create(socialAccounts), .create(groups), .create(groupMembers), .create(reports), .create(exports),
        .create(events),
        .addColumn(Column("deleted_at", .timestamp, .null), table: "users"),
        .addColumn(Column("suspension_reason", .text(500), .defaultText("")), table: "users"),
        .addColumn(Column("group_permissions", .text(4_000), .defaultText("")), table: "users"),
        .addColumn(Column("is_flagged", .boolean, .defaultInteger(0)), table: "login_history"),
    ]

    /// Whom the staff put to rest does not wake up alone.
    static let deactivation: [Migration.Step] = [
        .addColumn(Column("deactivated_by_staff", .boolean, .defaultInteger(0)), table: "users")
    ]

    /// Failed logins are counted by network.
    static let networks: [Migration.Step] = [
        .addColumn(Column("network", .text(45), .defaultText("")), table: "login_history"),
        .addIndex(Index("network", "status", "created_at"), table: "login_history"),
    ]

    /// What users were called before: what is left under an old address is found by it when they are erased.
    static let formerAddresses: [Migration.Step] = [
        .create(
            Table("former_emails") {
                Column.id
                Column("user_id", .integer, .references("users", onDelete: .cascade))
                Column("email", .text(254))
                Column("was_verified", .boolean)
                Column("changed_at", .timestamp)
                Index("user_id")
            })
    ]

    /// An e-mail as it is compared: shops that move over bring addresses with capitals.
    static let emailKeys: [Migration.Step] = [
        .addColumn(Column("email_key", .text(254), .computed("LOWER(email)")), table: "users"),
        .addIndex(Index("email_key"), table: "users"),
    ]

    private static let resetTokens = Table("password_reset_tokens") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("token_hash", .text(64), .unique)
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Column("is_used", .boolean, .defaultInteger(0))
        Index("user_id")
        Index("expires_at")
    }

    /// The one code of a user that is under way; `code_hash` is of the code and the number that it was sent to.
    private static let phoneCodes = Table("phone_codes") {
        Column("user_id", .integer, .primaryKey, .references("users", onDelete: .cascade))
        Column("phone_number", .text(20))
        Column("code_hash", .text(64))
        Column("tries", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Index("expires_at")
    }

    /// `secret` is sealed. `last_step` is the number of the newest half-minute whose code was taken: no code counts twice.
    private static let twoFactor = Table("two_factor") {
        Column("user_id", .integer, .primaryKey, .references("users", onDelete: .cascade))
        Column("is_enabled", .boolean, .defaultInteger(0))
        Column("secret", .text(300))
        Column("last_step", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("last_used_at", .timestamp, .null)
    }

    private static let backupCodes = Table("backup_codes") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("code_hash", .text(64))
        Column("created_at", .timestamp)
        Column("used_at", .timestamp, .null)
        Index("user_id", "code_hash", unique: true)
    }

    /// A login whose password was right and whose second factor is awaited.
    private static let challenges = Table("login_challenges") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("token_hash", .text(64), .unique)
        Column("cart_key", .text(64), .defaultText(""))
        Column("tries", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Column("is_used", .boolean, .defaultInteger(0))
        Index("user_id")
        Index("expires_at")
    }

    /// Tokens are sealed.
    private static let socialAccounts = Table("social_accounts") {
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

    private static let groups = Table("staff_groups") {
        Column.id
        Column("name", .text(100), .unique)
        Column("permissions", .text(2_000), .defaultText(""))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
    }

    private static let groupMembers = Table("staff_group_members") {
        Column("group_id", .integer, .references("staff_groups", onDelete: .cascade))
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Constraint.primaryKey(["group_id", "user_id"])
        Index("user_id")
    }

    private static let reports = Table("suspicious_reports") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("login_history_id", .integer, .null, .references("login_history", onDelete: .setNull))
        Column("description", .text(2_000))
        Column("created_at", .timestamp)
        Index("user_id", "created_at")
    }

    /// `file_key` is where the archive is kept; the link's token is stored hashed.
    private static let exports = Table("data_exports") {
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

    /// What happened to an account, for its owner to see: a new password, a second factor, a session that was ended.
    private static let events = Table("account_events") {
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

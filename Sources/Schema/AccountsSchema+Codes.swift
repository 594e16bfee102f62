import SQL

/// What is sent to users or shown by a device of theirs, to be typed in or clicked.
extension AccountsSchema {
    static let verificationTokens = Table("email_verification_tokens") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("token_hash", .text(64), .unique)
        Column("email", .text(254))
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Column("is_used", .boolean, .defaultInteger(0))
        Index("user_id")
        Index("expires_at")
    }

    static let resetTokens = Table("password_reset_tokens") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("token_hash", .text(64), .unique)
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Column("is_used", .boolean, .defaultInteger(0))
        Index("user_id")
        Index("expires_at")
    }

    /// Who asked for which mail when, by the key of `login_history`.
    static let mailRequests = Table("mail_requests") {
        Column.id
        Column("account_key", .text(64))
        Column("purpose", .text(30))
        Column("created_at", .timestamp)
        Index("account_key", "purpose", "created_at")
        Index("created_at")
    }

    /// The one code of a user that is under way; `code_hash` is of the code and the number that it was sent to.
    static let phoneCodes = Table("phone_codes") {
        Column("user_id", .integer, .primaryKey, .references("users", onDelete: .cascade))
        Column("phone_number", .text(20))
        Column("code_hash", .text(64))
        Column("tries", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("expires_at", .timestamp)
        Index("expires_at")
    }

    /// `secret` is sealed. `last_step` is the number of the newest half-minute whose code was taken: no code
    /// counts twice.
    static let twoFactor = Table("two_factor") {
        Column("user_id", .integer, .primaryKey, .references("users", onDelete: .cascade))
        Column("is_enabled", .boolean, .defaultInteger(0))
        Column("secret", .text(300))
        Column("last_step", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("last_used_at", .timestamp, .null)
    }

    static let backupCodes = Table("backup_codes") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("code_hash", .text(64))
        Column("created_at", .timestamp)
        Column("used_at", .timestamp, .null)
        Index("user_id", "code_hash", unique: true)
    }

    /// A login whose password was right and whose second factor is awaited.
    static let challenges = Table("login_challenges") {
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
}

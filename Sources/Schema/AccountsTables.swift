import SQL

/// The tables of accounts.
public enum AccountsTables {
    public static let steps: [Migration.Step] = [
        .create(users), .create(usernames), .create(profiles), .create(addresses), .create(sessions),
        .create(loginHistory), .create(verificationTokens), .create(mailRequests),
    ]

    private static let users = Table("users") {
        Column.id
        Column("email", .text(254), .unique)
        Column("username", .text(150), .defaultText(""))
        Column("password_hash", .text(200), .defaultText(""))
        Column("first_name", .text(150), .defaultText(""))
        Column("last_name", .text(150), .defaultText(""))
        Column("phone_number", .text(20), .defaultText(""))
        Column("date_of_birth", .date, .null)
        Column("gender", .text(20), .defaultText(""))
        Column("bio", .text(2_000), .defaultText(""))
        Column("profile_image", .text(200), .defaultText(""))
        Column("cover_image", .text(200), .defaultText(""))
        Column("role", .text(20))
        Column("permissions", .text(2_000), .defaultText(""))
        Column("is_email_verified", .boolean, .defaultInteger(0))
        Column("is_phone_verified", .boolean, .defaultInteger(0))
        Column("is_active", .boolean, .defaultInteger(1))
        Column("is_suspended", .boolean, .defaultInteger(0))
        Column("last_login", .timestamp, .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("role", "created_at")
        Index("created_at")
        Constraint.check("users_role", "role IN ('customer', 'vendor', 'staff', 'admin')")
    }

    /// Who has which username; users without one have no row.
    private static let usernames = Table("usernames") {
        Column("name", .text(150), .primaryKey)
        Column("user_id", .integer, .unique, .references("users", onDelete: .cascade))
    }

    private static let profiles = Table("user_profiles") {
        Column("user_id", .integer, .primaryKey, .references("users", onDelete: .cascade))
        Column("preferred_language", .text(35), .defaultText("en"))
        Column("preferred_currency", .text(3), .defaultText(""))
        Column("timezone", .text(64), .defaultText("UTC"))
        Column("newsletter_subscribed", .boolean, .defaultInteger(0))
        Column("sms_notifications", .boolean, .defaultInteger(0))
        Column("email_notifications", .boolean, .defaultInteger(1))
        Column("profile_visibility", .text(20), .defaultText("private"))
        Column("show_email", .boolean, .defaultInteger(0))
        Column("show_phone", .boolean, .defaultInteger(0))
        Column("facebook_url", .text(200), .defaultText(""))
        Column("twitter_url", .text(200), .defaultText(""))
        Column("instagram_url", .text(200), .defaultText(""))
        Column("linkedin_url", .text(200), .defaultText(""))
        Column("website_url", .text(200), .defaultText(""))
    }

    private static let addresses = Table("addresses") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("address_type", .text(10))
        Column("label", .text(50), .defaultText(""))
        Column("full_name", .text(150))
        Column("phone_number", .text(20), .defaultText(""))
        Column("address_line1", .text(255))
        Column("address_line2", .text(255), .defaultText(""))
        Column("city", .text(100))
        Column("state", .text(100), .defaultText(""))
        Column("postal_code", .text(20), .defaultText(""))
        Column("country", .text(2))
        Column("is_default_shipping", .boolean, .defaultInteger(0))
        Column("is_default_billing", .boolean, .defaultInteger(0))
        Column("latitude", .integer, .null)
        Column("longitude", .integer, .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("user_id", "created_at")
        Constraint.check("addresses_type", "address_type IN ('shipping', 'billing', 'both')")
    }

    private static let sessions = Table("user_sessions") {
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

    /// `account_key` stands for the e-mail that was tried, so that accounts which do not exist are counted as well.
    private static let loginHistory = Table("login_history") {
        Column.id
        Column("user_id", .integer, .null, .references("users", onDelete: .cascade))
        Column("account_key", .text(64))
        Column("ip_address", .text(45), .defaultText(""))
        Column("user_agent", .text(400), .defaultText(""))
        Column("city", .text(100), .defaultText(""))
        Column("country", .text(2), .defaultText(""))
        Column("status", .text(10))
        Column("failure_reason", .text(50), .defaultText(""))
        Column("created_at", .timestamp)
        Index("account_key", "status", "created_at")
        Index("ip_address", "status", "created_at")
        Index("user_id", "created_at")
        Index("created_at")
        Constraint.check("login_history_status", "status IN ('success', 'failed')")
    }

    private static let verificationTokens = Table("email_verification_tokens") {
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

    /// Who asked for which mail when, by the key of `login_history`.
    private static let mailRequests = Table("mail_requests") {
        Column.id
        Column("account_key", .text(64))
        Column("purpose", .text(30))
        Column("created_at", .timestamp)
        Index("account_key", "purpose", "created_at")
        Index("created_at")
    }
}

import SQL

/// Makes the tables of accounts.
enum AccountsSchema {
    static let migrations = [Migration(4, "accounts", steps)]

    static let steps: [Migration.Step] = [
        .create(users), .create(usernames), .create(profiles), .create(addresses), .create(formerEmails),
        .create(sessions), .create(loginHistory), .create(reports), .create(socialAccounts), .create(events),
        .create(verificationTokens), .create(resetTokens), .create(mailRequests), .create(phoneCodes),
        .create(twoFactor), .create(backupCodes), .create(challenges), .create(groups), .create(groupMembers),
        .create(exports),
    ]

    /// `email_key` is the e-mail as it is compared: shops that move over bring addresses with capitals. `search_key` is
    /// what staff find somebody by, cut to what an index of MySQL holds. The indexes of lists hold what their filters
    /// compare, so that nothing of what comes before a page is read.
    /// Whom staff have deactivated (`deactivated_by_staff`) does not come back by logging in.
    private static let users = Table("users") {
        Column.id
        Column("email", .text(254), .unique)
        Column("email_key", .text(254), .computed("LOWER(email)"))
        Column(
            "search_key", .text(600),
            .computed(
                "SUBSTR(LOWER(email || ' ' || first_name || ' ' || last_name || ' ' || phone_number || ' ' || username), 1, 600)",
                mysql: "SUBSTR(LOWER(CONCAT_WS(' ', email, first_name, last_name, phone_number, username)), 1, 600)"))
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
        Column("group_permissions", .text(4_000), .defaultText(""))
        Column("is_email_verified", .boolean, .defaultInteger(0))
        Column("is_phone_verified", .boolean, .defaultInteger(0))
        Column("is_active", .boolean, .defaultInteger(1))
        Column("is_suspended", .boolean, .defaultInteger(0))
        Column("suspension_reason", .text(500), .defaultText(""))
        Column("deactivated_by_staff", .boolean, .defaultInteger(0))
        Column("last_login", .timestamp, .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index(
            "deleted_at", "role", "created_at", "id", "is_active", "is_suspended", "is_email_verified",
            name: "ix_users_role")
        Index(
            "deleted_at", "created_at", "id", "role", "is_active", "is_suspended", "is_email_verified",
            name: "ix_users_newest")
        Index(
            "deleted_at", "email", "id", "role", "is_active", "is_suspended", "is_email_verified",
            name: "ix_users_email")
        Index(
            "deleted_at", "last_login", "id", "role", "is_active", "is_suspended", "is_email_verified",
            name: "ix_users_last_login")
        Index(
            "deleted_at", "last_name", "id", "role", "is_active", "is_suspended", "is_email_verified",
            name: "ix_users_last_name")
        Index(
            "deleted_at", "created_at", "id", "role", "is_active", "is_suspended", "is_email_verified", "search_key",
            name: "ix_users_search")
        Index("email_key")
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

    /// What users were called before: what is left under an old address is found by it when they are erased.
    private static let formerEmails = Table("former_emails") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("email", .text(254))
        Column("was_verified", .boolean)
        Column("changed_at", .timestamp)
        Index("user_id")
    }
}

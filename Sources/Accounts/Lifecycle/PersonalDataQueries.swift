import Commerce
import Modules
import SQL

/// What the tables of accounts know of a user.
enum PersonalDataQueries {
    static let archive: [ArchivePart] = [
        ArchivePart(
            "account",
            [
                "email", "username", "first_name", "last_name", "phone_number", "date_of_birth", "gender", "bio",
                "role", "is_email_verified", "is_phone_verified", "last_login", "created_at", "updated_at",
            ]
        ) { "users WHERE id = \($0.id)" },
        ArchivePart("former_addresses", ["email", "was_verified", "changed_at"]) { "former_emails \($0.own)" },
        ArchivePart(
            "profile",
            [
                "preferred_language", "preferred_currency", "timezone", "newsletter_subscribed",
                "sms_notifications", "email_notifications", "profile_visibility", "show_email", "show_phone",
                "facebook_url", "twitter_url", "instagram_url", "linkedin_url", "website_url",
            ]
        ) { "user_profiles WHERE user_id = \($0.id)" },
        ArchivePart(
            "addresses",
            [
                "address_type", "label", "full_name", "phone_number", "address_line1", "address_line2", "city",
                "state", "postal_code", "country", "is_default_shipping", "is_default_billing", "created_at",
            ]
        ) { "addresses \($0.own)" },
        ArchivePart(
            "sessions",
            ["ip_address", "user_agent", "city", "country", "created_at", "last_activity_at", "ended_at"]
        ) { "user_sessions \($0.own)" },
        ArchivePart("logins", ["status", "failure_reason", "ip_address", "user_agent", "created_at"]) {
            "login_history \($0.own)"
        },
        ArchivePart("events", ["kind", "ip_address", "user_agent", "detail", "created_at"]) {
            "account_events \($0.own)"
        },
        ArchivePart("social_accounts", ["provider", "provider_user_id", "email", "created_at"]) {
            "social_accounts \($0.own)"
        },
    ]

    static func email(of user: UserID, _ connection: Connection) throws -> String? {
        try connection.value("SELECT email FROM users WHERE id = \(user) AND deleted_at IS NULL")
    }

    @Sendable static func pictures(of user: UserID, _ connection: Connection) throws -> [String] {
        let row: (String, String)? = try connection.tuple(
            "SELECT profile_image, cover_image FROM users WHERE id = \(user)")
        return row.map { [$0.0, $0.1].filter { !$0.isEmpty } } ?? []
    }

    static func archives(of user: UserID, _ connection: Connection) throws -> [String] {
        try connection.column("SELECT file_key FROM data_exports WHERE user_id = \(user) AND file_key <> ''")
    }
}

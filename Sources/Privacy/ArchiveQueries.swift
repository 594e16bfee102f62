import Commerce
import Primitives
import SQL

/// What the tables know of a user, as it goes into their archive. Hashes, sealed secrets and what is of others are left out.
enum ArchiveQueries {
    /// A part of the archive: rows of one table.
    struct Section: Sendable {
        let name: String
        let columns: [StaticString]
        let source: Query

        /// Names of columns that hold times.
        var times: Set<String> { Set(columns.map(\.description).filter { $0.ends(with: "_at") || $0 == "last_login" }) }
    }

    /// Everything of `user`.
    static func sections(of user: UserID, email: String) -> [Section] {
        let own: Query = "WHERE user_id = \(user) ORDER BY id"
        let orders: Query = "(SELECT id FROM orders WHERE user_id = \(user))"
        return [
            Section(
                name: "account",
                columns: [
                    "email", "username", "first_name", "last_name", "phone_number", "date_of_birth", "gender", "bio",
                    "role", "is_email_verified", "is_phone_verified", "last_login", "created_at", "updated_at",
                ], source: "users WHERE id = \(user)"),
            Section(
                name: "former_addresses", columns: ["email", "was_verified", "changed_at"],
                source: "former_emails " + own),
            Section(
                name: "profile",
                columns: [
                    "preferred_language", "preferred_currency", "timezone", "newsletter_subscribed",
                    "sms_notifications", "email_notifications", "profile_visibility", "show_email", "show_phone",
                    "facebook_url", "twitter_url", "instagram_url", "linkedin_url", "website_url",
                ], source: "user_profiles WHERE user_id = \(user)"),
            Section(
                name: "addresses",
                columns: [
                    "address_type", "label", "full_name", "phone_number", "address_line1", "address_line2", "city",
                    "state", "postal_code", "country", "is_default_shipping", "is_default_billing", "created_at",
                ], source: "addresses " + own),
            Section(
                name: "sessions",
                columns: ["ip_address", "user_agent", "city", "country", "created_at", "last_activity_at", "ended_at"],
                source: "user_sessions " + own),
            Section(
                name: "logins", columns: ["status", "failure_reason", "ip_address", "user_agent", "created_at"],
                source: "login_history " + own),
            Section(
                name: "events", columns: ["kind", "ip_address", "user_agent", "detail", "created_at"],
                source: "account_events " + own),
            Section(
                name: "social_accounts", columns: ["provider", "provider_user_id", "email", "created_at"],
                source: "social_accounts " + own),
            Section(
                name: "orders",
                columns: [
                    "order_number", "email", "status", "payment_status", "payment_method", "currency", "subtotal",
                    "discount_amount", "shipping_cost", "tax", "total", "coupon_code", "shipping_address",
                    "billing_address", "notes", "created_at",
                ], source: "orders " + own),
            Section(
                name: "order_items",
                columns: ["order_id", "product_name", "sku", "quantity", "price", "subtotal", "discount", "tax"],
                source: "order_items WHERE order_id IN \(orders) ORDER BY id"),
            Section(
                name: "returns", columns: ["order_id", "kind", "status", "note", "refund_amount", "created_at"],
                source: "returns WHERE order_id IN \(orders) ORDER BY id"),
            Section(
                name: "coupons_used", columns: ["coupon_id", "order_id", "discount_amount", "used_at"],
                source: "coupon_usages " + own),
            Section(
                name: "messages", columns: ["channel", "recipient", "subject", "text_content", "created_at"],
                source: """
                    mailbox WHERE user_id = \(user) OR (user_id IS NULL AND recipient = \(email)) ORDER BY id
                    """),
        ]
    }

    /// The rows of a section as JSON; times as RFC 3339, amounts in minor units.
    static func rows(of section: Section, _ connection: Connection) throws -> JSONValue {
        let names = section.columns.map(\.description)
        let columns = section.columns.map { Query($0) }.joined(by: ", ")
        let times = section.times
        return .array(
            try connection.rows("SELECT \(columns) FROM \(section.source)").map { row in
                .object(
                    Dictionary(
                        names.enumerated().map { ($1, json(row.raw($0), isTime: times.contains($1))) }
                    ) { first, _ in first })
            })
    }

    private static func json(_ value: SQLValue, isTime: Bool) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let number):
            isTime ? .string(Timestamp(microseconds: number).description) : .number(String(number))
        case .text(let text): .string(text)
        default: .null
        }
    }

    static func email(of user: UserID, _ connection: Connection) throws -> String? {
        try connection.value("SELECT email FROM users WHERE id = \(user)")
    }

    static func pictures(of user: UserID, _ connection: Connection) throws -> [String] {
        let row = try connection.tuple(
            "SELECT profile_image, cover_image FROM users WHERE id = \(user)", as: (String, String).self)
        return row.map { [$0, $1].filter { !$0.isEmpty } } ?? []
    }

    static func archives(of user: UserID, _ connection: Connection) throws -> [String] {
        try connection.column("SELECT file_key FROM data_exports WHERE user_id = \(user) AND file_key <> ''")
    }
}

import Schema
import Testing

@testable import SQL

/// Whether the walk over hostile texts knows every place of the database that holds any.
@Suite struct HostileSchemaTests {
    /// The fewest characters that a column takes which people write sentences into.
    private static let least = 45

    @Test func `every text that people write is hostile in the walk over the admin's pages, or stands in a list`() {
        let written = AdminWorld.written.flatMap { table, columns in columns.map { "\(table).\($0)" } }
        let spared = (Self.entered + Self.checked + Self.machines).flatMap { table, columns in
            columns.map { "\(table).\($0)" }
        }
        let found = Set(Self.texts)
        let unknown = found.subtracting(written).subtracting(spared)
        #expect(unknown.isEmpty, "nobody says what these hold: \(unknown.sorted())")
        let gone = Set(spared).subtracting(found)
        #expect(gone.isEmpty, "there are none of these: \(gone.sorted())")
        let both = Set(written).intersection(spared)
        #expect(both.isEmpty, "\(both.sorted())")
    }

    /// The columns of the schema that hold long texts, but for those whose names say that they hold keys and words of the wire.
    private static var texts: [String] {
        Schema.migrations.flatMap(\.steps).flatMap { step -> [String] in
            switch step {
            case .create(let table): table.columns.filter(isFree).map { "\(table.name).\($0.name)" }
            case .addColumn(let column, let table): isFree(column) ? ["\(table).\(column.name)"] : []
            default: []
            }
        }
    }

    private static func isFree(_ column: Column) -> Bool {
        let endings = ["_hash", "_key", "_type", "_id", "_token", "_secret", "_method", "_json", "_digest"]
        let names = ["email", "ip_address", "slug", "sku"]
        guard !endings.contains(where: column.name.hasSuffix), !names.contains(column.name) else { return false }
        switch column.kind {
        case .text(let length): return length >= least
        case .longText: return true
        default: return false
        }
    }

    private typealias Columns = [(table: String, columns: [String])]

    /// What the walk enters by forms.
    private static let entered: Columns = [
        ("staff_groups", ["name"]), ("email_templates", ["name", "subject", "html_content", "text_content"]),
        ("shop_settings", ["name", "value"]),
    ]

    /// What the shop takes only where it is an address, a code, a word of a list.
    private static let checked: Columns = [
        ("users", ["username"]), ("usernames", ["name"]),
        ("user_profiles", ["timezone", "facebook_url", "twitter_url", "instagram_url", "linkedin_url", "website_url"]),
        ("addresses", ["state"]), ("warehouses", ["code", "state"]), ("vendor_profiles", ["state", "bank_account"]),
        ("products", ["tax_class"]), ("order_items", ["tax_class"]), ("tax_rates", ["tax_class"]),
        ("shipping_methods", ["code", "countries", "states", "tax_class"]), ("coupons", ["code"]),
        ("orders", ["coupon_code"]), ("mailbox", ["recipient"]), ("audit_entries", ["actor_email"]),
        ("shop_webhooks", ["url", "topics"]), ("payments", ["return_url"]),
    ]

    /// What programs write for programs.
    private static let machines: Columns = [
        ("two_factor", ["secret"]), ("login_history", ["network", "failure_reason"]),
        ("staff_groups", ["permissions"]),
        ("users", ["profile_image", "cover_image", "permissions", "group_permissions"]),
        ("search_words", ["word"]), ("search_trigrams", ["word"]), ("categories", ["path"]), ("key_locks", ["name"]),
        ("shop_facts", ["name", "value"]), ("imports", ["left_out"]), ("import_rows", ["cells", "errors"]),
        ("invoices", ["document"]), ("payment_gateways", ["configuration", "supported_currencies", "logo"]),
        ("payments", ["gateway_reference", "next_action"]), ("webhook_events", ["payload"]),
        (
            "sandbox_payments",
            ["reference", "order_number", "return_url", "failure_code", "failure_reason", "customer"]
        ), ("sandbox_refunds", ["reference", "failure_reason"]), ("sandbox_disputes", ["reference", "reason"]),
        ("sandbox_customers", ["reference"]), ("sandbox_setups", ["secret", "customer", "method"]),
        ("sandbox_methods", ["reference", "customer"]), ("sandbox_requests", ["name", "digest"]),
        ("sandbox_events", ["reference", "type"]), ("vendor_profiles", ["sealed_email"]),
        ("audit_entries", ["about", "template"]), ("idempotency_keys", ["digest", "fingerprint", "headers"]),
        ("shop_events", ["body"]), ("jobs", ["kind", "lease_owner", "person"]), ("job_unique_keys", ["kind"]),
        ("job_cron", ["name"]),
    ]
}

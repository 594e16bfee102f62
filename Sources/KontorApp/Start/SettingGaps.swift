import Modules
import Primitives

/// Settings that each can be used and together do not do what was meant: half of a group, a name that nothing reads, an
/// address where a host belongs.
enum SettingGaps {
    /// Settings that do nothing without the other ones.
    private static let groups: [(name: String, needs: [String])] = [
        ("STRIPE_SECRET_KEY", ["STRIPE_PUBLIC_KEY"]), ("STRIPE_PUBLIC_KEY", ["STRIPE_SECRET_KEY"]),
        ("STRIPE_WEBHOOK_SECRET", ["STRIPE_SECRET_KEY", "STRIPE_PUBLIC_KEY"]),
        ("PAYPAL_CLIENT_ID", ["PAYPAL_SECRET"]), ("PAYPAL_SECRET", ["PAYPAL_CLIENT_ID"]),
        ("PAYPAL_WEBHOOK_ID", ["PAYPAL_CLIENT_ID", "PAYPAL_SECRET"]),
        ("RAZORPAY_KEY_ID", ["RAZORPAY_KEY_SECRET"]), ("RAZORPAY_KEY_SECRET", ["RAZORPAY_KEY_ID"]),
        ("RAZORPAY_WEBHOOK_SECRET", ["RAZORPAY_KEY_ID", "RAZORPAY_KEY_SECRET"]),
        ("EMAIL_HOST_USER", ["EMAIL_HOST", "EMAIL_HOST_PASSWORD"]),
        ("EMAIL_HOST_PASSWORD", ["EMAIL_HOST", "EMAIL_HOST_USER"]), ("EMAIL_PORT", ["EMAIL_HOST"]),
        ("EMAIL_CA_FILE", ["EMAIL_HOST"]),
        ("TWILIO_ACCOUNT_SID", ["SMS_PROVIDER"]), ("TWILIO_AUTH_TOKEN", ["SMS_PROVIDER"]),
        ("TWILIO_FROM_NUMBER", ["SMS_PROVIDER"]), ("FACEBOOK_APP_ID", ["FACEBOOK_APP_SECRET"]),
        ("FACEBOOK_APP_SECRET", ["FACEBOOK_APP_ID"]), ("PAYOUT_BIC", ["PAYOUT_IBAN"]),
        ("KONTOR_SUPERUSER_EMAIL", ["KONTOR_SUPERUSER_PASSWORD"]),
        ("KONTOR_SUPERUSER_PASSWORD", ["KONTOR_SUPERUSER_EMAIL"]),
    ]

    private static let server = ["DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD"]

    /// Returns the findings about these settings.
    static func findings(_ source: any SettingsSource) -> [CheckFinding] {
        halves(source) + database(source) + hosts(source) + origins(source) + address(source)
    }

    /// Returns a finding for each name that is nearly a setting's.
    static func misspelled(_ names: [String]) -> [CheckFinding] {
        names.compactMap { name in
            SettingNames.meant(by: name).map {
                CheckFinding(name, "is no setting: is \($0) meant?", isForEveryShop: true)
            }
        }
    }

    private static func halves(_ source: any SettingsSource) -> [CheckFinding] {
        groups.compactMap { group in
            guard source.text(group.name) != nil else { return nil }
            let missing = group.needs.filter { source.text($0) == nil }
            guard !missing.isEmpty else { return nil }
            return finding(group.name, "does nothing without \(missing.joined(separator: " and "))")
        }
    }

    private static func database(_ source: any SettingsSource) -> [CheckFinding] {
        let named = server.filter { source.text($0) != nil }
        guard !named.isEmpty else { return [] }
        if source.text("DATABASE_URL") != nil {
            return named.map { finding($0, "does nothing beside DATABASE_URL, which names the whole database") }
        }
        guard ["sqlite", "django.db.backends.sqlite3"].contains(source.text("DB_ENGINE", or: "sqlite")) else {
            return []
        }
        return named.map { finding($0, "does nothing without DB_ENGINE=mysql: the shop's rows are in a SQLite file") }
    }

    private static func hosts(_ source: any SettingsSource) -> [CheckFinding] {
        source.list("ALLOWED_HOSTS").compactMap { host in
            guard host.holds("/") || isWithPort(host) else { return nil }
            return CheckFinding(
                "ALLOWED_HOSTS",
                "holds \(host), which no request's host is: write the name alone, as shop.example.com", isError: true)
        }
    }

    private static func isWithPort(_ host: String) -> Bool {
        !host.begins(with: "[") && host.unicodeScalars.count(where: { $0 == ":" }) == 1
    }

    private static func origins(_ source: any SettingsSource) -> [CheckFinding] {
        source.list("CORS_ALLOWED_ORIGINS").compactMap { origin in
            let host = origin.after("https://") ?? origin.after("http://")
            let isOrigin = host.map { !$0.isEmpty && !$0.holds("/") } ?? false
            guard origin != "*", !isOrigin else { return nil }
            return CheckFinding(
                "CORS_ALLOWED_ORIGINS",
                "holds \(origin), which is no origin: write scheme and host alone, as https://www.example.com",
                isError: true)
        }
    }

    private static func address(_ source: any SettingsSource) -> [CheckFinding] {
        guard source.text("SHOP_ADDRESS") == nil else { return [] }
        return [finding("SHOP_ADDRESS", "is unset: invoices do not say who has issued them")]
    }

    private static func finding(_ key: String, _ advice: String) -> CheckFinding {
        CheckFinding(key, advice, isForEveryShop: true)
    }
}

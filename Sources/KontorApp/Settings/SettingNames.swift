import Primitives

/// The names that a shop reads from the environment and from `.env`.
public enum SettingNames {
    /// Every setting, as the table in docs/settings.md has it.
    public static let all: Set<String> = Set(process + shop + money + messages + accounts + limits)

    /// Names of other programs that are taken and not needed.
    static let ignored: Set<String> = ["REDIS_URL", "CELERY_BROKER_URL"]

    private static let process = [
        "HOST", "PORT", "DATA_DIR", "SECRET_KEY", "JWT_SIGNING_KEY", "DB_ENGINE", "DB_NAME", "DB_USER", "DB_PASSWORD",
        "DB_HOST", "DB_PORT", "DATABASE_URL", "DEBUG", "LOG_LEVEL", "LOG_FORMAT", "KONTOR_SUPERUSER_EMAIL",
        "KONTOR_SUPERUSER_PASSWORD", "KONTOR_BARE_ROUTE",
    ]

    private static let shop = [
        "SHOP_NAME", "SHOP_ADDRESS", "DEFAULT_CURRENCY", "TIME_ZONE", "TAX_INCLUSIVE", "RESERVATION_MINUTES",
        "TRANSFER_DAYS", "RETURN_DAYS", "REVIEWS_AUTO_APPROVE", "VENDOR_AUTO_APPROVE", "COMMISSION_RATE",
        "PAYOUT_HOLD_DAYS", "PAYOUT_IBAN", "PAYOUT_BIC", "LANGUAGE_CODE", "PUBLIC_URL", "FRONTEND_URL",
    ]

    private static let money = [
        "STRIPE_SECRET_KEY", "STRIPE_PUBLIC_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_CAPTURE_METHOD", "STRIPE_API_BASE",
        "PAYPAL_CLIENT_ID", "PAYPAL_SECRET", "PAYPAL_WEBHOOK_ID", "PAYPAL_MODE", "PAYPAL_INTENT", "PAYPAL_API_BASE",
        "PAYPAL_CA_FILE", "RAZORPAY_KEY_ID", "RAZORPAY_KEY_SECRET", "RAZORPAY_WEBHOOK_SECRET", "RAZORPAY_CAPTURE",
        "RAZORPAY_API_BASE", "SANDBOX_GATEWAY", "SANDBOX_CAPTURE_METHOD", "PAYMENT_RECONCILE_SECONDS",
    ]

    private static let messages = [
        "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL",
        "EMAIL_CA_FILE", "EMAIL_LOG_DAYS", "DEFAULT_FROM_EMAIL", "STAFF_EMAIL", "BOUNCE_TOKEN", "SOFT_BOUNCE_LIMIT",
        "SMS_PROVIDER", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER", "TWILIO_BASE_URL",
        "WEBHOOK_ALLOWED_NETWORKS", "WEBHOOK_PAYLOAD_DAYS", "WEBHOOK_DAYS",
    ]

    private static let accounts = [
        "REQUIRE_VERIFIED_EMAIL", "EMAIL_DOMAINS_DENIED", "GOOGLE_CLIENT_ID", "GOOGLE_JWKS_URL", "GOOGLE_ISSUER",
        "APPLE_CLIENT_ID", "APPLE_JWKS_URL", "APPLE_ISSUER", "FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET",
        "FACEBOOK_GRAPH_BASE", "GEOIP_PATH",
    ]

    private static let limits = [
        "ALLOWED_HOSTS", "CORS_ALLOWED_ORIGINS", "TRUSTED_PROXIES", "IP_ALLOW", "IP_DENY", "STAFF_IP_ALLOW",
        "METRICS_TOKEN", "METRICS_ALLOW", "MAX_BODY_BYTES", "MAX_UPLOAD_BYTES", "MAX_IMAGE_PIXELS", "MAX_BODIES_BYTES",
        "MAX_CONNECTIONS", "WRITE_TIMEOUT_SECONDS", "SHUTDOWN_SECONDS", "JOB_LEASE_SECONDS", "RATE_LIMIT_LOGIN",
        "RATE_LIMIT_REGISTER", "RATE_LIMITS", "DEAD_JOB_DAYS", "MAILBOX_DAYS", "ORDERED_CART_DAYS", "AUDIT_DAYS",
    ]

    /// Returns the setting that somebody who wrote `name` is likely to have meant; nil where it is one, or like none.
    static func meant(by name: String) -> String? {
        guard !all.contains(name), !ignored.contains(name) else { return nil }
        let near = all.sorted().first { known in
            let most = known.utf8.count >= 8 ? 2 : known.utf8.count >= 6 ? 1 : 0
            return most > 0 && distance(Array(name.utf8), Array(known.utf8)) <= most
        }
        return near ?? all.sorted().first { isCut(name, $0) || isCut($0, name) }
    }

    /// Returns whether a name is another one without its end: `DB_PASS`.
    private static func isCut(_ name: String, _ whole: String) -> Bool {
        name.utf8.count >= 7 && (1...4).contains(whole.utf8.count - name.utf8.count) && whole.begins(with: name)
    }

    /// Returns how many letters have to be put in, left out, exchanged or swapped with their neighbor.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        guard abs(one.count - other.count) <= 2 else { return .max }
        var (before, last) = ([Int](repeating: 0, count: other.count + 1), Array(0...other.count))
        for row in 1..<one.count + 1 {
            var next = [row]
            for column in 1..<other.count + 1 {
                let isSame = one[row - 1] == other[column - 1]
                var least = min(next[column - 1] + 1, last[column] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, before[column - 2] + 1)
                }
                next.append(least)
            }
            (before, last) = (last, next)
        }
        return last[other.count]
    }
}

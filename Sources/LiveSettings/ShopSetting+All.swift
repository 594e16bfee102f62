import Commerce
import Primitives

extension ShopSetting {
    /// Every setting that staff may change, in the order in which they are shown. What a shop runs on (database, secrets,
    /// who may connect, limits) is not among them: it is set by who runs the machine.
    public static let all: [ShopSetting] = shop + addresses + mail + messages + orders + accounts + marketplace

    private static let shop: [ShopSetting] = [
        ShopSetting("SHOP_NAME", .text(100), or: "Kontor"),
        ShopSetting("SHOP_ADDRESS", .list(";", 12)),
        ShopSetting("DEFAULT_CURRENCY", .choice(Currency.allCodes), or: "USD"),
        ShopSetting("TAX_INCLUSIVE", .flag, or: "false"),
        ShopSetting("TIME_ZONE", .choice(TimeZoneRules.names), or: "UTC"),
        ShopSetting("LANGUAGE_CODE", .text(35), or: "en", refusal: SettingRules.language),
    ]

    /// Links in mails lead there, those that reset passwords among them.
    private static let addresses: [ShopSetting] = [
        ShopSetting("PUBLIC_URL", .text(200), isSensitive: true, refusal: SettingRules.origin),
        ShopSetting(
            "FRONTEND_URL", .text(200), or: "http://localhost:3000", isSensitive: true, refusal: SettingRules.address),
    ]

    /// Whoever has the mail server has every link in a mail.
    private static let mail: [ShopSetting] = [
        ShopSetting("EMAIL_HOST", .text(253), isSensitive: true, refusal: SettingRules.host),
        ShopSetting("EMAIL_PORT", .integer, isSensitive: true),
        ShopSetting("EMAIL_USE_TLS", .flag, or: "false", isSensitive: true),
        ShopSetting("EMAIL_USE_SSL", .flag, or: "false", isSensitive: true),
        ShopSetting("EMAIL_HOST_USER", .text(254)),
        ShopSetting("EMAIL_HOST_PASSWORD", .secret),
        ShopSetting("DEFAULT_FROM_EMAIL", .text(200), or: "shop@localhost", refusal: SettingRules.sender),
        ShopSetting("STAFF_EMAIL", .list(",", 10)),
    ]

    private static let messages: [ShopSetting] = [
        ShopSetting("SMS_PROVIDER", .choice(["mailbox", "twilio"]), or: "mailbox", isSensitive: true),
        ShopSetting("TWILIO_ACCOUNT_SID", .text(100), isSensitive: true),
        ShopSetting("TWILIO_AUTH_TOKEN", .secret),
        ShopSetting("TWILIO_FROM_NUMBER", .text(40)),
    ]

    private static let orders: [ShopSetting] = [
        ShopSetting("RESERVATION_MINUTES", .integer, or: "30"),
        ShopSetting("TRANSFER_DAYS", .integer, or: "7"),
        ShopSetting("RETURN_DAYS", .integer, or: "30"),
        ShopSetting("SANDBOX_GATEWAY", .flag, or: "false", isSensitive: true),
    ]

    /// A token of any app whose id stands here opens accounts.
    private static let accounts: [ShopSetting] = [
        ShopSetting("REQUIRE_VERIFIED_EMAIL", .flag, or: "false"),
        ShopSetting("REVIEWS_AUTO_APPROVE", .flag, or: "false"),
        ShopSetting("GOOGLE_CLIENT_ID", .text(500), isSensitive: true),
        ShopSetting("APPLE_CLIENT_ID", .text(500), isSensitive: true),
        ShopSetting("FACEBOOK_APP_ID", .text(100), isSensitive: true),
        ShopSetting("FACEBOOK_APP_SECRET", .secret),
    ]

    private static let marketplace: [ShopSetting] = [
        ShopSetting("VENDOR_AUTO_APPROVE", .flag, or: "false"),
        ShopSetting("COMMISSION_RATE", .rate, or: "0.10"),
        ShopSetting("PAYOUT_HOLD_DAYS", .integer, or: "14"),
        ShopSetting("PAYOUT_IBAN", .text(42), isSensitive: true),
        ShopSetting("PAYOUT_BIC", .text(11), isSensitive: true),
    ]
}

/// Why a text is refused that a room would take and fail with later; each rule returns nil where the text is good.
enum SettingRules {
    /// A language tag.
    static func language(_ text: String) -> String? {
        let isTag = text.unicodeScalars.allSatisfy { $0.isPlainWord && $0 != "_" }
        return isTag ? nil : "Use a language tag, such as en or de."
    }

    /// The scheme and host that a shop is reached under.
    static func origin(_ text: String) -> String? {
        if let reason = address(text) { return reason }
        let path = rest(of: text)?.halves(at: "/").1 ?? ""
        return path.trimmed(where: { $0 == "/" }).isEmpty ? nil : "Leave out what follows the host."
    }

    /// The address of a page.
    static func address(_ text: String) -> String? {
        guard let rest = rest(of: text) else { return "This is no http:// or https:// address." }
        let isPlain = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !rest.holds(anyOf: "<>\"'\\{}|^`?#")
        return isPlain && isHost(rest.halves(at: "/").0) ? nil : "Enter a valid URL."
    }

    /// A server's name or address.
    static func host(_ text: String) -> String? {
        isHost(text[...]) ? nil : "Enter a host name, such as smtp.example.com."
    }

    /// `Name <address>`, or the address alone.
    static func sender(_ text: String) -> String? {
        let (name, rest) = text.halves(at: "<")
        let address = rest == nil ? name : rest?.before(">")
        return address.flatMap { EmailAddress($0.trimmed) } == nil ? "Enter a valid email address." : nil
    }

    private static func rest(of address: String) -> Substring? { address.after("https://") ?? address.after("http://") }

    private static func isHost(_ text: Substring) -> Bool {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isPlainWord || ".:[]".unicodeScalars.contains($0)
        }
        return !text.isEmpty && isPlain
    }
}

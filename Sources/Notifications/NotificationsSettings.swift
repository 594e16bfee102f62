import Modules
import Primitives

/// How messages leave the shop, and how long those are kept that do not.
public struct NotificationsSettings: ModuleSettings {
    let mail: MailSettings
    let sms: SMSSettings
    /// How long messages stay in the built-in mailbox (`MAILBOX_DAYS`); nil for ever.
    let mailboxAge: TimeSpan?
    /// Where links in mails lead.
    private let frontendURL: String

    /// Reads the settings of mail and SMS, and `MAILBOX_DAYS` (90 by default, 0 for ever).
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        mail = try MailSettings(source)
        sms = try SMSSettings(source)
        mailboxAge = try source.retention("MAILBOX_DAYS", orDays: 90)
        frontendURL = shop.frontendURL
    }

    /// Reports links that are not https, and messages that stay in the built-in mailbox.
    public var findings: [CheckFinding] {
        var findings: [CheckFinding] = []
        if frontendURL.begins(with: "http://") {
            findings.append(CheckFinding("FRONTEND_URL", "is unset or not https: links in mails lead there"))
        }
        guard let server = mail.server else {
            return findings + [CheckFinding("EMAIL_HOST", "is unset: mail stays in the built-in mailbox")]
        }
        if !server.startsTLS, !server.usesTLS {
            findings.append(
                CheckFinding("EMAIL_USE_TLS", "and EMAIL_USE_SSL are off: mail travels in the clear"))
        }
        return findings
    }
}

/// The mail server, where there is one.
struct MailSettings: Sendable {
    struct Server: Sendable {
        let host: String
        let port: Int
        let user: String?
        let password: String?
        let startsTLS: Bool
        let usesTLS: Bool
    }

    /// Nil keeps mail in the built-in mailbox.
    let server: Server?
    let sender: String

    init(_ source: any SettingsSource) throws {
        sender = source.text("DEFAULT_FROM_EMAIL", or: "shop@localhost")
        guard let host = source.text("EMAIL_HOST") else {
            server = nil
            return
        }
        let usesTLS = try source.flag("EMAIL_USE_SSL", or: false)
        let startsTLS = try source.flag("EMAIL_USE_TLS", or: false)
        if usesTLS, startsTLS { throw SettingsError("EMAIL_USE_TLS", "and EMAIL_USE_SSL exclude each other") }
        server = Server(
            host: host,
            port: try source.number("EMAIL_PORT", or: usesTLS ? 465 : startsTLS ? 587 : 25, in: 1...65_535),
            user: source.text("EMAIL_HOST_USER"), password: source.text("EMAIL_HOST_PASSWORD"), startsTLS: startsTLS,
            usesTLS: usesTLS)
    }
}

/// Who carries text messages: `SMS_PROVIDER`.
enum SMSSettings: Sendable {
    struct Twilio: Sendable {
        let sid: String
        let token: String
        /// E.164, or a messaging service's id.
        let sender: String
        let base: String
    }

    case mailbox
    case twilio(Twilio)

    init(_ source: any SettingsSource) throws {
        switch source.text("SMS_PROVIDER", or: "mailbox") {
        case "mailbox": self = .mailbox
        case "twilio":
            func need(_ key: String) throws -> String {
                guard let text = source.text(key) else {
                    throw SettingsError(key, "is needed with SMS_PROVIDER=twilio")
                }
                return text
            }
            self = .twilio(
                Twilio(
                    sid: try need("TWILIO_ACCOUNT_SID"), token: try need("TWILIO_AUTH_TOKEN"),
                    sender: try need("TWILIO_FROM_NUMBER"),
                    base: source.text("TWILIO_BASE_URL", or: "https://api.twilio.com")))
        default: throw SettingsError("SMS_PROVIDER", "is neither mailbox nor twilio")
        }
    }
}

import Modules
import Outbound
import Primitives

/// How messages leave the shop, and how long those are kept that do not.
public struct NotificationsSettings: ModuleSettings {
    let mail: MailSettings
    let sms: SMSSettings
    /// How long messages stay in the built-in mailbox (`MAILBOX_DAYS`); nil for ever.
    let mailboxAge: TimeSpan?
    /// How long the log of mails is kept (`EMAIL_LOG_DAYS`); nil for ever.
    let logAge: TimeSpan?
    /// The token that reports on mails that came back are sent with (`BOUNCE_TOKEN`); nil takes none.
    let bounceToken: String?
    /// How many mails that came back for now suppress an address (`SOFT_BOUNCE_LIMIT`).
    let softBounces: Int
    /// Where links in mails lead.
    private let frontendURL: String

    /// Reads the settings of mail and SMS, `MAILBOX_DAYS` (90 by default, 0 for ever), `EMAIL_LOG_DAYS` (365, likewise),
    /// `BOUNCE_TOKEN` and `SOFT_BOUNCE_LIMIT` (5).
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        mail = try MailSettings(source)
        sms = try SMSSettings(source)
        mailboxAge = try source.retention("MAILBOX_DAYS", orDays: 90)
        logAge = try source.retention("EMAIL_LOG_DAYS", orDays: 365)
        bounceToken = source.text("BOUNCE_TOKEN")
        softBounces = try source.number("SOFT_BOUNCE_LIMIT", or: 5, in: 1...1_000)
        frontendURL = shop.frontendURL
    }

    /// Reports links that are not https, a token that can be guessed, and messages that stay in the built-in mailbox.
    public var findings: [CheckFinding] {
        var findings: [CheckFinding] = []
        if frontendURL.begins(with: "http://") {
            findings.append(CheckFinding("FRONTEND_URL", "is unset or not https: links in mails lead there"))
        }
        if let bounceToken, bounceToken.utf8.count < 16 {
            findings.append(CheckFinding("BOUNCE_TOKEN", "is shorter than 16 characters"))
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
        /// A PEM file of authorities to trust in place of the system's.
        let certificateFile: String?

        /// The host with its port, as people are told of it.
        var address: String { "\(host):\(port)" }
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
        guard MailAddress(parsing: sender) != nil else {
            throw SettingsError("DEFAULT_FROM_EMAIL", "is no mail address")
        }
        server = Server(
            host: host,
            port: try source.number("EMAIL_PORT", or: usesTLS ? 465 : startsTLS ? 587 : 25, in: 1...65_535),
            user: source.text("EMAIL_HOST_USER"), password: source.text("EMAIL_HOST_PASSWORD"), startsTLS: startsTLS,
            usesTLS: usesTLS, certificateFile: source.text("EMAIL_CA_FILE"))
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

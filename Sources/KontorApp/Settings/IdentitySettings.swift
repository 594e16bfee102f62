import Accounts
import Primitives

/// Who carries text messages: `SMS_PROVIDER`.
public enum SMSSettings: Sendable {
    public struct Twilio: Sendable {
        public let sid: String
        public let token: String
        /// E.164, or a messaging service's id.
        public let sender: String
        public let base: String
    }

    case mailbox
    case twilio(Twilio)

    init(_ source: SettingsSource) throws {
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

extension SocialConfiguration {
    /// A provider without its client id is not offered.
    init(_ source: SettingsSource) {
        self.init()
        if let client = source.text("GOOGLE_CLIENT_ID") {
            google = OIDCProvider(
                name: .google, audiences: Self.list(client),
                issuers: Self.list(source.text("GOOGLE_ISSUER", or: "https://accounts.google.com,accounts.google.com")),
                keysURL: source.text("GOOGLE_JWKS_URL", or: "https://www.googleapis.com/oauth2/v3/certs"))
        }
        if let client = source.text("APPLE_CLIENT_ID") {
            apple = OIDCProvider(
                name: .apple, audiences: Self.list(client),
                issuers: Self.list(source.text("APPLE_ISSUER", or: "https://appleid.apple.com")),
                keysURL: source.text("APPLE_JWKS_URL", or: "https://appleid.apple.com/auth/keys"))
        }
        if let app = source.text("FACEBOOK_APP_ID"), let secret = source.text("FACEBOOK_APP_SECRET") {
            facebook = FacebookApp(
                id: app, secret: secret, base: source.text("FACEBOOK_GRAPH_BASE", or: "https://graph.facebook.com"))
        }
    }

    /// Apps on the web and on telephones have ids of their own, separated by commas.
    private static func list(_ text: String) -> [String] {
        text.cut(at: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    }
}

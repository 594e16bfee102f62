import Modules
import Primitives

extension AccountsConfiguration: ModuleSettings {
    /// Reads the settings of accounts from the environment.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        self.init()
        signingKey = source.text("JWT_SIGNING_KEY")
        requiresVerifiedEmail = try source.flag("REQUIRE_VERIFIED_EMAIL", or: false)
        deniedEmailDomains = Set(
            source.list("EMAIL_DOMAINS_DENIED").map { DomainName.compared($0.lowercased()) })
        frontendURL = shop.frontendURL
        shopName = shop.name
        language = shop.language
        uploadLimit = shop.uploadBytes
        social = SocialConfiguration(source)
        placesFile = source.text("GEOIP_PATH")
        limits = try Limits(source, shop)
    }

    /// Reports a signing key shorter than 32 bytes as an error and limits that are off as a warning.
    public var findings: [CheckFinding] {
        var findings: [CheckFinding] = []
        if let signingKey, signingKey.utf8.count < 32 {
            findings.append(CheckFinding("JWT_SIGNING_KEY", "is shorter than 32 characters", isError: true))
        }
        if limits.registrationsByAddress == nil {
            findings.append(CheckFinding("RATE_LIMITS", "is off: passwords can be guessed without a pause"))
        }
        return findings
    }
}

extension AccountsConfiguration.Limits {
    fileprivate init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        self.init()
        loginFailuresByAccount = try source.number("RATE_LIMIT_LOGIN", or: 10, in: 1...1_000_000)
        registrationsByAddress = try source.number("RATE_LIMIT_REGISTER", or: 100, in: 1...1_000_000)
        guard !shop.limitsAddresses else { return }
        registrationsByAddress = nil
        loginFailuresByAddress = nil
        mailRequestsByAddress = nil
        guessesByAddress = nil
    }
}

extension SocialConfiguration {
    /// Reads the providers; one without its client id is not offered.
    fileprivate init(_ source: any SettingsSource) {
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

import Primitives

/// The settings of accounts, read once at start by the composition root.
public struct AccountsConfiguration: Sendable {
    /// The HS256 key of tokens (`JWT_SIGNING_KEY`); nil derives one from `SECRET_KEY`.
    public var signingKey: String?
    /// How long an access token is good.
    public var accessLifetime = TimeSpan.minutes(15)
    /// How long a refresh token is good, and so a session that nobody uses.
    public var refreshLifetime = TimeSpan.days(14)
    /// Whether a login needs a verified e-mail (`REQUIRE_VERIFIED_EMAIL`).
    public var requiresVerifiedEmail = false
    /// How long the link in a verification mail is good.
    public var verificationLifetime = TimeSpan.days(3)
    /// Where the pages are that links in mails lead to (`FRONTEND_URL`), without a final slash.
    public var frontendURL = "http://localhost:3000"
    /// Threads that hash passwords.
    public var hashingThreads = 2
    /// Domains whose addresses may not register (`EMAIL_DOMAINS_DENIED`), lower case; their subdomains neither.
    public var deniedEmailDomains: Set<String> = []
    public var limits = Limits()

    /// How often things may be tried.
    public struct Limits: Sendable {
        /// Failed logins of one account within ``loginWindow``.
        public var loginFailuresByAccount = 10
        /// Failed logins from one address within ``loginWindow`` (`RATE_LIMIT_LOGIN`); nil with `RATE_LIMITS=off`.
        public var loginFailuresByAddress: Int? = 100
        public var loginWindow = TimeSpan.minutes(15)
        /// Registrations from one address within an hour (`RATE_LIMIT_REGISTER`); nil with `RATE_LIMITS=off`.
        public var registrationsByAddress: Int? = 100
        /// Requests for mail from one address within an hour; nil with `RATE_LIMITS=off`.
        public var mailRequestsByAddress: Int? = 100
        /// Mails that one account may ask for within an hour.
        public var mailRequestsByAccount = 5

        public init() {}
    }

    public init() {}
}

import Modules
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
    /// How long the link in a mail to choose a new password is good.
    public var resetLifetime = TimeSpan.hours(1)
    /// How long the link in a mail to new staff is good.
    public var invitationLifetime = TimeSpan.days(7)
    /// How long a login waits for its second factor.
    public var challengeLifetime = TimeSpan.minutes(5)
    /// How long a code sent to a telephone is good.
    public var phoneCodeLifetime = TimeSpan.minutes(5)
    /// What authenticator apps call the shop (`SHOP_NAME`).
    public var shopName = "Kontor"
    /// The language of new users (`LANGUAGE_CODE`).
    public var language = "en"
    /// The providers of social logins (`GOOGLE_…`, `APPLE_…`, `FACEBOOK_…`).
    public var social = SocialConfiguration()
    /// Where the pages are that links in mails lead to (`FRONTEND_URL`), without a final slash.
    public var frontendURL = "http://localhost:3000"
    /// The number of threads that hash passwords.
    public var hashingThreads = 2
    /// Domains whose addresses may not register (`EMAIL_DOMAINS_DENIED`), lower case; their subdomains neither.
    public var deniedEmailDomains: Set<String> = []
    /// The most bytes that a picture may have (`MAX_UPLOAD_BYTES`).
    public var uploadLimit = 10 << 20
    /// A MaxMind database of places (`GEOIP_PATH`); nil for none.
    public var placesFile: String?
    /// The permissions that staff can be given: those of all rooms.
    public var permissions: [Permission] = []
    /// The limits on logins, registrations, mails and guesses.
    public var limits = Limits()

    /// How often things may be tried.
    public struct Limits: Sendable {
        /// Failed logins of one account from one address within ``loginWindow``, and of one account's sessions
        /// (`RATE_LIMIT_LOGIN`).
        public var loginFailuresByAccount = 10
        /// Failed logins of one account from all addresses within ``loginWindow``: two and a half times as many.
        public var loginFailuresEverywhere: Int { loginFailuresByAccount * 5 / 2 }
        /// Failed logins from one address within ``loginWindow``; nil with `RATE_LIMITS=off`.
        public var loginFailuresByAddress: Int? = 100
        /// The span before now in which failed logins count.
        public var loginWindow = TimeSpan.minutes(15)
        /// Registrations from one address within an hour (`RATE_LIMIT_REGISTER`); nil with `RATE_LIMITS=off`.
        public var registrationsByAddress: Int? = 100
        /// Requests for mail from one address within an hour; nil with `RATE_LIMITS=off`.
        public var mailRequestsByAddress: Int? = 100
        /// Mails, and codes by telephone, that one account may ask for within an hour.
        public var mailRequestsByAccount = 5
        /// Tokens and codes tried from one address within an hour; nil with `RATE_LIMITS=off`.
        public var guessesByAddress: Int? = 100

        /// Creates the limits of a shop that sets none.
        public init() {}
    }

    /// Creates the settings of a shop that sets none.
    public init() {}
}

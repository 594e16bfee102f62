import Accounts
import Commerce
import Logging
import MySQLDriver
import Primitives
import Web

/// Everything that is set from outside, read once at start and checked together.
public struct Settings: Sendable {
    /// Where the shop keeps its rows.
    public enum Storage: Sendable {
        case sqliteFile(String)
        case mysql(MySQLConfiguration)
        /// Nothing is left behind.
        case memory
    }

    public var host: String
    /// 0 picks a free one.
    public var port: Int
    public var dataDirectory: String
    public var storage: Storage
    public var shop: ShopSettings
    public var web: AddressSettings
    public var mail: MailSettings
    public var secrets: SecretSettings
    public var limits: LimitSettings
    public var connections: ConnectionSettings
    public var metrics: MetricsSettings
    public var retention: RetentionSettings
    public var sms: SMSSettings
    public var social: SocialConfiguration
    /// A MaxMind database of places (`GEOIP_PATH`); nil for none.
    public var placesFile: String?
    /// How long a job stays with an instance that says nothing more (`JOB_LEASE_SECONDS`).
    public var jobLease: TimeSpan
    public var debug: Bool
    public var logLevel: Logger.Level
    /// JSON lines rather than text; nil decides by whether the output is a terminal.
    public var logsJSON: Bool?
    /// A path that is answered before everything else (`KONTOR_BARE_ROUTE`), for measuring what the server alone can do.
    public var bareRoute: String?

    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: SettingsSource) throws {
        host = source.text("HOST", or: "127.0.0.1")
        port = try source.number("PORT", or: 8000, in: 0...65_535)
        dataDirectory = source.text("DATA_DIR", or: "./data")
        storage = try Self.storage(source, dataDirectory: dataDirectory)
        shop = try ShopSettings(source)
        web = try AddressSettings(source)
        mail = try MailSettings(source)
        secrets = SecretSettings(source)
        limits = try LimitSettings(source)
        connections = try ConnectionSettings(source)
        metrics = MetricsSettings(source)
        retention = try RetentionSettings(source)
        sms = try SMSSettings(source)
        social = SocialConfiguration(source)
        placesFile = source.text("GEOIP_PATH")
        jobLease = .seconds(Int64(try source.number("JOB_LEASE_SECONDS", or: 30, in: 1...3_600)))
        debug = try source.flag("DEBUG", or: false)
        logLevel = try Self.level(source)
        logsJSON = try Self.format(source)
        bareRoute = source.text("KONTOR_BARE_ROUTE")
    }

    /// The usual settings for a shop that leaves nothing behind.
    ///
    /// - Throws: `SettingsError` naming the first value that cannot be used.
    public static func inMemory(_ values: [String: String] = [:]) throws -> Settings {
        var settings = try Settings(SettingsSource(values: values))
        settings.storage = .memory
        return settings
    }

    private static func storage(_ source: SettingsSource, dataDirectory: String) throws -> Storage {
        if let url = source.text("DATABASE_URL") { return try storage(url: url) }
        switch source.text("DB_ENGINE", or: "sqlite") {
        case "sqlite", "django.db.backends.sqlite3":
            return .sqliteFile(source.text("DB_NAME", or: dataDirectory + "/kontor.sqlite3"))
        case "mysql", "mariadb", "django.db.backends.mysql":
            return .mysql(
                MySQLConfiguration(
                    host: source.text("DB_HOST", or: "127.0.0.1"),
                    port: try source.number("DB_PORT", or: 3306, in: 1...65_535),
                    user: source.text("DB_USER", or: "root"), password: source.text("DB_PASSWORD", or: ""),
                    database: source.text("DB_NAME", or: "kontor")))
        default: throw SettingsError("DB_ENGINE", "is neither sqlite nor mysql")
        }
    }

    private static func storage(url: String) throws -> Storage {
        if let path = url.after("sqlite:///") { return .sqliteFile(String(path)) }
        guard url.begins(with: "mysql://") || url.begins(with: "mariadb://") else {
            throw SettingsError("DATABASE_URL", "starts with neither sqlite:/// nor mysql://")
        }
        let configuration: MySQLConfiguration
        do {
            configuration = try MySQLConfiguration(url: url)
        } catch {
            throw SettingsError("DATABASE_URL", "cannot be read: \(error)")
        }
        guard configuration.database != nil else { throw SettingsError("DATABASE_URL", "names no database") }
        return .mysql(configuration)
    }

    private static func level(_ source: SettingsSource) throws -> Logger.Level {
        let name = source.text("LOG_LEVEL", or: "info").lowercased()
        guard let level = Logger.Level(rawValue: name) else {
            throw SettingsError("LOG_LEVEL", "is none of trace, debug, info, notice, warning, error, critical")
        }
        return level
    }

    private static func format(_ source: SettingsSource) throws -> Bool? {
        switch source.text("LOG_FORMAT") {
        case nil: nil
        case "json": true
        case "text": false
        default: throw SettingsError("LOG_FORMAT", "is neither text nor json")
        }
    }
}

/// What the shop is and how it sells.
public struct ShopSettings: Sendable {
    public var name: String
    /// The lines under the shop's name on invoices: its address and registrations.
    public var address: [String]
    public var currency: Currency
    public var taxInclusive: Bool
    /// How long an unpaid order holds its stock.
    public var reservation: TimeSpan
    /// How long an order paid by bank transfer holds its stock.
    public var transfer: TimeSpan
    /// By whose clocks days and years begin: `TIME_ZONE`.
    public var timeZone: TimeZoneRules
    /// How long after its last parcel an order may be sent back.
    public var returns: TimeSpan
    public var requiresVerifiedEmail: Bool
    public var deniedEmailDomains: [String]

    init(_ source: SettingsSource) throws {
        name = source.text("SHOP_NAME", or: "Kontor")
        address = source.text("SHOP_ADDRESS", or: "").cut(at: ";", keepsEmpty: false).map { $0.trimmed }
        let code = source.text("DEFAULT_CURRENCY", or: "USD")
        guard let currency = Currency(code: code) else {
            throw SettingsError("DEFAULT_CURRENCY", "is no currency code of ISO 4217")
        }
        self.currency = currency
        taxInclusive = try source.flag("TAX_INCLUSIVE", or: false)
        reservation = .minutes(Int64(try source.number("RESERVATION_MINUTES", or: 30, in: 1...525_600)))
        transfer = .days(Int64(try source.number("TRANSFER_DAYS", or: 7, in: 1...365)))
        timeZone = try Self.zone(source.text("TIME_ZONE", or: "UTC"))
        returns = .days(Int64(try source.number("RETURN_DAYS", or: 30, in: 0...3_650)))
        requiresVerifiedEmail = try source.flag("REQUIRE_VERIFIED_EMAIL", or: false)
        deniedEmailDomains = source.list("EMAIL_DOMAINS_DENIED").map { $0.lowercased() }
    }

    private static func zone(_ name: String) throws -> TimeZoneRules {
        do {
            return try TimeZoneRules(named: name)
        } catch {
            throw SettingsError("TIME_ZONE", "names no time zone of the machine (Debian's package tzdata has them)")
        }
    }
}

/// Where the shop is reached and who may reach it.
public struct AddressSettings: Sendable {
    /// What links to ourselves start with; nil takes each request's own host.
    public var publicURL: String?
    public var frontendURL: String
    public var allowedHosts: [String]
    public var corsOrigins: [String]
    public var trustedProxies: [String]
    /// Who may call, who may not, and from where the staff may act: addresses and networks.
    public var allowedAddresses: [String]
    public var deniedAddresses: [String]
    public var staffAddresses: [String]

    init(_ source: SettingsSource) throws {
        publicURL = try Self.url(source, "PUBLIC_URL")
        frontendURL = try Self.url(source, "FRONTEND_URL") ?? "http://localhost:3000"
        allowedHosts = source.list("ALLOWED_HOSTS", or: ["*"])
        corsOrigins = [frontendURL] + source.list("CORS_ALLOWED_ORIGINS")
        trustedProxies = source.list("TRUSTED_PROXIES")
        allowedAddresses = source.list("IP_ALLOW")
        deniedAddresses = source.list("IP_DENY")
        staffAddresses = source.list("STAFF_IP_ALLOW")
    }

    private static func url(_ source: SettingsSource, _ key: String) throws -> String? {
        guard var url = source.text(key)?[...] else { return nil }
        guard url.begins(with: "http://") || url.begins(with: "https://") else {
            throw SettingsError(key, "is no http:// or https:// address")
        }
        while let shorter = url.before("/") { url = shorter }
        return String(url)
    }
}

/// The installation's secrets.
public struct SecretSettings: Sendable {
    /// Nil has one made and kept in the data folder.
    public var secretKey: String?
    public var jwtSigningKey: String?

    init(_ source: SettingsSource) {
        secretKey = source.text("SECRET_KEY")
        jwtSigningKey = source.text("JWT_SIGNING_KEY")
    }
}

/// How much one client may ask for.
public struct LimitSettings: Sendable {
    public var bodyBytes: Int
    public var uploadBytes: Int
    public var imagePixels: Int
    /// Failed logins in 15 minutes for one account.
    public var loginFailures: Int
    /// Registrations in an hour from one address.
    public var registrations: Int
    /// Whether clients are limited by their address.
    public var byAddress: Bool

    init(_ source: SettingsSource) throws {
        bodyBytes = try source.number("MAX_BODY_BYTES", or: 1 << 20, in: 1_024...1 << 30)
        uploadBytes = try source.number("MAX_UPLOAD_BYTES", or: 10 << 20, in: 1_024...1 << 30)
        imagePixels = try source.number("MAX_IMAGE_PIXELS", or: 40_000_000, in: 1...1_000_000_000)
        loginFailures = try source.number("RATE_LIMIT_LOGIN", or: 10, in: 1...1_000_000)
        registrations = try source.number("RATE_LIMIT_REGISTER", or: 100, in: 1...1_000_000)
        byAddress = try source.flag("RATE_LIMITS", or: true)
    }
}

/// The mail server, where there is one.
public struct MailSettings: Sendable {
    public struct Server: Sendable {
        public var host: String
        public var port: Int
        public var user: String?
        public var password: String?
        public var startsTLS: Bool
        public var usesTLS: Bool
    }

    /// Nil keeps mail in the built-in mailbox.
    public var server: Server?
    public var sender: String

    init(_ source: SettingsSource) throws {
        sender = source.text("DEFAULT_FROM_EMAIL", or: "shop@localhost")
        guard let host = source.text("EMAIL_HOST") else { return }
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

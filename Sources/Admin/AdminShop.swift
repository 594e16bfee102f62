import AdminPages
import Commerce
import Primitives
import Web

/// What the admin knows of its shop without asking.
public struct AdminShop: Sendable {
    /// The name, as the shop is set to.
    public let name: String
    /// The currency of all amounts.
    public let currency: Currency
    /// The time zone in which moments are shown and entered.
    public let zone: TimeZoneRules
    /// The shop's language, a BCP 47 tag: the admin's own where a browser asks for none of them. Its country says how days and
    /// hours are written.
    public let language: String
    let englishDates: DateStyle
    let germanDates: DateStyle

    /// Creates what is known of a shop.
    public init(name: String, currency: Currency, zone: TimeZoneRules, language: String) {
        self.name = name
        self.currency = currency
        self.zone = zone
        self.language = language
        englishDates = .style(of: .english, shop: language)
        germanDates = .style(of: .german, shop: language)
    }
}

/// What the admin asks of accounts.
public struct AdminDoor: Sendable {
    /// Returns the caller whose session a browser's cookie names; throws where it has ended.
    public let identity: @Sendable (_ cookie: String) async throws -> Identity
    /// Returns a browser's cookie for the session of an access token.
    public let cookie: @Sendable (_ access: String) async throws -> String
    /// Returns whether the shop has an administrator.
    public let hasAdministrator: @Sendable () async throws -> Bool
    /// Returns whether somebody works for the shop who may sign in, administrator or not.
    public let hasStaff: @Sendable () async throws -> Bool
    /// Makes the shop's first administrator; throws `ValidationError` for an address or a password that will not do, and
    /// `PermissionDenied` where there is one.
    public let createAdministrator: @Sendable (_ email: String, _ password: String) async throws -> Void

    /// Creates the answers of accounts.
    public init(
        identity: @escaping @Sendable (_ cookie: String) async throws -> Identity,
        cookie: @escaping @Sendable (_ access: String) async throws -> String,
        hasAdministrator: @escaping @Sendable () async throws -> Bool,
        hasStaff: @escaping @Sendable () async throws -> Bool,
        createAdministrator: @escaping @Sendable (_ email: String, _ password: String) async throws -> Void
    ) {
        self.identity = identity
        self.cookie = cookie
        self.hasAdministrator = hasAdministrator
        self.hasStaff = hasStaff
        self.createAdministrator = createAdministrator
    }
}

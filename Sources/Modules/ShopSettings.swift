import Commerce
import Primitives

/// The settings that several rooms read.
public struct ShopSettings: Sendable {
    /// The name shown on invoices, in mails and in the document of the API (`SHOP_NAME`).
    public let name: String
    /// The lines under the shop's name on invoices: its address and registrations (`SHOP_ADDRESS`).
    public let address: [String]
    /// The one currency of all amounts (`DEFAULT_CURRENCY`).
    public let currency: Currency
    /// The time zone in which days and years begin (`TIME_ZONE`).
    public let timeZone: TimeZoneRules
    /// The language of guests and of users who have chosen none, a BCP 47 tag (`LANGUAGE_CODE`).
    public let language: String
    /// Whether prices include the tax (`TAX_INCLUSIVE`).
    public let isTaxInclusive: Bool
    /// The base URL of the pages that links in mails lead to, without a final slash (`FRONTEND_URL`).
    public let frontendURL: String
    /// The most bytes that an upload may have (`MAX_UPLOAD_BYTES`).
    public let uploadBytes: Int
    /// Whether clients are limited by their address (`RATE_LIMITS`).
    public let limitsAddresses: Bool

    /// Reads the settings; what is unset has its default.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource) throws {
        name = source.text("SHOP_NAME", or: "Kontor")
        address = source.text("SHOP_ADDRESS", or: "").cut(at: ";", keepsEmpty: false).map { $0.trimmed }
        let code = source.text("DEFAULT_CURRENCY", or: "USD")
        guard let currency = Currency(code: code) else {
            throw SettingsError("DEFAULT_CURRENCY", "is no currency code of ISO 4217")
        }
        self.currency = currency
        timeZone = try Self.zone(source.text("TIME_ZONE", or: "UTC"))
        language = source.text("LANGUAGE_CODE", or: "en").lowercased()
        isTaxInclusive = try source.flag("TAX_INCLUSIVE", or: false)
        frontendURL = try source.webAddress("FRONTEND_URL") ?? "http://localhost:3000"
        uploadBytes = try source.number("MAX_UPLOAD_BYTES", or: 10 << 20, in: 1_024...1 << 30)
        limitsAddresses = try source.flag("RATE_LIMITS", or: true)
    }

    private static func zone(_ name: String) throws -> TimeZoneRules {
        do {
            return try TimeZoneRules(named: name)
        } catch {
            throw SettingsError("TIME_ZONE", "names no time zone of the machine (Debian's package tzdata has them)")
        }
    }
}

import Commerce
import Modules
import Primitives
import Vendors

/// The shop owner's settings for vendors' money.
public struct MarketplaceSettings: ModuleSettings {
    /// What the shop keeps of a sale where no rule says otherwise, in millionths: `COMMISSION_RATE`, `0.10` by default.
    public let rate: Int64
    /// How long what was earned is held after delivery: `PAYOUT_HOLD_DAYS`, 14 days by default.
    public let hold: TimeSpan
    /// The shop's own account, that payouts leave from: `PAYOUT_IBAN`; empty where none is named.
    public let iban: String
    /// Its bank: `PAYOUT_BIC`; may be empty.
    public let bic: String

    /// Creates settings; what is left out has its default.
    public init(rate: Int64 = 100_000, hold: TimeSpan = .days(14), iban: String = "", bic: String = "") {
        self.rate = rate
        self.hold = hold
        self.iban = iban
        self.bic = bic
    }

    /// Reads `COMMISSION_RATE` (`0.10` by default), `PAYOUT_HOLD_DAYS` (14), `PAYOUT_IBAN` and `PAYOUT_BIC`.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        self.init(
            rate: try Self.rate(source.text("COMMISSION_RATE", or: "0.10")),
            hold: .days(Int64(try source.number("PAYOUT_HOLD_DAYS", or: 14, in: 0...365))),
            iban: try Self.iban(source.text("PAYOUT_IBAN", or: "")),
            bic: try Self.bic(source.text("PAYOUT_BIC", or: "")))
    }

    private static func rate(_ text: String) throws -> Int64 {
        guard let rate = Int64(decimal: text, scale: 6), (0...1_000_000).contains(rate) else {
            throw SettingsError("COMMISSION_RATE", "is no fraction of 1: write 0.10, not 10")
        }
        return rate
    }

    private static func iban(_ text: String) throws -> String {
        let iban = IBAN.compact(text)
        guard iban.isEmpty || IBAN.isValid(iban) else {
            throw SettingsError("PAYOUT_IBAN", "is no IBAN with the right check digits")
        }
        return iban
    }

    private static func bic(_ text: String) throws -> String {
        let bic = IBAN.compact(text)
        guard bic.isEmpty || BIC.isValid(bic) else { throw SettingsError("PAYOUT_BIC", "is no BIC") }
        return bic
    }
}

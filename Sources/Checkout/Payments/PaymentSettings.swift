import Commerce
import Modules
import Payments
import Primitives

/// The shop owner's settings for payments.
public struct PaymentSettings: ModuleSettings {
    /// When open payments are asked about: `PAYMENT_RECONCILE_SECONDS`, after 2, 10 and 60 minutes by default.
    public let schedule: ReconcileSchedule
    /// The addresses that are told of money that needs a decision: `STAFF_EMAIL`, the shop's own sender by default.
    public let staff: [String]
    /// The bases of addresses that payers may be sent back to, without a final slash.
    let returnBases: [String]
    /// The page that payers come back to where none is named.
    let returnPage: String

    /// Reads `PAYMENT_RECONCILE_SECONDS` (`120,600,3600`, then daily), `STAFF_EMAIL`, and `PUBLIC_URL`.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        schedule = ReconcileSchedule(ages: try Self.ages(source.list("PAYMENT_RECONCILE_SECONDS")))
        staff = try source.staffAddresses()
        returnBases = [shop.frontendURL] + [try source.webAddress("PUBLIC_URL")].compactMap { $0 }
        returnPage = shop.frontendURL + "/orders"
    }

    private static func ages(_ list: [String]) throws -> [Int] {
        if list.isEmpty { return [120, 600, 3_600] }
        let ages = list.compactMap { Int($0) }
        guard ages.count == list.count, ages == ages.sorted(), ages.allSatisfy({ (1...86_400).contains($0) }) else {
            throw SettingsError(
                "PAYMENT_RECONCILE_SECONDS",
                "is no list of ascending seconds, separated by commas, each of a day at most")
        }
        return ages
    }

    /// Returns where a payer comes back to; the shop's page of orders where nothing is asked for.
    ///
    /// - Throws: `ValidationError` on `return_url` for an address of somebody else.
    func returnURL(_ asked: String?) throws -> String {
        guard let asked, !asked.isEmpty else { return returnPage }
        let isOurs = returnBases.contains { base in
            asked == base || ["/", "?", "#"].contains { asked.begins(with: base + $0) }
        }
        let isPlain = asked.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isOurs, isPlain else {
            throw ValidationError("return_url", "This must be an address of the shop.")
        }
        return asked
    }
}

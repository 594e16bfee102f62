import Commerce
import Payments
import Testing

/// How Stripe counts where it does not count as ISO 4217 does.
@Suite struct StripeAmountsTests {
    private func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

    @Test(
        arguments: [
            ("USD", 1_099, 1_099), ("EUR", 1, 1), ("JPY", 500, 500), ("KRW", 50, 50), ("VND", 10_000, 10_000),
            ("ISK", 5, 500), ("UGX", 5, 500), ("HUF", 1_045, 1_045), ("TWD", 80_045, 80_045), ("MGA", 500, 5),
            ("KWD", 5_120, 5_120), ("BHD", 10, 10), ("JOD", 1_230, 1_230), ("OMR", 990, 990), ("TND", 50, 50),
            ("XAF", 7, 7), ("CLP", 990, 990), ("RWF", 12, 12),
        ] as [(String, Int64, Int64)])
    func `an amount is said in Stripe's units and read back`(code: String, minor: Int64, units: Int64) throws {
        let currency = try currency(code)
        #expect(StripeAmounts.table.units(Money(minorUnits: minor), currency) == units)
        #expect(try StripeAmounts.table.money(units, currency) == Money(minorUnits: minor))
    }

    @Test(
        arguments: [
            ("KWD", 5_124), ("BHD", 1), ("JOD", 1_235), ("OMR", 999), ("TND", 9), ("MGA", 501), ("USD", 0), ("USD", -1),
            ("ISK", Int64.max), ("IRR", 100), ("BGN", 100), ("LYD", 1_000), ("IQD", 1_000), ("KPW", 100),
        ] as [(String, Int64)])
    func `what Stripe cannot charge is not said`(code: String, minor: Int64) throws {
        #expect(StripeAmounts.table.units(Money(minorUnits: minor), try currency(code)) == nil)
    }

    @Test(arguments: [("ISK", 550), ("UGX", 1)] as [(String, Int64)])
    func `fractions of what has none are nonsense`(code: String, units: Int64) throws {
        let currency = try currency(code)
        #expect(throws: GatewayError.self) { try StripeAmounts.table.money(units, currency) }
    }

    @Test func `some 140 currencies are taken`() {
        #expect(StripeAmounts.table.currencies.count == 138)
        #expect(Set(["USD", "EUR", "GBP", "INR", "CHF"]).isSubset(of: StripeAmounts.table.currencies))
    }
}

import Commerce
import Payments
import Primitives
import Testing

@Suite struct RazorpayAmountsTests {
    private let table = RazorpayAmounts.table

    @Test(arguments: [
        ("INR", 1, 1), ("INR", 29_900, 29_900), ("USD", 2_000, 2_000), ("HUF", 12_345, 12_345), ("JPY", 295, 295),
        ("ISK", 99, 99), ("UGX", 1, 1), ("KWD", 99_990, 99_990), ("BHD", 10, 10), ("OMR", 295_990, 295_990),
        ("JOD", 1_230, 1_230), ("TND", 10, 10),
    ])
    func `an amount is said in the currency's smallest unit and read back`(
        code: String, ours: Int64, theirs: Int64
    ) throws {
        let currency = try #require(Currency(code: code))
        #expect(table.units(Money(minorUnits: ours), currency) == theirs)
        #expect(try table.money(theirs, currency) == Money(minorUnits: ours))
    }

    @Test(arguments: [
        ("KWD", 99_991), ("BHD", 1), ("OMR", 295_995), ("IQD", 1_001), ("INR", 0), ("INR", -100), ("JPY", 0),
        ("LBP", 100), ("IRR", 100), ("LYD", 1_000),
    ])
    func `what Razorpay cannot say is not said`(code: String, units: Int64) throws {
        #expect(table.units(Money(minorUnits: units), try #require(Currency(code: code))) == nil)
    }

    @Test func `every currency has the decimals of ISO 4217`() throws {
        #expect(table.currencies.count == 126)
        for code in table.currencies where code != "XCD" {
            let currency = try #require(Currency(code: code))
            let rule = try #require(table.rule(currency))
            #expect(rule.decimals == currency.decimals)
            #expect(rule.step == (currency.decimals == 3 ? 10 : 1))
        }
    }

    @Test func `an amount in a currency that Razorpay does not take is no answer of Razorpay's`() throws {
        let currency = try #require(Currency(code: "LBP"))
        #expect(throws: GatewayError.self) { try table.money(100, currency) }
    }
}

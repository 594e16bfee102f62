import Commerce
import Primitives
import Testing

@testable import Payments

@Suite struct PayPalAmountsTests {
    @Test func `the table is PayPal's`() {
        #expect(PayPalAmounts.table.currencies.count == 25)
        for code in ["ISK", "KWD", "UGX", "KRW", "INR", "TND"] {
            #expect(!PayPalAmounts.table.currencies.contains(code))
        }
        #expect(PayPalAmounts.table.currencies.allSatisfy { Currency(code: $0) != nil })
    }

    @Test(arguments: [
        ("EUR", 1, "0.01"), ("EUR", 10, "0.10"), ("USD", 100_005, "1000.05"), ("JPY", 1_000, "1000"),
        ("HUF", 100_000, "1000"), ("HUF", 100_050, nil), ("TWD", 500, "5"), ("TWD", 501, nil), ("KWD", 1_000, nil),
        ("ISK", 1_000, nil), ("EUR", 0, nil), ("EUR", -1, nil),
    ])
    func `an amount is decimal text, and comes back the same`(code: String, units: Int64, text: String?) throws {
        let currency = try #require(Currency(code: code))
        let json = try? PayPalMoney.json(Money(minorUnits: units), currency)
        #expect(json == text.map { .object(["currency_code": .string(code), "value": .string($0)]) })
        if let json { #expect(try PayPalMoney.read(PayPalFields(json), currency) == Money(minorUnits: units)) }
    }

    @Test(arguments: [
        ("10", 1_000), ("10.5", 1_050), ("10.50", 1_050), ("10.500", 1_050), ("10.505", nil), ("-0.59", -59),
        ("0.00", 0), ("", nil), (".5", nil), ("1.", nil), ("1e3", nil), ("+1", nil), ("1,5", nil), ("--1", nil),
        ("1.2.3", nil), ("٣", nil), ("99999999999999999999", nil),
    ])
    func `only decimal text is read`(text: String, units: Int64?) {
        #expect(PayPalMoney.units(text, decimals: 2) == units)
    }

    @Test func `an answer in another currency is nonsense`() async throws {
        let euros = PayPalFields(.object(["currency_code": .string("EUR"), "value": .string("1.00")]))
        let failure = try await PayPalShop.failure { _ = try PayPalMoney.read(euros, .usd) }
        #expect(failure == "unavailable")
    }
}

import AdminPages
import Commerce
import Primitives
import TestSupport
import Testing

@testable import Admin

/// Numbers as people type them.
@Suite struct DecimalReadingTests {
    private static let units = ["€", "EUR"]

    private static func read(_ text: String, _ language: AdminLanguage) -> DecimalReading {
        DecimalReading(text, in: language, units: units)
    }

    /// A text and the number that it is in every language.
    @Test(arguments: [
        ("12", "12"), (" 12 ", "12"), ("-12", "-12"), ("0", "0"), ("12,5", "12.5"), ("12.5", "12.5"),
        ("12,50", "12.50"), ("12.50", "12.50"), ("0,125", "0.125"), ("0.125", "0.125"), ("1234,567", "1234.567"),
        ("1234.567", "1234.567"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("-1.234,5", "-1234.5"),
        ("1.234.567", "1234567"), ("1,234,567", "1234567"), ("1.234.567,8", "1234567.8"), ("0,1250", "0.1250"),
        ("1.234,56\u{A0}€", "1234.56"), ("€1,234.56", "1234.56"), ("-€5.50", "-5.50"), ("EUR\u{A0}-5,50", "-5.50"),
        ("12,50 EUR", "12.50"), ("12345678901234567890,01", "12345678901234567890.01"),
    ])
    func `points and commas are read where there is one way to`(_ text: String, _ number: String) {
        for language in AdminLanguage.allCases {
            #expect(Self.read(text, language) == .number(number), "\(language) \(text)")
        }
    }

    @Test(arguments: [("1.234", "1,234"), ("12.000", "12,000"), ("-999.999", "-999,999")])
    func `a mark that parts thousands on the page is not taken for a fraction, nor for thousands`(
        _ point: String, _ comma: String
    ) {
        let whole = point.filter { $0 != "." }
        #expect(Self.read(point, .german) == .unclear(thousands: whole, fraction: point))
        #expect(Self.read(comma, .english) == .unclear(thousands: whole, fraction: point))
        #expect(Self.read(comma, .german) == .number(point), "a fraction, as German has it")
        #expect(Self.read(point, .english) == .number(point), "a fraction, as English has it")
    }

    @Test(arguments: [
        "", " ", "x", "1,2,3", "1.2.3", "12.34,56", "1,23.50", "1.234.50,", ",5", ".5", "5,", "1e5", "--1", "+1", "٣",
        "1 234,5", "€", "1,2.3,4", "1\u{301}", "$5.00",
    ])
    func `what is no number is left to the endpoint`(_ text: String) {
        for language in AdminLanguage.allCases { #expect(Self.read(text, language) == .other, "\(language)") }
    }

    @Test func `what a page shows is taken on the same page, however many digits it has`() throws {
        let random = RandomSource.seeded(311)
        let euro = try #require(Currency(code: "EUR"))
        let shop = AdminShop(name: "Shop", currency: euro, zone: .utc, language: "en")
        for _ in 0..<2_000 {
            let digits = (0..<(1 + random.number(below: 12))).map { _ in String(random.number(below: 10)) }.joined()
            let whole = String(digits.drop { $0 == "0" })
            let cents = [0, 1].map { _ in String(random.number(below: 10)) }.joined()
            let amount = (whole.isEmpty ? "0" : whole) + "." + cents
            for language in AdminLanguage.allCases {
                let format = AdminFormat(language: language, shop: shop)
                for shown in [format.money(amount), format.number(amount), format.typed(amount), amount] {
                    #expect(format.reading(shown) == .number(amount), "\(language) \(shown)")
                }
            }
        }
    }
}

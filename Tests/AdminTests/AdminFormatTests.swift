import AdminPages
import Commerce
import Primitives
import TestSupport
import Testing

@testable import Admin

/// Values as readers of each language expect them.
@Suite struct AdminFormatTests {
    private static func format(
        _ language: AdminLanguage, _ zone: String = "Europe/Berlin", shop tag: String = "en"
    ) throws -> AdminFormat {
        AdminFormat(
            language: language,
            shop: AdminShop(
                name: "Shop", currency: try #require(Currency(code: "EUR")), zone: try TimeZoneRules(named: zone),
                language: tag))
    }

    @Test(
        arguments: [
            ("1299.00", nil, "€1,299.00", "1.299,00\u{A0}€"), ("0.00", nil, "€0.00", "0,00\u{A0}€"),
            ("-5.50", nil, "-€5.50", "-5,50\u{A0}€"),
            ("1234567890.12", "USD", "$1,234,567,890.12", "1.234.567.890,12\u{A0}$"),
            ("100", "JPY", "¥100", "100\u{A0}¥"), ("12.345", "KWD", "KWD\u{A0}12.345", "12,345\u{A0}KWD"),
            ("-1000.00", "CHF", "CHF\u{A0}-1,000.00", "-1.000,00\u{A0}CHF"),
        ] as [(String, String?, String, String)])
    func `money is written as the language has it`(
        _ text: String, _ currency: String?, _ english: String, _ german: String
    ) throws {
        #expect(try Self.format(.english).money(text, currency: currency) == english)
        #expect(try Self.format(.german).money(text, currency: currency) == german)
    }

    @Test func `digits stand in threes as another program writes them, and none is lost`() async throws {
        let script = """
            from decimal import Decimal

            def answer(case):
                return format(Decimal(case), ",f")
            """
        let random = RandomSource.seeded(181)
        let texts = (0..<2_000).map { number in
            let digits = (0..<(1 + random.number(below: 24))).map { _ in String(random.number(below: 10)) }.joined()
            let whole = String(digits.drop { $0 == "0" })
            let fraction = (0..<random.number(below: 5)).map { _ in String(random.number(below: 10)) }.joined()
            return (number % 3 == 0 ? "-" : "") + (whole.isEmpty ? "1" : whole)
                + (fraction.isEmpty ? "" : "." + fraction)
        }
        let others = try await TestPython.answers(script, to: texts, as: String.self)
        let (english, german) = (try Self.format(.english), try Self.format(.german))
        for (text, other) in zip(texts, others) {
            #expect(english.number(text) == other, "\(text)")
            let swapped = other.map { $0 == "," ? "." : $0 == "." ? "," : String($0) }.joined()
            #expect(german.number(text) == swapped, "\(text)")
            #expect(english.number(text).filter { $0 != "," } == text)
        }
    }

    @Test(arguments: ["", "x", "1.2.3", "1,5", "1e5", "٣", "--1", "+1", ".5", " 5", "0x1", "NaN", "1\u{301}"])
    func `text that is no number stays as it is`(_ text: String) throws {
        #expect(try Self.format(.english).number(text).isSame(as: text))
        #expect(try Self.format(.german).number(text).isSame(as: text))
        #expect(try Self.format(.german).money(text).holds(text: text))
    }

    @Test func `days and moments are those of the shop's clocks`() throws {
        let (english, german) = (try Self.format(.english), try Self.format(.german))
        #expect(english.day("2026-03-09") == "9 Mar 2026" && german.day("2026-03-09") == "09.03.2026")
        #expect(english.moment("2026-07-01T22:30:59Z") == "2 Jul 2026, 00:30")
        #expect(german.moment("2026-12-31T23:30:00Z") == "01.01.2027, 00:30")
        #expect(german.field("2026-12-31T23:30:00Z") == "2027-01-01T00:30")
        #expect(german.field("2026-12-31T23:59:59Z") == "2027-01-01T00:59:59")
        // The hour that comes twice, and the one that is left out.
        #expect(english.moment("2026-10-25T00:30:00Z").hasSuffix("02:30"))
        #expect(english.moment("2026-10-25T01:30:00Z").hasSuffix("02:30"))
        #expect(english.moment("2026-03-29T00:59:00Z").hasSuffix("01:59"))
        #expect(english.moment("2026-03-29T01:00:00Z").hasSuffix("03:00"))
        #expect(try Self.format(.english, "Asia/Kolkata").moment("1969-12-31T18:29:59Z") == "31 Dec 1969, 23:59")
        for text in ["", "yesterday", "2026-02-30", "2026-13-01T00:00:00Z"] {
            #expect(english.moment(text) == text && german.day(text) == text && german.field(text) == text)
        }
    }

    @Test(
        arguments: [
            ("en-us", "11/30/2026, 4:05 PM", "9/3/2026", "30.11.2026, 16:05"),
            ("en-US", "11/30/2026, 4:05 PM", "9/3/2026", "30.11.2026, 16:05"),
            ("en_GB", "30/11/2026, 16:05", "03/09/2026", "30.11.2026, 16:05"),
            ("en-au", "30/11/2026, 4:05 pm", "03/09/2026", "30.11.2026, 16:05"),
            ("en-ca", "2026-11-30, 4:05 p.m.", "2026-09-03", "30.11.2026, 16:05"),
            ("en-za", "2026/11/30, 16:05", "2026/09/03", "30.11.2026, 16:05"),
            ("en", "30 Nov 2026, 16:05", "3 Sep 2026", "30.11.2026, 16:05"),
            ("en-Latn-us", "11/30/2026, 4:05 PM", "9/3/2026", "30.11.2026, 16:05"),
            ("en-zz", "30 Nov 2026, 16:05", "3 Sep 2026", "30.11.2026, 16:05"),
            ("de-at", "30 Nov 2026, 16:05", "3 Sep 2026", "30.11.2026, 16:05"),
            ("", "30 Nov 2026, 16:05", "3 Sep 2026", "30.11.2026, 16:05"),
        ])
    func `days and hours are written as in the country of the shop's language`(
        _ tag: String, _ moment: String, _ day: String, _ german: String
    ) throws {
        let english = try Self.format(.english, shop: tag)
        #expect(english.moment("2026-11-30T15:05:00Z") == moment && english.day("2026-09-03") == day)
        #expect(try Self.format(.german, shop: tag).moment("2026-11-30T15:05:00Z") == german)
        #expect(english.field("2026-11-30T15:05:00Z") == "2026-11-30T16:05", "inputs have what browsers read")
    }

    @Test(arguments: [
        ("00:00", "12:00 AM"), ("00:59", "12:59 AM"), ("11:59", "11:59 AM"), ("12:00", "12:00 PM"),
        ("13:01", "1:01 PM"), ("23:59", "11:59 PM"),
    ])
    func `a clock of twelve hours has no hour zero`(_ hour: String, _ written: String) throws {
        let format = try Self.format(.english, "UTC", shop: "en-us")
        #expect(format.moment("2026-11-30T\(hour):00Z") == "11/30/2026, " + written)
    }

    @Test func `an axis names days that nobody mistakes for months`() throws {
        #expect(try Self.format(.english, shop: "en-us").shortDay("2026-03-09") == "Mar 9")
        #expect(try Self.format(.english, shop: "en-gb").shortDay("2026-03-09") == "9 Mar")
        #expect(try Self.format(.german, shop: "en-us").shortDay("2026-03-09") == "9.3.")
    }

    @Test(arguments: [
        ("1299.00", "1299.00", "1299,00"), ("-0.125", "-0.125", "-0,125"), ("12", "12", "12"), ("x", "x", "x"),
        ("1.2.3", "1.2.3", "1.2.3"),
    ])
    func `a number is typed with the mark of the language, and read as what it was`(
        _ text: String, _ english: String, _ german: String
    ) throws {
        for (language, typed) in [(AdminLanguage.english, english), (AdminLanguage.german, german)] {
            let format = try Self.format(language)
            #expect(format.typed(text) == typed)
            if AdminFormat.isNumber(text) { #expect(format.reading(typed) == .number(text), "\(language)") }
        }
    }
}

/// Fractions and percentages, which are one another's text with the point moved.
@Suite struct AdminRateTests {
    @Test(arguments: [
        ("0.19", "19"), ("0.0725", "7.25"), ("1", "100"), ("0", "0"), ("0.000001", "0.0001"), ("12.5", "1250"),
        ("-0.05", "-5"), ("0.190", "19"),
    ])
    func `a fraction is shown as a percentage and entered as one`(_ fraction: String, _ percent: String) throws {
        #expect(AdminRate.percent(fraction) == percent)
        let back = try #require(AdminRate.fraction(percent))
        #expect(AdminRate.percent(back) == percent)
    }

    @Test(arguments: [
        ("19", "0.19"), ("19%", "0.19"), ("19 %", "0.19"), ("19,5", "0.195"), ("19.0", "0.19"),
        ("7,25\u{A0}%", "0.0725"),
        (" 5 ", "0.05"), ("0", "0"), ("100", "1"), ("-3", "-0.03"), ("0,01", "0.0001"),
    ])
    func `a percentage is taken as people write it`(_ entered: String, _ fraction: String) {
        #expect(AdminRate.fraction(entered) == fraction)
    }

    @Test(arguments: ["", "x", "%", "1.2.3", "1e2", "٣", "1 2", "--1", String(repeating: "9", count: 31)])
    func `what is no number is none`(_ text: String) {
        #expect(AdminRate.fraction(text) == nil && AdminRate.percent(text) == nil)
    }

    @Test func `the point is moved exactly, however many digits there are`() async throws {
        let script = """
            import decimal

            decimal.getcontext().prec = 60

            def plain(number):
                text = format(number, "f")
                return text.rstrip("0").rstrip(".") if "." in text else text

            def answer(case):
                return [plain(decimal.Decimal(case) * 100), plain(decimal.Decimal(case) / 100)]
            """
        let random = RandomSource.seeded(191)
        let texts = (0..<2_000).map { _ in
            let whole = (0..<(1 + random.number(below: 12))).map { _ in String(random.number(below: 10)) }.joined()
            let fraction = (0..<random.number(below: 10)).map { _ in String(random.number(below: 10)) }.joined()
            return fraction.isEmpty ? whole : whole + "." + fraction
        }
        let others = try await TestPython.answers(script, to: texts, as: [String].self)
        for (text, other) in zip(texts, others) {
            #expect(AdminRate.percent(text) == other[0], "\(text)")
            #expect(AdminRate.fraction(text) == other[1], "\(text)")
        }
    }
}

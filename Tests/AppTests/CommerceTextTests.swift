import AppHarness
import Primitives
import SQL
import TestSupport
import Testing

@testable import Commerce

/// Texts that stand for something: addresses, numbers, codes, slugs.
@Suite struct CommerceTextTests {
    @Test(arguments: [
        ("Ada@Example.COM", "ada@example.com"), ("a.b+c@d-e.fr", "a.b+c@d-e.fr"), ("o'hara@x.ie", "o'hara@x.ie"),
        ("a@b.c.d.e.info", "a@b.c.d.e.info"), ("info@xn--mller-kva.de", "info@müller.de"),
        ("info@MÜLLER.de", "info@müller.de"),
        ("1@2.de", "1@2.de"), ("!#$%&'*+/=?^_`{|}~-@x.de", "!#$%&'*+/=?^_`{|}~-@x.de"),
    ])
    func `an address is compared in small letters and as people read its domain`(_ text: String, _ expected: String) {
        #expect(EmailAddress(text)?.text == expected)
        #expect(EmailAddress(expected)?.text == expected)
        #expect(EmailAddress(text)?.ascii.utf8.allSatisfy { $0 < 0x80 } == true)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b.de", "a@b", "a@@b.de", "a@b@c.de", " a@b.de", "a@b.de ", "a b@c.de", ".a@b.de",
        "a.@b.de",
        "a..b@c.de", "a@.de", "a@b.", "a@-b.de", "a@b-.de", "a@b..de", "a@b_c.de", "ä@b.de", "a@b.de\n", "a\u{0}@b.de",
        "a@ⓖmail.com", "a@\u{212A}.de", "\"a\"@b.de", "a@[127.0.0.1]", "a,b@c.de", "a@b.de,c@d.de", "<a@b.de>",
    ])
    func `what is no address that a mail can go to is refused`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `the parts of an address have the lengths of RFC 5321`() {
        let (local, label) = (String(repeating: "a", count: 64), String(repeating: "b", count: 63))
        #expect(EmailAddress("\(local)@\(label).de") != nil)
        #expect(EmailAddress("\(local)a@\(label).de") == nil)
        #expect(EmailAddress("\(local)@\(label)b.de") == nil)
        #expect(EmailAddress("a@" + String(repeating: "b.", count: 125) + "de") != nil)
        #expect(EmailAddress("a@" + String(repeating: "b.", count: 126) + "de") == nil)
    }

    @Test func `both spellings of an international address are one`() throws {
        let (read, wired) = (
            try #require(EmailAddress("a@müller.de")), try #require(EmailAddress("a@xn--mller-kva.de"))
        )
        #expect(read == wired && Set(read.spellings) == ["a@müller.de", "a@xn--mller-kva.de"])
        #expect(EmailAddress("a@example.com")?.spellings == ["a@example.com"])
        #expect(read.domain == "müller.de")
    }

    @Test(arguments: [
        ("+49 30 123456", "+4930123456"), ("(030) 12-34.56/7", "03012345 67".filter { $0 != " " }),
        ("1234567", "1234567"),
        ("+1 (202) 555-0123", "+12025550123"), ("123456789012345", "123456789012345"),
    ])
    func `a number is its digits, however people write it`(_ text: String, _ expected: String) {
        #expect(PhoneNumber(text)?.text == expected)
    }

    @Test(arguments: [
        // Marks of direction around a number of an address book, a byte order mark, a joiner, a soft hyphen.
        ("\u{202A}+49 30 123456\u{202C}", "+4930123456"), ("\u{FEFF}+4930123456", "+4930123456"),
        ("+49\u{2060}30\u{200B}123456", "+4930123456"), ("+49\u{AD}30123456\u{FE0F}", "+4930123456"),
        // Spaces and dashes of Unicode.
        ("+49\u{A0}30\u{202F}12\u{2009}34\u{3000}56", "+4930123456"), ("+49\t30 123456", "+4930123456"),
        ("030\u{2010}12\u{2011}34\u{2013}56\u{2014}7", "0301234567"),
        ("030\u{2212}1234\u{FF0D}567\u{FE63}", "0301234567"), ("030·123·4567", "0301234567"),
    ])
    func `what only dresses a number, or is not seen, is no part of it`(_ text: String, _ expected: String) {
        #expect(PhoneNumber(text)?.text == expected)
    }

    @Test(arguments: [
        ("+49 (0)30 123456", "+4930123456"), ("+49(0) 30 123456", "+4930123456"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("+353 (0) 1 234 5678", "+35312345678"), ("+49 (030) 123456", "+4930123456"),
        ("0049 (0)30 123456", "004930123456"), ("\u{202A}+49\u{A0}(0)\u{A0}30 123456", "+4930123456"),
        // Here the zero is a part of the number, from abroad as well.
        ("+39 (0)6 698 12345", "+390669812345"), ("+225 (0)7 12 34 56 78", "+2250712345678"),
        // Within a country it is dialed.
        ("(0)30 123456", "030123456"), ("(030) 123456", "030123456"),
    ])
    func `the zero in parentheses after a country's code is dialed within the country alone`(
        _ text: String, _ expected: String
    ) {
        #expect(PhoneNumber(text)?.text == expected)
    }

    @Test(
        arguments: [
            ("52.520006599999996", 52_520_007), ("-33.8688", -33_868_800), ("0.0000005", 1), ("0.00000049999", 0),
            ("-0.0000005", -1), ("1e-7", 0), ("5E-7", 1), ("-1.25e1", -12_500_000), ("1.5e+2", 150_000_000),
            ("7", 7_000_000),
            ("0.9999995", 1_000_000), ("0" + "." + String(repeating: "3", count: 400), 333_333), ("1e-400", 0),
            ("0e400", 0), ("", nil), (".5", nil), ("5.", nil), ("1e", nil), ("1e1e1", nil), ("--1", nil), ("+1", nil),
            ("1,5", nil), ("north", nil), ("٣", nil), ("1e400", nil), ("9223372036854775807", nil), ("1e401", nil),
        ] as [(String, Int64?)])
    func `a number with more decimals than are kept is rounded`(_ text: String, _ expected: Int64?) {
        #expect(Int64(rounding: text, scale: 6) == expected)
    }

    @Test func `addresses of a country that is one town name none`() {
        let codes = ["SG", "GI", "MC", "VA", "HK", "DE", "US", "XK", ""]
        #expect(codes.map { Country.hasTowns($0) } == [false, false, false, false, false, true, true, true, true])
    }

    @Test(arguments: [
        "", "123456", "1234567890123456", "+0123456789", "++4930123456", "49+30123456", "12345a7", "１２３４５６７", "+",
        "()()--..",
        "1234567\u{301}", "123 4567 ext 8",
    ])
    func `what cannot be dialled is refused`(_ text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(arguments: [
        ("Blue Hat", "blue-hat"), ("  Crème  BRÛLÉE!! ", "creme-brulee"), ("Ærø & Søn", "aero-son"),
        ("Straße", "strasse"),
        ("Ελλάδα", "ellada"), ("Москва", "moskva"), ("3 in 1", "3-in-1"), ("Ada's hat", "adas-hat"),
        ("---a---b---", "a-b"),
        ("42", "product-42"), ("日本", "product"), ("", "product"), ("a_b.c", "a-b-c"),
    ])
    func `a slug is made of what can be read of a name`(_ name: String, _ expected: String) {
        #expect(Slug(name, kind: "product").description == expected)
    }

    @Test func `every slug that is made is one, whatever it is made of`() {
        for text in Self.texts(20_000, seed: 161) {
            let slug = Slug(text, kind: "product").description
            #expect(Slug(exact: slug)?.description == slug, "\(Array(text.unicodeScalars))")
            #expect(Reference(slug) == .slug(slug), "a slug is never taken for an id")
        }
        #expect(Slug(String(repeating: "long name ", count: 50), kind: "x").description.utf8.count <= Slug.maxLength)
    }

    @Test(arguments: [
        "", "-a", "a-", "a--b", "A", "ä", "7", "1-2", "a b", "a_b", "a/b", "a\u{301}",
        String(repeating: "a", count: 201),
    ])
    func `what is no slug is not taken for one`(_ text: String) {
        #expect(Slug(exact: text) == nil)
    }

    @Test func `a slug that is taken gets the first free number`() {
        let slug = Slug("Hat", kind: "product")
        #expect(slug.firstFree(besides: []) == "hat" && slug.firstFree(besides: ["cap"]) == "hat")
        #expect(
            slug.firstFree(besides: ["hat"]) == "hat-2"
                && slug.firstFree(besides: ["hat", "hat-2", "hat-4"]) == "hat-3")
    }

    @Test(arguments: [
        ("7", Reference.id(7)), ("007", .id(7)), ("9223372036854775807", .id(.max)), ("0", .slug("0")),
        ("-7", .slug("-7")),
        ("+7", .slug("+7")), ("9223372036854775808", .slug("9223372036854775808")), ("hat", .slug("hat")),
        ("7a", .slug("7a")),
        (" 7", .slug(" 7")), ("٧", .slug("٧")), ("", .slug("")),
    ])
    func `a whole positive number names an id, all else a slug`(_ text: String, _ expected: Reference) {
        #expect(Reference(text) == expected)
    }

    @Test func `a country is named by two letters of ASCII in either case`() {
        #expect(Country.code("de") == "DE" && Country.code("Gb") == "GB")
        for text in ["", "D", "DEU", "XX", "D E", "ß", "ﬁ", "ıt", "de ", "D\u{301}E", "ＤＥ"] {
            #expect(Country.code(text) == nil, "\(text)")
        }
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        #expect(letters.flatMap { first in letters.map { "\(first)\($0)" } }.count { Country.code($0) != nil } == 250)
        #expect(Country.code("xk") == "XK", "Kosovo, which ISO 3166-1 does not have")
    }

    @Test func `a currency is one that is in use, with the decimals of ISO 4217`() {
        for (code, decimals) in [("USD", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0), ("TND", 3)] {
            #expect(Currency(code: code)?.decimals == decimals)
        }
        for code in ["", "usd", "US", "DEM", "XXX", "BTC", "US D"] { #expect(Currency(code: code) == nil, "\(code)") }
    }

    @Test(arguments: [
        ("abcdefghijklmnop", true), (String(repeating: "a", count: 64), true), ("AZaz09-_AZaz09-_", true),
        ("abcdefghijklmno", false),
        (String(repeating: "a", count: 65), false), ("abcdefghijklmno ", false), ("abcdefghijklmnoé", false),
        ("", false),
        ("abcdefghijklmno;", false),
    ])
    func `a guest's key is one that the shop could have made`(_ text: String, _ isKey: Bool) {
        #expect((SessionKey(text) != nil) == isKey)
    }

    @Test(arguments: [
        ("Crème BRÛLÉE", "creme brulee"), ("ŁÓDŹ", "lodz"), ("ﬁne", "fine"), ("Ｆｕｌｌ", "full"), ("٣٤", "34"),
        ("Ⅳ", "iv"),
        ("a\u{AD}b\u{200D}c", "abc"), ("e\u{301}", "e"), ("ñ", "n"), ("İstanbul", "istanbul"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ])
    func `text is compared without case, accents and ways to write it`(_ text: String, _ folded: String) {
        #expect(TextFolding.fold(text) == folded || TextFolding.fold(text) == TextFolding.fold(folded))
    }

    @Test func `folded text stays as it is when it is folded again`() {
        for text in Self.texts(20_000, seed: 162) {
            let once = TextFolding.fold(text)
            #expect(TextFolding.fold(once).utf8.elementsEqual(once.utf8), "\(Array(text.unicodeScalars))")
        }
    }

    @Test func `capitals and both ways to write an accent fold alike`() async throws {
        let script = """
            import unicodedata

            def answer(case):
                known = all(unicodedata.category(mark) not in ("Cn", "Co", "Cs") for mark in case)
                return [unicodedata.normalize("NFD", case), unicodedata.normalize("NFC", case)] if known else []
            """
        let texts = (0xC0...0x24F).compactMap { Unicode.Scalar($0).map { String($0) } } + Self.texts(2_000, seed: 163)
        for (text, forms) in zip(texts, try await TestPython.answers(script, to: texts, as: [String].self)) {
            for form in forms {
                #expect(
                    TextFolding.fold(form).utf8.elementsEqual(TextFolding.fold(text).utf8),
                    "\(Array(text.unicodeScalars))")
            }
        }
    }

    @Test func `errors name their place on one line, and say when there are none`() {
        #expect(FieldErrors.elements([.members([:]), .messages([])]).isEmpty && FieldErrors.members([:]).isEmpty)
        #expect(!FieldErrors.members(["a": .messages(["no"])]).isEmpty)
        let error = ValidationError("a", "no").within("b")
        #expect(error.description == "b.a: no" && ValidationError("a", "no").within(nil) == ValidationError("a", "no"))
        #expect(error.errors.json == .object(["b": .object(["a": .array([.string("no")])])]))
    }

    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        let random = RandomSource.seeded(seed)
        let letters = Array("aZ09 -_.'’/éßÆøΣжЩ日\u{301}\u{200D}ﬁ".unicodeScalars)
        return (0..<count).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<random.number(below: 9)).map { _ in
                        random.number(below: 3) == 0
                            ? Unicode.Scalar(UInt32(random.number(below: 0x2_0000))) ?? "x"
                            : letters[random.number(below: letters.count)]
                    }))
        }
    }
}

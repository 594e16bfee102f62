import AppHarness
import FoundationEssentials
import Primitives
import TestSupport
import Testing

@testable import Documents

/// Bar codes, by worked examples and by what other programs read in them.
@Suite struct BarcodeTests {
    @Test(arguments: [
        ("Wikipedia", [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]),
        ("HI345678", [104, 40, 41, 99, 34, 56, 78, 68, 106]), ("12345678", [105, 12, 34, 56, 78, 47, 106]),
        ("K7QZM2P4XR", [104, 43, 23, 49, 58, 45, 18, 48, 20, 56, 50, 36, 106]),
    ])
    func `Code 128 has the symbols and the check character of worked examples`(_ text: String, _ symbols: [Int]) {
        #expect(Code128.symbols(of: Array(text.utf8)) == symbols)
    }

    @Test(arguments: [
        ("7", 1), ("12", 1), ("123", 3), ("1234", 2), ("12345", 4), ("A1234", 4), ("A12345", 5), ("AB123456C", 8),
        ("A1234B", 6),
    ])
    func `digits are drawn in pairs where that is shorter`(_ text: String, _ data: Int) {
        #expect(Code128.symbols(of: Array(text.utf8)).count == data + 3, "start, data, check and stop")
    }

    @Test(arguments: ["", "ä", "a\nb", "a\u{0}", "\u{7F}", "１２３４", "🎉"])
    func `Code 128 takes nothing but printable ASCII`(_ text: String) {
        #expect(Barcode(code128: text) == nil)
    }

    @Test(arguments: [
        "4006381333931", "5901234123457", "9780306406157", "0012345678905", "0000000000000", "9999999999994",
    ])
    func `an EAN has the check digit of the others, and no other digit will do`(_ text: String) throws {
        let code = try #require(Barcode(ean13: text))
        #expect(code.widths.count == 59 && code.widths.reduce(0, +) == 95)
        for place in 0..<13 {
            var digits = Array(text.utf8)
            digits[place] = digits[place] == UInt8(ascii: "9") ? UInt8(ascii: "0") : digits[place] + 1
            #expect(Barcode(ean13: String(decoding: digits, as: UTF8.self)) == nil, "\(place)")
        }
        for other in [String(text.dropLast()), "0" + text, text + " ", "X\(text.dropFirst())", ""] {
            #expect(Barcode(ean13: other) == nil, "\(other)")
        }
    }

    @Test func `a reader finds in the bars what was put in`() async throws {
        struct Case: Encodable, Sendable {
            let widths: [Int]
            let before: Int
            let after: Int
        }
        struct Found: Decodable, Sendable, Equatable {
            let format: String
            let text: String
        }
        let script = """
            import zxingcpp
            from PIL import Image, ImageDraw

            def answer(case):
                module = 3
                width = module * (case["before"] + sum(case["widths"]) + case["after"])
                image = Image.new("L", (width, 80), 255)
                draw = ImageDraw.Draw(image)
                place = module * case["before"]
                for index, count in enumerate(case["widths"]):
                    if index % 2 == 0:
                        draw.rectangle([place, 5, place + count * module - 1, 74], fill=0)
                    place += count * module
                return [{"format": code.format.name, "text": code.text} for code in zxingcpp.read_barcodes(image)]
            """
        let codes = Self.texts.compactMap { Barcode(code128: $0) } + Self.numbers.compactMap { Barcode(ean13: $0) }
        #expect(codes.count == Self.texts.count + Self.numbers.count)
        let cases = codes.map { Case(widths: $0.widths, before: $0.quietZone.before, after: $0.quietZone.after) }
        for (code, found) in zip(codes, try await TestPython.answers(script, to: cases, as: [Found].self)) {
            let format = code.symbology == .code128 ? "Code128" : "EAN13"
            #expect(found == [Found(format: format, text: code.text)], "\(code.text)")
        }
    }

    @Test func `a scanner reads the codes of a printed slip, each document on pages of its own`() async throws {
        let numbers = Array(Self.numbers.prefix(30))
        let first = Self.slip("K7QZM2P4XR", rows: numbers + ["SKU-1"])
        let second = Self.slip("ABCDE12345", rows: ["4006381333931"])
        let pdf = try CommercialDocument.pdf(of: [first, second], title: "Slips")
        let read = try await PaperReader.barcodes(pdf)
        #expect(Set(read) == Set(numbers + ["K7QZM2P4XR", "ABCDE12345", "4006381333931"]), "\(read)")
        let pages = try await PaperReader.text(pdf).split(separator: "\u{0C}").filter { !$0.allSatisfy(\.isWhitespace) }
        let long = pages.count - 1
        try #require(long > 1, "\(pages)")
        for (index, page) in pages.prefix(long).enumerated() {
            #expect(page.contains("Slip K7QZM2P4XR") && page.contains("Page \(index + 1) of \(long)"), "\(page)")
        }
        #expect(pages[long].contains("Slip ABCDE12345") && pages[long].contains("Page 1 of 1"), "\(pages[long])")
        for number in numbers { #expect(pages.contains { $0.contains(number) }, "\(number)") }
    }

    @Test func `a document that was stored before there were bar codes is drawn as it was`() throws {
        let plain = Self.slip(nil, rows: ["SKU-1"])
        let text = String(decoding: try JSONBytes.encode(plain, keys: .asDeclared), as: UTF8.self)
        let older = text.replacing(#","barcode":null,"rowBarcodes":null"#, with: "")
        try #require(older != text, "\(text)")
        let read = try JSONDecoder().decode(CommercialDocument.self, from: Data(older.utf8))
        let (before, now) = (try read.pdf(), try plain.pdf())
        #expect(read == plain && before == now)
    }

    @Test func `there is no document of none`() {
        #expect(throws: DocumentError.unavailable) { try CommercialDocument.pdf(of: [], title: "Nothing") }
    }

    private static let texts: [String] = {
        let random = RandomSource.seeded(128)
        return (0..<200).map { number in
            let letters = (0...(number % 20)).map { _ in
                random.number(below: 2) == 0 ? 0x30 + random.number(below: 10) : 0x20 + random.number(below: 95)
            }
            return String(decoding: letters.map { UInt8($0) }, as: UTF8.self)
        }
    }()

    private static let numbers: [String] = {
        let random = RandomSource.seeded(13)
        return (0..<100).map { _ in
            let digits = (0..<12).map { _ in random.number(below: 10) }
            return (digits + [EAN13.checkDigit(of: digits)]).map { String($0) }.joined()
        }
    }()

    /// Returns a slip of an order of this number, nil for one without bar codes.
    private static func slip(_ number: String?, rows: [String]) -> CommercialDocument {
        CommercialDocument(
            title: "Slip \(number ?? "")", issuer: "Shop", issuerLines: [],
            issuedAt: .init(year: 2_026, month: 11, day: 24, hour: 7, minute: 0, second: 0),
            blocks: [.init("SHIP TO", ["Ada Lovelace", "London"])], facts: [.init("Date", "2026-11-24")],
            columns: [.init("SKU", share: 25), .init("Description", share: 75)],
            rows: rows.map {
                [$0, "Something with a long name that takes the room of more than one line, and then some more"]
            },
            totals: [], barcode: number.flatMap { Barcode(code128: $0) },
            rowBarcodes: number.map { _ in rows.map { Barcode(ean13: $0) } })
    }
}

import Primitives
import TestSupport
import Testing

@testable import Workbooks

/// Excel workbooks, packed by another program.
@Suite(.timeLimit(.minutes(5)))
struct WorkbookTests {
    private static func rows(_ file: WorkbookFile) async throws -> [Workbook.Row] {
        let packed = try await WorkbookFile.packed([file])
        return try Workbook(try #require(packed.first)).rows
    }

    @Test func `cells are texts, numbers, yes and no as they were typed, in their columns`() async throws {
        let rows = """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>\
            <row r="4"><c r="B4"><v>19.989999999999998</v></c><c r="C4" t="b"><v>1</v></c>\
            <c r="D4" t="inlineStr"><is><t>in line</t></is></c><c r="E4" t="str"><f>A1&amp;"x"</f><v>came to</v></c></row>\
            <row r="5"><c r="A5"/><c r="B5"><v></v></c></row>\
            <row><c><v>7</v></c><c/><c t="e"><v>#REF!</v></c></row>
            """
        let texts = ["<t>sku &amp; more</t>", "<r><t>Zoë</t></r><r><t> Łaska_x000D_</t></r><rPh><t>no</t></rPh>"]
        for isDeflated in [true, false] {
            var file = WorkbookFile(rows: rows, texts: texts)
            file.isDeflated = isDeflated
            let read = try await Self.rows(file)
            #expect(read.map(\.number) == [1, 4, 5])
            #expect(
                read.map(\.cells) == [
                    ["sku & more", "", "Zoë Łaska\r"], ["", "19.99", "true", "in line", "came to"], ["7", "", "#REF!"],
                ])
        }
    }

    @Test(
        arguments: [
            ("19.989999999999998", "19.99"), ("0.1", "0.1"), ("0.30000000000000004", "0.3"), ("1E-6", "0.000001"),
            ("1.5E+3", "1500"), ("4006381333931", "4006381333931"), ("-0.5", "-0.5"), ("0", "0"), ("-0", "0"),
            ("100", "100"), ("0.99999999999999989", "1"), ("999999999999999.9", "1000000000000000"), ("00.50", "0.5"),
            ("12.", "12"), ("1e400", nil), ("1.2.3", nil), ("", nil), ("abc", nil), ("1e", nil),
            ("1e-9223372036854775808", nil), ("1e40", "1" + String(repeating: "0", count: 40)),
        ] as [(String, String?)])
    func `numbers are rounded to the digits that Excel shows`(_ stored: String, _ typed: String?) {
        #expect(CellNumber.plain(stored) == typed)
    }

    @Test(
        arguments: [
            ("1", false, "1900-01-01"), ("59", false, "1900-02-28"), ("61", false, "1900-03-01"),
            ("46356", false, "2026-11-30"), ("46356.5", false, "2026-11-30T12:00:00"), ("0.25", false, "06:00:00"),
            ("0", true, "1904-01-01"), ("44894", true, "2026-11-30"), ("-1", false, nil), ("3000000", false, nil),
        ] as [(String, Bool, String?)])
    func `days and times are written as they are everywhere`(_ number: String, _ from1904: Bool, _ text: String?) {
        #expect(CellMoment.text(number, from1904: from1904) == text)
    }

    @Test(arguments: [
        ("yyyy\\-mm\\-dd", true), ("[$-407]d. mmmm yyyy", true), ("h:mm", true), ("General", false), ("0.00", false),
        ("#,##0.00\\ \"days\"", false), ("[Red]0.00", false), ("0.00E+00", false), ("@", false),
    ])
    func `a format is one of days by its letters outside of quotation marks`(_ code: String, _ isMoment: Bool) {
        #expect(CellFormats.isMoment(code) == isMoment)
    }

    @Test func `a number with the format of a day is a day`() async throws {
        let styles = """
            <styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/>\
            <xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs></styleSheet>
            """
        let cells = (0...3).map { "<c s=\"\($0)\"><v>46356</v></c>" }.joined()
        let read = try await Self.rows(WorkbookFile(rows: "<row>\(cells)</row>", styles: styles))
        #expect(read.map(\.cells) == [["46356", "2026-11-30", "2026-11-30", "46356"]])
    }

    @Test func `what is another file, is broken or would fill the memory is refused`() async throws {
        let wide = WorkbookFile(rows: "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")
        let lost = WorkbookFile(rows: "<row><c t=\"s\"><v>9</v></c></row>")
        let far = WorkbookFile(rows: "<row r=\"\(Int.max)\"><c><v>1</v></c></row><row><c><v>1</v></c></row>")
        let typed = WorkbookFile(rows: "<!DOCTYPE a [<!ENTITY e \"x\">]>")
        var bomb = WorkbookFile(rows: "<row><c><v>1</v></c></row>")
        bomb.blankTexts = 65 << 20
        var other = WorkbookFile(rows: "")
        other.parts = ["mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"]
        let files = try await WorkbookFile.packed([wide, lost, typed, bomb, other, far])
        let expected: [WorkbookError] = [.tooLarge, .unreadable, .unreadable, .tooLarge, .openDocument, .unreadable]
        for (bytes, error) in zip(files, expected) { #expect(throws: error) { try Workbook(bytes) } }
        #expect(files[3].count < 1 << 20)
        #expect(throws: WorkbookError.oldOrLocked) { try Workbook([0xD0, 0xCF, 0x11, 0xE0, 0, 0]) }
        #expect(throws: WorkbookError.unreadable) { try Workbook(Array("PK\u{3}\u{4}".utf8)) }
    }

    @Test(arguments: 1...4)
    func `no damage is too strange: it is rows or an error`(_ seed: UInt64) async throws {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>2.5</v></c></row>"
        let packed = try await WorkbookFile.packed([WorkbookFile(rows: rows, texts: ["<t>sku</t>"])])
        let whole = try #require(packed.first)
        let random = RandomSource.seeded(seed)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0...random.number(below: 4) {
                bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
            }
            if random.number(below: 4) == 0 { bytes.removeLast(random.number(below: bytes.count)) }
            guard let read = try? Workbook(bytes) else { continue }
            #expect(read.rows.allSatisfy { $0.cells.count <= WorkbookLimits.columns })
        }
    }
}

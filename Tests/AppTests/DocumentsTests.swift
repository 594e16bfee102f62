import AppHarness
import Documents
import Primitives
import TestSupport
import Testing

@Suite struct DocumentsTests {
    @Test func `letters of four scripts are written and can be read again`() async throws {
        let names = ["Zażółć gęślą jaźń", "Příliš žluťoučký kůň", "Ξεσκεπάζω την ψυχοφθόρα", "Съешь ещё этих булок"]
        let pdf = try Self.document(rows: names.map { [$0, "SKU", "1"] }).pdf()
        let text = try await PaperReader.text(pdf)
        for name in names { #expect(text.contains(name), "\(name)") }
        let fonts = try await PaperReader.fonts(pdf)
        #expect(fonts.contains("DejaVuSans") && fonts.contains("CID TrueType"))
        #expect(!fonts.split(separator: "\n").dropFirst(2).contains { $0.contains(" no  no ") }, "\(fonts)")
        #expect(pdf.count < 250_000, "\(pdf.count)")
    }

    @Test func `a long table goes on under its titles, page after page, and the totals stay together`() async throws {
        for count in [0, 1, 30, 45, 46, 47, 48, 49, 50, 500] {
            let pdf = try Self.document(rows: (0..<count).map { ["Product number \($0)", "SKU-\($0)", "1"] }).pdf()
            let pages = try await PaperReader.text(pdf).split(separator: "\u{0C}").filter {
                !$0.allSatisfy(\.isWhitespace)
            }
            #expect(pages.count >= count / 60 && pages.count <= count / 40 + 2, "\(count): \(pages.count)")
            for (index, page) in pages.enumerated() {
                #expect(page.contains("Page \(index + 1) of \(pages.count)"))
                if page.contains("Product number") { #expect(page.contains("Description")) }
            }
            let ends = pages.filter { $0.contains("Subtotal") || $0.contains("Grand total") }
            #expect(ends.count == 1 && ends[0].contains("Subtotal") && ends[0].contains("Grand total"))
            let rows = pages.joined().matches(of: /Product number \d+/).count
            #expect(rows == count)
        }
    }

    @Test(arguments: [
        String(repeating: "x", count: 2_000), "emoji 🎉 and 漢字", "tab\tand\nline\r\nand \u{0}nul", "\u{202E}turned",
        "שלום עולם", "((\\)) <b>&amp;</b> %PDF", "", " ", String(repeating: "word ", count: 400),
    ])
    func `hostile text neither breaks a document nor leaves its column`(_ text: String) async throws {
        let pdf = try Self.document(title: text, rows: [[text, text, text], ["Last", "line", "2"]]).pdf()
        let read = try await PaperReader.text(pdf)
        #expect(read.contains("Last") && read.contains("Grand total"))
    }

    @Test func `the same document gives the same bytes, on many threads at once`() async throws {
        let document = Self.document(rows: (0..<20).map { ["Product number \($0)", "SKU-\($0)", "1"] })
        let first = try document.pdf()
        let threads = WorkThreads(count: 4, limit: 100)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<24 { group.addTask { try await threads.run { try document.pdf() } } }
            for try await bytes in group { #expect(bytes == first) }
        }
    }

    private static func document(title: String = "Invoice INV-2026-000001", rows: [[String]]) -> CommercialDocument {
        CommercialDocument(
            title: title, issuer: "Zażółć", issuerLines: ["1 Main Street", "VAT 1"],
            issuedAt: .init(year: 2_026, month: 11, day: 24, hour: 7, minute: 0, second: 0),
            blocks: [.init("BILL TO", ["Ada Lovelace", "1 Engine Street", "London"]), .init("SHIP TO", ["Ada"])],
            facts: [.init("Date", "2026-11-24"), .init("Order", "A1", isStrong: true)],
            columns: [
                .init("Description", share: 5), .init("SKU", share: 2), .init("Quantity", share: 1, isFigure: true),
            ], rows: rows,
            totals: [
                .init("Subtotal", "1.00"), .init("Tax", "0.20"), .init("Grand total", "1.20 USD", isStrong: true),
            ],
            remarks: ["Thank you."])
    }
}

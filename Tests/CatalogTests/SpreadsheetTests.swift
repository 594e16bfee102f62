import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// The same two products as ten people save them: in several programs, languages and encodings.
@Suite(.timeLimit(.minutes(10)))
struct SpreadsheetTests {
    private static let german =
        "sku;name;category;price;weight;is_active\r\nL-1;Große Lampe;Lampen;\"1.234,50\";0,35;WAHR\r\n"
        + "L-2;Café „Noir“;Lampen > Tisch;12,50 €;;FALSCH\r\n"
    private static let french =
        "sku;name;category;price;weight;is_active\r\nL-1;Große Lampe;lampen;1\u{A0}234,50 €;0,35;VRAI\r\n"
        + "L-2;Café „Noir“;Tisch;12,50 €;;FAUX\r\n"
    private static let american =
        "SKU,Name,Category,Price,Weight,Is active,\r\nL-1,Große Lampe,Lampen,1234.5,0.35,TRUE,\r\n,,,,,,\r\n"
        + "L-2,Café „Noir“,Lampen > Tisch,12.5,,FALSE,\r\n,,,,,,\r\n"
    private static let quoted =
        "\"sku\",\"name\",\"category\",\"price\",\"weight\",\"is_active\"\n"
        + "\"L-1\",\"Große Lampe\",\"lampen\",\"1234.50\",\"0.35\",\"true\"\n"
        + "\"L-2\",\"Café „Noir“\",\"tisch\",\"12.50\",\"\",\"false\""

    /// The rows of a workbook: texts that cells name, numbers as binary fractions, yes and no.
    private static let excel = """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>\
        <c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>\
        <row r="2"><c r="A2" t="s"><v>6</v></c><c r="B2" t="s"><v>7</v></c><c r="C2" t="s"><v>8</v></c>\
        <c r="D2"><v>1234.5</v></c><c r="E2"><v>0.34999999999999998</v></c><c r="F2" t="b"><v>1</v></c></row>\
        <row r="3"><c r="A3" t="s"><v>9</v></c><c r="B3" t="s"><v>10</v></c><c r="C3" t="s"><v>11</v></c>\
        <c r="D3"><v>12.5</v></c><c r="F3" t="b"><v>0</v></c></row>
        """
    private static let texts = [
        "sku", "name", "category", "price", "weight", "is_active", "L-1", "Große Lampe", "Lampen", "L-2", "Café „Noir“",
        "Lampen &gt; Tisch",
    ]
    /// What other programs write: texts in the cells, rows without numbers, an empty column beside the table.
    private static let plain = [
        ["sku", "name", "category", "price", "weight", "is_active", ""],
        ["L-1", "Große Lampe", "lampen", "1234,50", "0.35", "ja", ""],
        ["L-2", "Café „Noir“", "tisch", "12,50", "", "nein", ""],
    ]

    private static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static func windows1252(_ text: String) -> [UInt8] {
        let upper: [UInt32: UInt8] = [0x201E: 0x84, 0x201C: 0x93, 0x20AC: 0x80]
        return text.unicodeScalars.map { upper[$0.value] ?? UInt8($0.value) }
    }

    private static func inline(_ rows: [[String]]) -> String {
        rows.map { row in
            "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
        }.joined()
    }

    /// Packs sheets as workbooks, deflated and stored.
    private static func workbooks(_ sheets: [(rows: String, texts: [String])]) async throws -> [[UInt8]] {
        struct Sheet: Encodable {
            let rows: String
            let texts: [String]
        }
        let script = """
            import base64, io, zipfile

            def answer(case):
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if case["texts"] else zipfile.ZIP_STORED) as packed:
                    packed.writestr("xl/workbook.xml", '<workbook xmlns:r="urn:r"><sheets>'
                                    '<sheet name="Goods" sheetId="1" r:id="rId1"/></sheets></workbook>')
                    packed.writestr("xl/_rels/workbook.xml.rels", '<Relationships>'
                                    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')
                    packed.writestr("xl/worksheets/sheet1.xml",
                                    "<worksheet><sheetData>" + case["rows"] + "</sheetData></worksheet>")
                    packed.writestr("xl/sharedStrings.xml",
                                    "<sst>" + "".join(f"<si><t>{t}</t></si>" for t in case["texts"]) + "</sst>")
                return base64.b64encode(out.getvalue()).decode()
            """
        let packed = try await TestPython.answers(
            script, to: sheets.map { Sheet(rows: $0.rows, texts: $0.texts) }, as: String.self)
        return packed.map { Base64.decode($0) ?? [] }
    }

    private static func files() async throws -> [(name: String, bytes: [UInt8])] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let books = try await workbooks([(excel, texts), (inline(plain), [])])
        return [
            ("German Excel, CSV UTF-8", mark + Array(german.utf8)),
            ("German Excel, CSV", windows1252(german)),
            ("German Excel with sep=", windows1252("sep=;\r\n" + german)),
            ("Excel, Unicode text", utf16(german.replacing(";", with: "\t"))),
            ("French Excel, CSV", windows1252(french)),
            ("American Excel with an empty column and rows", mark + Array(american.utf8)),
            ("LibreOffice, all cells quoted", Array(quoted.utf8)),
            ("a table of tabs from the web", Array(quoted.replacing("\",\"", with: "\"\t\"").utf8)),
            ("Excel, workbook", books[0]),
            ("another program's workbook", books[1]),
        ]
    }

    @Test(arguments: Backend.available)
    func `ten spreadsheets as people save them say the same`(_ backend: Backend) async throws {
        let files = try await Self.files()
        #expect(files.count == 10)
        try await withCatalog(backend) { shop in
            let top = try await shop.category("Lampen")
            _ = try await shop.category("Tisch", under: top)
            for (index, file) in files.enumerated() {
                let done = try await shop.arrived(.products, file.bytes)
                let reasons = try await shop.refusals(of: done.id)
                #expect(reasons.isEmpty && done.status == .finished, "\(file.name): \(reasons)")
                let expected = index == 0 ? (created: 2, unchanged: 0) : (created: 0, unchanged: 2)
                #expect(
                    done.counts.created == expected.created && done.counts.unchanged == expected.unchanged,
                    "\(file.name): \(done.counts)")
            }
            let rows = try await shop.exportedRows(.products)
            #expect(rows["L-1"]?["name"] == "Große Lampe" && rows["L-1"]?["price"] == "1234.50")
            #expect(rows["L-1"]?["weight"] == "0.35" && rows["L-1"]?["is_active"] == "true")
            #expect(rows["L-1"]?["category"] == "lampen" && rows["L-2"]?["category"] == "tisch")
            #expect(rows["L-2"]?["name"] == "Café „Noir“" && rows["L-2"]?["price"] == "12.50")
            #expect(rows["L-2"]?["weight"] == "" && rows["L-2"]?["is_active"] == "false")
        }
    }

    @Test func `what cannot be meant one way is refused with its column and a way out`() async throws {
        let header = "sku;name;category;price\r\n"
        let cases: [(row: String, reason: String)] = [
            ("A;A;lampen;1.234\r\nB;B;lampen;1,50", "price: 1.234 may be a thousand or have decimals. Write it"),
            ("A;A;lampen;#BEZUG!", "price: The formula came to #BEZUG!."),
            ("A;A;lampen;teuer", "price: A valid number is required. The cell has \"teuer\"; write digits"),
            ("A;A;Möbel;1,50", "category: There is no category \"Möbel\". Write its slug"),
            (
                "A;A;Zwei;1,50",
                "category: 2 categories are called \"Zwei\". Write the slug of one of them: zwei, zwei-2."
            ),
            ("A;A;lampen", "This row has 3 cells, the header 4. Put quotation marks"),
        ]
        try await withCatalog(.sqlite) { shop in
            let top = try await shop.category("Lampen")
            _ = try await shop.category("Zwei", under: top)
            _ = try await shop.category("Zwei")
            for (row, reason) in cases {
                let done = try await shop.arrived(.products, Array((header + row).utf8), isDryRun: true)
                let reasons = try await shop.refusals(of: done.id)
                #expect(reasons.count == 1 && reasons[0].hasPrefix(reason), "\(row): \(reasons)")
            }
        }
    }

    @Test(arguments: [
        ("sku;nmae\r\nA;B", "There is no column \"nmae\". Is \"name\" meant?"),
        ("sku;;name\r\nA;x;B", "Column B has no name in the first row, but row 2 has something in it."),
        ("PK\u{3}\u{4} no zip", "This is no workbook that can be read."),
    ])
    func `a file that is no table says what to do`(_ file: String, _ reason: String) async throws {
        try await withCatalog(.sqlite) { shop in
            let answer = try await shop.upload(
                "/api/admin/products/imports/", Array(file.utf8), named: "p.csv", as: "file")
            #expect(answer.status == 400)
            #expect(answer["file"]?[0]?.text?.hasPrefix(reason) == true, "\(answer.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `stock that a product begins with is counted once`(_ backend: Backend) async throws {
        let file =
            "sku,parent_sku,name,category,price,options,opening_stock\nA,,A,lampen,1,,5\nB,,B,lampen,1,,\n"
            + "b-s,B,,,,Size=S,3\n"
        try await withCatalog(backend) { shop in
            _ = try await shop.category("Lampen")
            for counts in [(created: 3, unchanged: 0), (created: 0, unchanged: 3)] {
                let done = try await shop.arrived(.products, Array(file.utf8))
                #expect(done.counts.created == counts.created && done.counts.unchanged == counts.unchanged)
            }
            let stock = try await shop.exportedRows(.stock)
            #expect(stock["A"]?["on_hand"] == "5" && stock["b-s"]?["on_hand"] == "3" && stock["B"] == nil)
        }
    }
}

extension CatalogFixture {
    /// Takes the file in, to its end.
    func arrived(_ kind: SheetKind, _ bytes: [UInt8], isDryRun: Bool = false) async throws -> SheetImport {
        let imports = imports
        let begun = try await imports.receive(kind, fileName: "file", bytes: bytes, isDryRun: isDryRun, by: nil)
        try await drainJobs()
        return try #require(try await database.write { try imports.step(begun.id, in: $0) })
    }

    /// The reasons for which rows of an import were refused.
    func refusals(of id: ImportID) async throws -> [String] {
        let imports = imports
        return try await database.read { connection in
            var reasons: [String] = []
            try imports.failures(of: id, connection) { reasons.append($0.reasons) }
            return reasons
        }
    }

    /// What the shop exports, by the key of its rows, each by column.
    func exportedRows(_ kind: SheetKind, by key: String = "sku") async throws -> [String: [String: String]] {
        let imports = imports
        let text: String = try await database.read { connection in
            var text = ""
            try imports.export(kind, connection) { text += $0 }
            return text
        }
        let rows = try CSVReader.rows(Array(text.utf8)).map(\.cells)
        let header = try #require(rows.first)
        var table: [String: [String: String]] = [:]
        for cells in rows.dropFirst() {
            let row = Dictionary(zip(header, cells)) { first, _ in first }
            table[row[key] ?? ""] = row
        }
        return table
    }
}

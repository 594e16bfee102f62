import Primitives
import Testing

@Suite("Tables of text")
struct CSVTests {
    @Test(
        "Any text comes back from a line that was written",
        arguments: [
            "", "plain", "a,b", "say \"hi\"", "two\r\nlines", "a\nb", "=SUM(A1)", "'=SUM(A1)", "''-x", "'s Gravenhage",
            "-5",
            "+1", "@x", "ž α Ж 日本", "\ttab", "\r", " spaces ", ";", "\u{FEFF}",
        ])
    func comesBack(text: String) throws {
        let line = CSVText.line([.plain("start"), .text(text), .plain("end")])
        let rows = try CSVReader.rows(Array(line.utf8))
        #expect(rows.map { $0.cells.map(CSVText.unguarded) } == [["start", text, "end"]])
    }

    @Test("A text that a spreadsheet would run is guarded")
    func guards() {
        #expect(CSVText.line([.text("=1+1"), .plain("-1")]) == "'=1+1,-1\r\n")
    }

    @Test("A line between semicolons quotes those, and commas stand in it as they are")
    func semicolons() throws {
        let line = CSVText.line([.text("a;b"), .plain("1,5"), .text("say \"hi\""), .text("=1")], separator: ";")
        #expect(line == "\"a;b\";1,5;\"say \"\"hi\"\"\";'=1\r\n")
    }

    @Test(
        "Marks, semicolons, bare line feeds, empty lines and a missing last line end are taken",
        arguments: [
            "sku,name\r\na,b\r\n", "\u{FEFF}sku,name\r\na,b", "sku;name\na;b\n", "sku,name\n\n\na,b\n\n",
            "\"sku\",\"name\"\na,\"b\"", "sku\tname\na\tb\n", "sep=;\r\nsku;name\r\na;b\r\n", "sku,name\ra,b\r",
        ])
    func takes(text: String) throws {
        #expect(try CSVReader.rows(Array(text.utf8)).map(\.cells) == [["sku", "name"], ["a", "b"]])
    }

    @Test("A row knows the line on which it begins")
    func lines() throws {
        let rows = try CSVReader.rows(Array("h\n\"a\nb\"\nc".utf8))
        #expect(rows.map(\.line) == [1, 2, 4])
    }

    @Test("What is no table is refused with its line")
    func refuses() {
        #expect(throws: CSVReader.Failure.openQuote(line: 2)) { try CSVReader.rows(Array("h\n\"a\nb".utf8)) }
        #expect(throws: CSVReader.Failure.afterQuote(line: 2)) { try CSVReader.rows(Array("h\n\"a\"b,c".utf8)) }
        #expect(throws: CSVReader.Failure.noText) { try CSVReader.rows([0x61, 0x81]) }
    }

    @Test("Text is read in the encodings in which spreadsheets save it")
    func encodings() throws {
        let text = "sku;name\r\nÄ-1;Größe „L“ 5 €\r\n"
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let quotes: [Unicode.Scalar: UInt8] = ["„": 0x84, "“": 0x93, "€": 0x80]
        let western = text.unicodeScalars.map { quotes[$0] ?? UInt8($0.value) }
        let files: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little,
            big, western,
        ]
        for file in files {
            let table = try CSVReader.table(file)
            #expect(table.separator == .semicolon && table.rows.map(\.line) == [1, 2])
            #expect(table.rows.map(\.cells) == [["sku", "name"], ["Ä-1", "Größe „L“ 5 €"]])
        }
        for bytes in [[0xFF, 0xFE, 0x61], [0xEF, 0xBB, 0xBF, 0xFF], [0xFF, 0xFE, 0x00, 0xD8]] as [[UInt8]] {
            #expect(throws: CSVReader.Failure.noText) { try CSVReader.rows(bytes) }
        }
    }

    @Test("The mark between cells is the one that stands most often in the first row, unless the file states it")
    func separators() throws {
        let files: [(String, CSVReader.Separator, [String])] = [
            ("a,b;c,d\n", .comma, ["a", "b;c", "d"]), ("a;b,c;d\n", .semicolon, ["a", "b,c", "d"]),
            ("a\tb,c\td\n", .tab, ["a", "b,c", "d"]), ("\"a,b,c\";d\n", .semicolon, ["a,b,c", "d"]),
            ("SEP=\t\na;b;c\td\n", .tab, ["a;b;c", "d"]), ("\"sep=,\"\na;b;c,d\n", .comma, ["a;b;c", "d"]),
            ("a\n", .comma, ["a"]),
        ]
        for (text, separator, cells) in files {
            let table = try CSVReader.table(Array(text.utf8))
            #expect(table.separator == separator && table.rows.map(\.cells) == [cells], "\(text.debugDescription)")
        }
    }
}

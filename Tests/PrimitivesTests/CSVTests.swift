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
            "\"sku\",\"name\"\na,\"b\"",
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
        #expect(throws: CSVReader.Failure.notUTF8) { try CSVReader.rows([0x61, 0xFF]) }
    }
}

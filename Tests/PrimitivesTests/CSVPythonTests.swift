import Primitives
import TestSupport
import Testing

/// Tables of text, against Python's `csv`.
@Suite struct CSVPythonTests {
    private static func tables(seed: UInt64) -> [[[String]]] {
        let random = RandomSource.seeded(seed)
        let parts = [
            "a", "Zoë", "日本", "1.5", ",", ";", "\"", "\"\"", "\n", "\r\n", "\r", " ", "'", "=1+1", "\t", "😀", "",
        ]
        return (0..<400).map { _ in
            let width = 1 + random.number(below: 4)
            return (0...random.number(below: 5)).map { _ in
                (0..<width).map { _ in
                    (0..<random.number(below: 4)).map { _ in parts[random.number(below: parts.count)] }.joined()
                }
            }
        }
    }

    /// Rows whose one cell is empty are lines that hold nothing.
    private static func full(_ rows: [[String]]) -> [[String]] { rows.filter { $0 != [""] && !$0.isEmpty } }

    @Test(arguments: 1...4)
    func `tables of ours are read by another reader cell by cell`(_ seed: UInt64) async throws {
        let tables = Self.tables(seed: seed)
        let texts = tables.map { rows in rows.map { CSVText.line($0.map(CSVText.Cell.plain)) }.joined() }
        let script = """
            import csv, io

            def answer(case):
                return list(csv.reader(io.StringIO(case, newline=""), strict=True))
            """
        let others = try await TestPython.answers(script, to: texts, as: [[String]].self)
        for (table, other) in zip(tables, others) { #expect(Self.full(table) == Self.full(other)) }
    }

    private struct Sheet: Encodable {
        let rows: [[String]]
        let separator: String
        let ending: String
        let isQuoted: Bool
    }

    @Test(arguments: [(",", "\r\n"), (",", "\n"), (";", "\r\n"), (";", "\n")])
    func `tables of another writer are read cell by cell, and each row knows its line`(
        _ separator: String, _ ending: String
    ) async throws {
        let script = """
            import csv, io

            def answer(case):
                out = io.StringIO(newline="")
                quoting = csv.QUOTE_ALL if case["isQuoted"] else csv.QUOTE_MINIMAL
                writer = csv.writer(out, delimiter=case["separator"], lineterminator=case["ending"], quoting=quoting)
                lines = []
                for row in case["rows"]:
                    lines.append(out.getvalue().count("\\n") + 1)
                    writer.writerow(row)
                return {"text": out.getvalue(), "lines": lines}
            """
        struct Written: Decodable, Sendable {
            let text: String
            let lines: [Int]
        }
        // The first line says which mark stands between cells: it has one of a kind and none of the other. A carriage
        // return before a bare line feed would be the line's end, and that writer does not quote it.
        let sheets = Self.tables(seed: 9).enumerated().map { number, rows in
            Sheet(
                rows: [["sku", "name"]] + rows.map { $0.count == 1 ? $0 + ["end"] : $0 }, separator: separator,
                ending: ending, isQuoted: number % 2 == 0 || rows.joined().contains { $0.hasSuffix("\r") })
        }
        let written = try await TestPython.answers(script, to: sheets, as: Written.self)
        for (sheet, written) in zip(sheets, written) {
            let read = try CSVReader.rows(Array(written.text.utf8))
            #expect(read.map(\.cells) == sheet.rows, "\(written.text.debugDescription)")
            #expect(read.map(\.line) == written.lines, "\(written.text.debugDescription)")
        }
    }

    @Test(arguments: 31...34)
    func `no bytes are too strange: they are rows or a failure with a line of the file`(_ seed: UInt64) {
        let random = RandomSource.seeded(seed)
        let marks = Array("a,;\"\"\r\n\n =".utf8)
        for _ in 0..<5_000 {
            let bytes = (0..<random.number(below: 24)).map { _ in marks[random.number(below: marks.count)] }
            let end = bytes.contains(UInt8(ascii: "\n")) ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
            let lines = bytes.count { $0 == end } + 1
            do throws(CSVReader.Failure) {
                let rows = try CSVReader.rows(bytes)
                #expect(rows.allSatisfy { (1...lines).contains($0.line) && !$0.cells.isEmpty && $0.cells != [""] })
                #expect(rows.map(\.line) == Set(rows.map(\.line)).sorted(), "each row begins on a line of its own")
            } catch {
                switch error {
                case .noText: Issue.record("\(bytes) is text")
                case .openQuote(let line), .afterQuote(let line): #expect((1...lines).contains(line), "\(bytes)")
                }
            }
        }
    }
}

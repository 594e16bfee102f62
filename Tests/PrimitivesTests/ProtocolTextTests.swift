import Primitives
import Testing

/// Text as protocols have it, over scalars that Swift joins with their neighbors.
@Suite struct ProtocolTextTests {
    /// What joins with what stands before or after it, what ends lines, what is markup or a separator, and what Unicode
    /// holds to be equivalent to a separator.
    static let joiners: [Unicode.Scalar] = [
        "\u{301}", "\u{338}", "\u{20DD}", "\u{200D}", "\u{200C}", "\u{FE0F}", "\u{FE0E}", "\u{E0100}", "\u{1F1E9}",
        "\u{1F1EA}", "\u{1100}", "\u{1161}", "\u{11A8}", "\u{600}", "\u{110BD}", "\u{93E}", "\u{E33}", "\u{1F3FD}",
        "\u{1F469}", "\u{E0067}", "\u{A0}", "\u{2028}", "\u{85}", "\u{FEFF}", "\u{37E}", "\u{1FEF}", "\u{226E}",
        "\u{212A}", "\r", "\n", "\0",
    ]
    static let marks = Array("<>&\"',;:=|\\@/%+- \tTaZ0".unicodeScalars)

    /// Texts of which each scalar is drawn from the joiners, the marks, or all of Unicode.
    static func texts(_ count: Int, seed: UInt64) -> [String] {
        var random = RandomSource.seeded(seed)
        return (0..<count).map { _ in
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                switch Int.random(in: 0...4, using: &random) {
                case 0, 1: text.append(joiners.randomElement(using: &random) ?? "a")
                case 2, 3: text.append(marks.randomElement(using: &random) ?? "a")
                default: text.append(Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &random)) ?? "\u{FFFD}")
                }
            }
            return String(text)
        }
    }

    @Test(arguments: 1...8)
    func `no escaped text holds a raw markup character, and every reference is one of ours`(seed: Int) {
        for text in Self.texts(20_000, seed: UInt64(seed)) {
            let escaped = text.escapedForHTML
            #expect(!escaped.utf8.contains { "<>\"'".utf8.contains($0) }, "\(Array(text.unicodeScalars))")
            var rest = escaped
            for (reference, mark) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
                rest = Self.replaced(rest, reference, mark)
            }
            #expect(rest.utf8.elementsEqual(text.utf8), "\(Array(text.unicodeScalars))")
        }
    }

    @Test(arguments: 1...8)
    func `every text comes back from its cell of a table, byte by byte`(seed: Int) throws {
        for text in Self.texts(20_000, seed: UInt64(100 + seed)) {
            let line = CSVText.line([.text(text), .plain(text), .text("end")])
            let rows = try CSVReader.rows(Array(("h,i,j\r\n" + line).utf8))
            let cells = try #require(rows.count == 2 ? rows[1].cells : nil, "\(Array(text.unicodeScalars))")
            try #require(cells.count == 3, "\(Array(text.unicodeScalars))")
            #expect(CSVText.unguarded(cells[0]).utf8.elementsEqual(text.utf8), "\(Array(text.unicodeScalars))")
            #expect(cells[1].utf8.elementsEqual(text.utf8), "\(Array(text.unicodeScalars))")
            #expect(Self.quotesAreDoubled(line), "\(Array(text.unicodeScalars))")
        }
    }

    @Test(arguments: 1...4)
    func `cutting and joining, searching and trimming go by scalars`(seed: Int) {
        for text in Self.texts(10_000, seed: UInt64(200 + seed)) {
            let bytes = Array(text.utf8)
            for mark in [",", ";", "@", "/", "\""] as [Unicode.Scalar] {
                let parts = text.cut(at: mark)
                #expect(parts.joined(separator: String(mark)).utf8.elementsEqual(bytes))
                #expect(parts.count == bytes.count { $0 == UInt8(ascii: mark) } + 1)
                #expect(text.holds(mark) == (parts.count > 1))
                let (head, tail) = text.halves(at: mark)
                #expect(head.utf8.elementsEqual(parts[0].utf8) && (tail == nil) == (parts.count == 1))
            }
            let trimmed = text.trimmed.unicodeScalars
            #expect(trimmed.first?.properties.isWhitespace != true && trimmed.last?.properties.isWhitespace != true)
            #expect(text.begins(with: "<") == (bytes.first == UInt8(ascii: "<")))
            #expect(text.ends(with: "/") == (bytes.last == UInt8(ascii: "/")))
        }
    }

    @Test func `a mark is found whatever stands beside it`() {
        #expect("a@\u{301}b@c".cut(at: "@").count == 3)
        #expect("a,\u{FE0F}b".halves(at: ",").1 == "\u{FE0F}b")
        #expect("\"\u{301}x".begins(with: "\"") && "x/\u{301}".after("x/") == "\u{301}")
        #expect("../\u{338}x".holds("/") && "../\u{338}x".holds(anyOf: "\\/"))
        #expect("a\u{37E}b".cut(at: ";").count == 1, "a Greek question mark is no semicolon")
        #expect(!"\u{212A}".isSame(as: "K") && "K".isSame(as: "K"))
        #expect("\u{A0}\u{2007}a b\u{3000}\t".trimmed == "a b" && " \u{301}".trimmed == "\u{301}")
        #expect("a\u{301}\u{302}\u{303}b".prefix(scalars: 2) == "a\u{301}")
        #expect("abcabc".without("bc") == "aa" && "abc".holds(text: "bc") && !"ab".holds(text: "abc"))
        #expect("key=a=b".halves(at: "=").1 == "a=b" && " a  b\u{2003}c ".words == ["a", "b", "c"])
    }

    /// Returns whether a line's quotes stand in pairs within quoted cells, so that every reader sees the same cells.
    private static func quotesAreDoubled(_ line: String) -> Bool {
        var isOpen = false
        var before: UInt8 = UInt8(ascii: ",")
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\"") {
                if !isOpen, before != UInt8(ascii: ","), before != UInt8(ascii: "\"") { return false }
                isOpen.toggle()
            }
            before = byte
        }
        return !isOpen
    }

    private static func replaced(_ text: String, _ reference: String, _ mark: String) -> String {
        let (bytes, wanted) = (Array(text.utf8), Array(reference.utf8))
        var (result, index): ([UInt8], Int) = ([], 0)
        while index < bytes.count {
            if bytes[index...].starts(with: wanted) {
                result += Array(mark.utf8)
                index += wanted.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

import Primitives
import TestSupport
import Testing

@testable import Web

/// Queries, forms and percent signs, against Python's `urllib`.
@Suite struct QueryPythonTests {
    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        let random = RandomSource.seeded(seed)
        let parts = [
            "a", "b", "page", "=", "=", "&", "&", "+", "%20", "%3D", "%26", "%C3%A9", "%c3%a9", "é", "日本", "%", "%zz",
            "%4",
            "%FF", "%E2%82", "%F0%9F%98%80", "~", "-", ".", "_", "/", "?", ":", "@", "[", ";", "%00",
        ]
        return (0..<count).map { _ in
            (0..<random.number(below: 9)).map { _ in parts[random.number(below: parts.count)] }.joined()
        }
    }

    @Test func `a query is read as another reader does, of repeated names the last`() async throws {
        let script = """
            import urllib.parse

            def answer(case):
                pairs = urllib.parse.parse_qsl(case, keep_blank_values=True, errors="replace", max_num_fields=None)
                return dict(pairs)
            """
        let texts = Self.texts(4_000, seed: 101)
        let others = try await TestPython.answers(script, to: texts, as: [String: String].self)
        for (text, other) in zip(texts, others) { #expect(QueryItems(text).values == other, "\(text)") }
    }

    @Test func `a form is taken where its names and values are UTF-8, and then says the same to both`() async throws {
        let script = """
            import urllib.parse

            def answer(case):
                try: return dict(urllib.parse.parse_qsl(case, keep_blank_values=True, errors="strict"))
                except UnicodeDecodeError: return None
            """
        let texts = Self.texts(4_000, seed: 102)
        let others = try await TestPython.answers(script, to: texts, as: [String: String]?.self)
        for (text, other) in zip(texts, others) { #expect(QueryItems(validating: text)?.values == other, "\(text)") }
        #expect(others.contains { $0 == nil } && others.contains { $0 != nil })
    }

    @Test func `what is encoded is what another writer encodes, and comes back`() async throws {
        let script = """
            import urllib.parse

            def answer(case):
                return urllib.parse.quote(case, safe="-._~")
            """
        let random = RandomSource.seeded(103)
        let texts = (0..<2_000).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<random.number(below: 9)).map { _ in
                        Unicode.Scalar(UInt32(random.number(below: random.number(below: 2) == 0 ? 0x80 : 0x1_1000)))
                            ?? "\u{FFFD}"
                    }))
        }
        for (text, other) in zip(texts, try await TestPython.answers(script, to: texts, as: String.self)) {
            #expect(PercentEncoding.encode(text) == other, "\(Array(text.unicodeScalars))")
            #expect(PercentEncoding.decode(other.utf8).utf8.elementsEqual(text.utf8), "\(Array(text.unicodeScalars))")
            #expect(QueryItems("q=" + other)["q"]?.utf8.elementsEqual(text.utf8) == true)
        }
    }

    @Test func `a query with a value set reads as before, but for that value`() {
        for text in Self.texts(2_000, seed: 104) {
            let query = QueryItems(text)
            let moved = QueryItems(query.setting("page", to: "7 & 8"))
            #expect(moved["page"] == "7 & 8", "\(text)")
            #expect(moved.values.filter { $0.key != "page" } == query.values.filter { $0.key != "page" }, "\(text)")
            #expect(moved.setting("page", to: "7 & 8") == query.setting("page", to: "7 & 8"), "names stand in order")
        }
    }

    @Test func `dates of headers are those of another writer`() async throws {
        let script = """
            import email.utils

            def answer(case):
                return email.utils.formatdate(case, usegmt=True)
            """
        var random = RandomSource.seeded(105)
        let seconds =
            [0, 951_782_399, 951_868_800] + (0..<2_000).map { _ in Int64.random(in: 0...4_102_444_800, using: &random) }
        for (second, other) in zip(seconds, try await TestPython.answers(script, to: seconds, as: String.self)) {
            #expect(HTTPDate.format(Timestamp(seconds: second)) == other)
        }
    }
}

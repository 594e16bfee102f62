import MySQLDriver
import Primitives
import TestSupport
import Testing

/// Addresses of databases, against Python's `urllib`.
@Suite struct MySQLURLPythonTests {
    private struct Parts: Codable, Sendable, Equatable {
        let host: String
        let port: Int
        let user: String
        let password: String
        let database: String
    }

    @Test func `an address that another program writes is read part by part`() async throws {
        let script = """
            import urllib.parse

            def answer(case):
                quote = lambda text: urllib.parse.quote(text, safe="")
                host = "[" + case["host"] + "]" if ":" in case["host"] else case["host"]
                return "mysql://%s:%s@%s:%d/%s" % (
                    quote(case["user"]), quote(case["password"]), host, case["port"], quote(case["database"]))
            """
        let random = RandomSource.seeded(211)
        let pieces = [
            "a", "Z", "9", "@", ":", "/", "?", "#", "%", "%41", " ", "é", "日", "&", "=", "[", "]", "\\", "'", "+",
        ]
        let text = {
            (0..<(1 + random.number(below: 8))).map { _ in pieces[random.number(below: pieces.count)] }.joined()
        }
        let cases = (0..<1_500).map { _ in
            Parts(
                host: ["db.example", "127.0.0.1", "::1", "fe80::1:2"][random.number(below: 4)],
                port: 1 + random.number(below: 65_535), user: text(), password: text(), database: text())
        }
        for (parts, url) in zip(cases, try await TestPython.answers(script, to: cases, as: String.self)) {
            let read = try MySQLConfiguration(url: url)
            let expected = MySQLConfiguration(
                host: parts.host, port: parts.port, user: parts.user, password: parts.password,
                database: parts.database)
            #expect(read == expected, "\(url)")
        }
    }
}

import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Everything that a hostile or broken client may send, at every route of the document.
@Suite struct BadInputTests {
    struct Attack: Sendable {
        let name: String
        let headers: [String: String]
        let body: [UInt8]
        /// The statuses that are a fair answer.
        let fair: ClosedRange<Int>

        init(
            _ name: String, type: String = "application/json", _ body: some Sequence<UInt8>,
            fair: ClosedRange<Int> = 400...499
        ) {
            self.name = name
            self.headers = ["Content-Type": type]
            self.body = Array(body)
            self.fair = fair
        }
    }

    /// Bodies that no endpoint with a body can take.
    static let attacks = [
        Attack("broken JSON", #"{"email": "#.utf8), Attack("a list", "[1,2]".utf8), Attack("a word", "hello".utf8),
        Attack("null", "null".utf8), Attack("bad UTF-8", [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]),
        Attack("too deep", String(repeating: "[", count: 5_000).utf8), Attack("XML", type: "text/xml", "<a/>".utf8),
        Attack("too large", Array(repeating: UInt8(ascii: " "), count: 2 << 20)),
        Attack("a form without a boundary", type: "multipart/form-data", "--x".utf8),
    ]

    /// Values put in place of every field.
    static let values: [(String, JSONValue)] = [
        ("null", .null), ("true", .bool(true)), ("a huge number", .number("99999999999999999999999999")),
        ("a negative number", .number("-1")), ("an exponent", .number("1e999")), ("a list", .array([.null])),
        ("an object", .object(["a": .null])), ("a long text", .string(String(repeating: "x", count: 100_000))),
        ("a NUL", .string("a\u{0}b")), ("emoji", .string("🦄🦄")), ("markup", .string("<script>alert(1)</script>'\"--")),
    ]

    @Test(arguments: Backend.available)
    func `every route answers broken bodies with a 4xx in the right shape`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            for (method, path) in try await Self.routes(stand) where ["post", "put", "patch"].contains(method) {
                for attack in Self.attacks {
                    let answer = try await admin.send(
                        method.uppercased(), path, headers: attack.headers, body: attack.body)
                    // An endpoint that takes no body may leave it alone.
                    #expect(
                        (200...499).contains(answer.status), "\(attack.name) at \(method) \(path): \(answer.status)")
                    if answer.status >= 400 { Self.expectShape(answer, "\(attack.name) at \(method) \(path)") }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `wrong values in every field never end in a 500`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let document = try await stand.anonymous.send("GET", "/api/schema/")
            for (method, path) in try await Self.routes(stand) where ["post", "put", "patch"].contains(method) {
                guard !path.contains("logout") else { continue }
                let names = Self.fields(of: method, path, document.json)
                for (what, value) in Self.values {
                    let body = JSONValue.object(Dictionary(names.map { ($0, value) }) { $1 })
                    let answer = try await admin.send(method.uppercased(), path, json: body)
                    #expect(answer.status < 500, "\(what) at \(method) \(path): \(answer.status) \(answer.text)")
                    if answer.status >= 400 { Self.expectShape(answer, "\(what) at \(method) \(path)") }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `strange queries and ids never end in a 500`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let queries = [
                "?page=0", "?page=abc", "?page=99999999999999999999", "?page_size=-1", "?ordering=;DROP",
                "?search=%22%27*(",
                "?min_price=abc", "?category=%00", "?search=%FF", "?page=1&page=2",
                "?" + String(repeating: "a=1&", count: 500),
            ]
            for (method, path) in try await Self.routes(stand) where method == "get" {
                for query in queries {
                    let answer = try await admin.send("GET", path + query)
                    #expect(answer.status < 500, "GET \(path)\(query): \(answer.status) \(answer.text)")
                }
            }
            for id in ["0", "-1", "9223372036854775808", "%2e%2e%2f", "a%00b", "🦄", "%FF", "' OR 1=1--"] {
                for path in [
                    "/api/products/\(id)/", "/api/orders/\(id)/", "/api/auth/addresses/\(id)/", "/media/\(id)",
                ] {
                    let encoded = path.replacing(" ", with: "%20").replacing("🦄", with: "%F0%9F%A6%84")
                    let answer = try await admin.send("GET", encoded)
                    #expect((400...499).contains(answer.status), "GET \(encoded): \(answer.status)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `unknown methods are refused with what is allowed`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            for path in Set(try await Self.routes(stand).map(\.1)) {
                let answer = try await stand.anonymous.send("TRACE", path)
                #expect(answer.status == 405, "TRACE \(path): \(answer.status)")
                #expect(answer.header("Allow")?.isEmpty == false)
                Self.expectShape(answer, "TRACE \(path)")
            }
        }
    }

    /// Returns the methods and paths of the document, with 1 for every parameter.
    private static func routes(_ stand: ShopHarness) async throws -> [(String, String)] {
        let document = try await stand.anonymous.send("GET", "/api/schema/")
        let paths = try #require(document["paths"]).members
        try #require(paths.count > 30)
        return paths.keys.sorted().flatMap { template in
            let path = template.replacing(/\{[^}]*\}/, with: "1")
            return paths[template]?.members.keys.sorted().map { ($0, path) } ?? []
        }
    }

    private static func fields(of method: String, _ path: String, _ document: JSONValue) -> [String] {
        for (template, methods) in document["paths"]?.members ?? [:]
        where template.replacing(/\{[^}]*\}/, with: "1") == path {
            let content = methods[method]?["requestBody"]?["content"]?.members.values.first
            var schema = content?["schema"]
            if let reference = schema?["$ref"]?.text, let name = reference.split(separator: "/").last {
                schema = document["components"]?["schemas"]?[String(name)]
            }
            return schema?["properties"]?.members.keys.sorted() ?? []
        }
        return []
    }

    /// Expects one of Django REST Framework's shapes: an object with `detail` and `code`, or of lists of messages by
    /// field.
    private static func expectShape(_ answer: ProbeResponse, _ what: String) {
        let members = answer.json.members
        #expect(!members.isEmpty, "\(what): \(answer.text)")
        if members["detail"] == nil {
            #expect(answer.status == 400, "\(what): \(answer.text)")
        } else {
            #expect(members["code"]?.text != nil, "\(what): \(answer.text)")
        }
    }
}

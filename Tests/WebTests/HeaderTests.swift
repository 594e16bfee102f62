import Deflate
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Web

/// Headers that are read by rules of their own.
@Suite struct HeaderTests {
    @Test(
        arguments: [
            (nil, false), ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\",W/\"a\"", true),
            ("*", true),
            ("\"b\"", false), ("a", false), ("\"A\"", false), ("\"a", false), ("", false), ("\"ab\"", false),
        ] as [(String?, Bool)])
    func `a client has an answer where it names its tag, weak or strong`(_ header: String?, _ matches: Bool) {
        #expect(EntityTag.matches(header, "\"a\"") == matches)
    }

    @Test func `a tag stands for its bytes and for how they are packed`() {
        let tags = [
            EntityTag.tag(of: [1], isGzip: false), EntityTag.tag(of: [2], isGzip: false),
            EntityTag.tag(of: [1], isGzip: true),
        ]
        #expect(Set(tags).count == 3)
        #expect(EntityTag.tag(of: [1], isGzip: false) == tags[0])
        #expect(
            tags.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") && !$0.dropFirst().dropLast().contains("\"") })
    }

    @Test(
        arguments: [
            (nil, false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("br", false), ("br, gzip", true),
            ("gzip;q=0", false),
            ("gzip;q=0.0", false), ("gzip; q=0.001", true), ("*", true), ("*;q=0", false), ("*, gzip;q=0", false),
            ("gzip;q=0, *", false), ("identity", false), ("", false), ("gzipped", false),
        ] as [(String?, Bool)])
    func `a body is packed only for who takes it`(_ header: String?, _ isAccepted: Bool) {
        #expect(Gzip.isAccepted(header) == isAccepted)
    }

    @Test func `what is packed comes out whole by another program`() async throws {
        let random = RandomSource.seeded(121)
        let samples = [[], [0], Array(repeating: 7, count: 100_000), random.bytes(70_000)]
        for bytes in samples {
            let packed = try #require(Gzip.compress(bytes))
            #expect(try unpacked(packed) == bytes)
        }
    }

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true), ("text/csv", true),
        ("image/svg+xml", true),
        ("image/png", false), ("image/webp", false), ("application/zip", false), ("application/pdf", false),
        ("", false),
    ])
    func `only what gets smaller is packed`(_ type: String, _ helps: Bool) {
        #expect(Gzip.helps(type) == helps)
    }

    @Test(
        arguments: [
            (["https://shop.example.com"], "https://shop.example.com", "https://shop.example.com"),
            (["https://shop.example.com/"], "https://shop.example.com", "https://shop.example.com"),
            (["https://shop.example.com"], "https://shop.example.com.evil.org", nil),
            (["https://shop.example.com"], "http://shop.example.com", nil),
            (["https://a.de", "https://b.de"], "https://b.de", "https://b.de"),
            ([], "https://a.de", nil), (["*"], "https://anywhere.org", "*"), (["https://a.de"], "null", nil),
            (["https://a.de"], "https://A.de", nil),
        ] as [([String], String, String?)])
    func `another origin may read answers where it is named to the letter`(
        _ origins: [String], _ origin: String, _ allowed: String?
    ) {
        let fields = CORSPolicy(origins).fields(for: origin)
        #expect(fields.first { $0.name == .accessControlAllowOrigin }?.value == allowed)
        let withCookies = fields.first { $0.name == .accessControlAllowCredentials }?.value
        #expect(withCookies == (allowed == nil || allowed == "*" ? nil : "true"), "cookies are for named origins alone")
    }

    @Test func `a preflight is told what it asks for, another OPTIONS only what is allowed`() {
        let policy = CORSPolicy(["https://a.de"])
        let preflight = policy.options(
            [.origin: "https://a.de", .accessControlRequestMethod: "PUT"], allowed: "GET, PUT")
        #expect(preflight.headers[.accessControlAllowMethods] == "GET, PUT")
        #expect(preflight.headers[.accessControlAllowHeaders]?.contains("Idempotency-Key") == true)
        for headers in [
            [:], [.origin: "https://a.de"], [.origin: "https://b.de", .accessControlRequestMethod: "PUT"],
        ] as [HTTPFields] {
            let plain = policy.options(headers, allowed: "GET, PUT")
            #expect(plain.headers[.allow] == "GET, PUT" && plain.headers[.accessControlAllowMethods] == nil)
        }
    }

    @Test(
        arguments: [
            ("text/html", "text/html", [:]), ("TEXT/HTML ; Charset=UTF-8", "text/html", ["charset": "UTF-8"]),
            ("a/b;c=\"d;e\";f=g", "a/b", ["c": "d;e", "f": "g"]), ("a/b;c=1;c=2", "a/b", ["c": "1"]),
            ("a/b;c=\"x\\\\y\"", "a/b", ["c": "x\\y"]), ("a/b;;=;x", "a/b", ["": ""]), (";a=b", "", ["a": "b"]),
        ] as [(String, String, [String: String])])
    func `a header's value stands before its parameters`(
        _ header: String, _ name: String, _ parameters: [String: String]
    ) {
        #expect(MediaType(header).name == name)
        #expect(MediaType(header).parameters == parameters)
    }

    @Test(
        arguments: [
            (nil, true), ("\"3\"", true), ("3", true), ("*", true), ("\"2\", \"3\"", true), ("W/\"3\"", false),
            ("\"4\"", false),
            ("\"33\"", false), ("", false), ("\"\"", false),
        ] as [(String?, Bool)])
    func `an edit goes on where If-Match names the version that is there`(_ header: String?, _ passes: Bool) {
        let request = APIRequest(method: .patch, path: "/", headers: header.map { [.ifMatch: $0] } ?? [:])
        #expect(((try? request.checkVersion(3)) != nil) == passes)
    }
}

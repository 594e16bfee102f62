import AppHarness
import FoundationEssentials
import Outbound
import Primitives
import TestSupport
import Testing

@Suite struct OutboundHTTPTests {
    private struct Echo: Decodable {
        let method: String
        let headers: [String: String]
        let body: String
    }

    private struct Hanging: Decodable {
        let hanging: Bool
    }

    private let peer: OutboundPeer
    private let client: HTTPClient
    private let base: String

    init() throws {
        self.peer = try OutboundPeer("http_peer.py")
        self.client = HTTPClient(threads: try TransferThreads(count: 2))
        self.base = "http://127.0.0.1:\(peer.greeting.port)"
    }

    private func kind(_ request: OutboundRequest) async -> OutboundError.Kind? {
        (await outcome { try await client.send(request) } as? OutboundError)?.kind
    }

    @Test func `method, headers and body arrive as they were given`() async throws {
        for method in ["POST", "PUT", "PATCH", "DELETE", "GET"] { try await echo(method) }
    }

    private func echo(_ method: String) async throws {
        let headers = [OutboundHeader("X-Shop", "Käse"), OutboundHeader("X-Empty", "")]
        let body = method == "GET" ? [] : Array("{\"a\": 1}\u{0}\u{1}".utf8)
        let response = try await client.send(OutboundRequest(method, base + "/echo", headers: headers, body: body))
        let echo = try JSONDecoder().decode(Echo.self, from: Data(response.body))
        #expect(response.status == 200)
        #expect(response.header("x-twice") == "one")
        #expect(echo.method == method)
        #expect(echo.body.utf8.elementsEqual(body))
        #expect(
            echo.headers["x-shop"].map { String(decoding: $0.unicodeScalars.map { UInt8($0.value) }, as: UTF8.self) }
                == "Käse")
        #expect(echo.headers["x-empty"] == "")
        #expect(echo.headers["user-agent"] == "Kontor")
        #expect(echo.headers["content-type"] == nil)
        #expect(echo.headers["expect"] == nil)
    }

    @Test func `any status is an answer`() async throws {
        for status in [204, 404, 429, 503] {
            #expect(try await client.send(OutboundRequest("GET", base + "/status/\(status)")).status == status)
        }
    }

    @Test func `the answer to HEAD has no body`() async throws {
        let response = try await client.send(OutboundRequest("HEAD", base + "/bytes/500"))
        #expect(response.header("Content-Length") == "500")
        #expect(response.body.isEmpty)
    }

    @Test func `a header or method that could smuggle a line is refused`() async {
        for header in [
            ("X-A", "1\r\nX-B: 2"), ("X-A", "1\n"), ("X-A\r\nX-B", "2"), ("", "1"), ("X A", "1"), ("X-A", "\u{0}"),
        ] {
            let request = OutboundRequest("GET", base + "/echo", headers: [OutboundHeader(header.0, header.1)])
            #expect(await kind(request) == .invalid)
        }
        #expect(await kind(OutboundRequest("GET /x HTTP/1.1\r\nA:", base + "/echo")) == .invalid)
    }

    @Test func `only absolute http and https URLs are taken`() async {
        let urls = [
            "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "127.0.0.1/", "", "http://a b/",
            "http://a\u{0}", "http://", "http://a:99999/",
        ]
        for url in urls { #expect(await kind(OutboundRequest("GET", url)) == .invalid, "\(url)") }
    }

    @Test func `redirects are followed as far as allowed and never to another scheme`() async throws {
        #expect(try await client.send(OutboundRequest("GET", base + "/hop/1")).status == 302)
        let followed = try await client.send(OutboundRequest("GET", base + "/hop/3", maxRedirects: 3))
        #expect(followed.body.count == 3)
        #expect(followed.header("Location") == nil)
        #expect(await kind(OutboundRequest("GET", base + "/hop/4", maxRedirects: 3)) == .protocolViolation)
        #expect(await kind(OutboundRequest("GET", base + "/to-file", maxRedirects: 3)) == .protocolViolation)
        #expect(try await client.send(OutboundRequest("POST", base + "/hop/1", maxRedirects: 3)).status == 302)
    }

    @Test func `an answer may have as many bytes as allowed and no more`() async throws {
        let fitting = OutboundRequest("GET", base + "/bytes/1000", maxResponseBytes: 1_000)
        #expect(try await client.send(fitting).body.count == 1_000)
        #expect(await kind(OutboundRequest("GET", base + "/bytes/1001", maxResponseBytes: 1_000)) == .tooLarge)
        #expect(await kind(OutboundRequest("GET", base + "/endless", maxResponseBytes: 1_000_000)) == .tooLarge)
        #expect(await kind(OutboundRequest("GET", base + "/bomb", maxResponseBytes: 1_000_000)) == .tooLarge)
        #expect(await kind(OutboundRequest("GET", base + "/headers")) == .tooLarge)
    }

    @Test func `what goes wrong has a kind`() async {
        #expect(await kind(OutboundRequest("GET", base + "/broken")) == .disconnected)
        #expect(await kind(OutboundRequest("GET", base + "/gibberish")) == .protocolViolation)
        #expect(await kind(OutboundRequest("GET", base + "/hang", timeout: .milliseconds(200))) == .timeout)
        #expect(await kind(OutboundRequest("GET", "http://nowhere.invalid/")) == .resolve)
        #expect(await kind(OutboundRequest("GET", "http://127.0.0.1:1/")) == .connect)
        #expect(OutboundError(.connect, "").mayRetry)
        #expect(!OutboundError(.tooLarge, "").mayRetry)
    }

    @Test func `a private address is refused, on a connection already open too`() async throws {
        #expect(try await client.send(OutboundRequest("GET", base + "/status/200")).status == 200)
        for url in [base + "/echo", "http://localhost:\(peer.greeting.port)/echo"] {
            #expect(await kind(OutboundRequest("GET", url, refusesPrivateAddresses: true)) == .refusedAddress)
        }
    }

    @Test func `cancelling aborts a running transfer and one in the line`() async throws {
        let single = HTTPClient(threads: try TransferThreads(count: 1))
        let hanging = OutboundRequest("GET", base + "/hang")
        let quick = OutboundRequest("GET", base + "/status/200")
        try await withThrowingTaskGroup(of: (any Error)?.self) { group in
            group.addTask { await outcome { try await single.send(hanging) } }
            let greeting = try peer.next(as: Hanging.self)
            #expect(greeting.hanging)
            group.addTask { await outcome { try await single.send(quick) } }
            group.cancelAll()
            for try await error in group { #expect(error is CancellationError) }
        }
        #expect(try await single.send(quick).status == 200)
    }

    @Test func `more requests than threads are all answered`() async throws {
        let client = client
        let base = base
        try await withThrowingTaskGroup(of: Int.self) { group in
            for size in 0..<40 {
                group.addTask { try await client.send(OutboundRequest("GET", base + "/bytes/\(size)")).body.count }
            }
            let total = try await group.reduce(0, +)
            #expect(total == 40 * 39 / 2)
        }
    }

    @Test func `a certificate counts only when its authority is trusted`() async throws {
        let peer = try OutboundPeer("http_peer.py", "tls")
        let request = OutboundRequest("GET", "https://localhost:\(peer.greeting.port)/status/200")
        #expect(await kind(request) == .tls)
        try await peer.withCertificate { file in
            let trusting = HTTPClient(threads: try TransferThreads(count: 1), certificateFile: file)
            #expect(try await trusting.send(request).status == 200)
        }
    }
}

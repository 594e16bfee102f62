import AppHarness
import HTTPTypes
import Messages
import Outbound
import Primitives
import SQL
import TestSupport
import Testing

@testable import Webhooks

/// Receivers as staff edit them.
@Suite struct WebhookEndpointTests {
    private static let path = "/api/admin/webhooks/"

    @Test(arguments: Backend.available)
    func `a secret is shown when it is made and never again, and is stored sealed`(_ backend: Backend) async throws {
        try await WebhookHarness.with(backend) { shop in
            let (id, secret) = try await shop.webhook("https://receiver.example.com/a", "order.*")
            #expect(secret.hasPrefix("whsec_"))
            let coded = String(secret.dropFirst("whsec_".count))
            #expect(coded.utf8.count % 4 == 0 && Base64.decode(coded)?.count == 32)
            let shown = try await shop.call(.get, "\(Self.path)\(id)/")
            #expect(shown.text("url") == "https://receiver.example.com/a" && shown["secret"] == .null)
            #expect(shown["topics"] == .array([.string("order.*")]) && shown["is_active"] == .bool(true))
            let rotated = try await shop.call(.post, "\(Self.path)\(id)/rotate-secret/")
            let next = try #require(rotated.text("secret"))
            #expect(next != secret && rotated["former_secret_until"] != .null)
            let list = try await shop.call(.get, Self.path)
            #expect(list.results.count == 1 && list.results[0]["secret"] == .null)
            for text in [secret, next] {
                let found = try await shop.database.read {
                    try TextScan.findings(of: String(text.dropFirst(6).prefix(20)), $0)
                }
                #expect(found.isEmpty, "\(found)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a receiver is replaced, changed and deleted at its version`(_ backend: Backend) async throws {
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook("https://receiver.example.com/").id
            let place = "\(Self.path)\(id)/"
            let put = try await shop.call(
                .put, place, #"{"url": "https://b.example.com/", "topics": ["*", "stock.low", "*"]}"#)
            #expect(put.status == 200 && put["topics"] == .array([.string("*"), .string("stock.low")]))
            #expect(put.json.int("version") == 2 && put.text("description") == "")
            let late = try await shop.call(.patch, place, #"{"is_active": false}"#, headers: ["If-Match": "\"1\""])
            #expect(late.status == 412)
            let off = try await shop.call(.patch, place, #"{"is_active": false}"#, headers: ["If-Match": "\"2\""])
            #expect(off.status == 200 && off["is_active"] == .bool(false) && off["disabled_at"] == .null)
            #expect(try await shop.call(.get, Self.path + "?is_active=true").json.int("count") == 0)
            #expect(try await shop.call(.delete, place).status == 204)
            for (method, path) in [("GET", place), ("DELETE", place), ("GET", place + "deliveries/")] {
                #expect(try await shop.call(method == "GET" ? .get : .delete, path).status == 404, "\(method) \(path)")
            }
        }
    }

    @Test(arguments: [
        ("ftp://example.com/", "https:// or http://"), ("https://?x", WebhookAddress.invalid),
        ("file:///etc/passwd", "https:// or http://"), ("example.com", "https:// or http://"),
        ("javascript:alert(1)", "https:// or http://"), ("https://", WebhookAddress.invalid),
        ("https:///path", WebhookAddress.invalid), ("https://ex ample.com/", WebhookAddress.invalid),
        ("https://exämple.com/", WebhookAddress.invalid), ("https://example.com\\@127.0.0.1/", WebhookAddress.invalid),
        ("https://example.com:0/", WebhookAddress.invalid), ("https://example.com:99999/", WebhookAddress.invalid),
        ("https://example.com:/", WebhookAddress.invalid), ("https://a..example.com/", WebhookAddress.invalid),
        ("https://[::1/", WebhookAddress.invalid), ("https://[::1]x/", WebhookAddress.invalid),
        ("https://user:pass@example.com/", "no user name"), ("https://example.com/#part", "no fragment"),
        ("http://localhost/", WebhookAddress.privateHost), ("http://LOCALHOST./", WebhookAddress.privateHost),
        ("http://a.localhost:8000/", WebhookAddress.privateHost), ("http://127.0.0.1/", WebhookAddress.privateHost),
        ("http://127.1/", WebhookAddress.privateHost), ("http://0x7f.1/", WebhookAddress.privateHost),
        ("http://0x7f000001/", WebhookAddress.privateHost), ("http://2130706433/", WebhookAddress.privateHost),
        ("http://017700000001/", WebhookAddress.privateHost), ("http://0/", WebhookAddress.privateHost),
        ("http://10.1.2.3/", WebhookAddress.privateHost), ("http://172.16.0.1/", WebhookAddress.privateHost),
        ("http://192.168.1.1/?a", WebhookAddress.privateHost), ("http://169.254.169.254/", WebhookAddress.privateHost),
        ("http://100.64.0.1/", WebhookAddress.privateHost), ("http://[::1]/", WebhookAddress.privateHost),
        ("http://[::]/", WebhookAddress.privateHost), ("http://[fd00::1]/", WebhookAddress.privateHost),
        ("http://[fe80::1]/", WebhookAddress.privateHost), ("http://[::ffff:127.0.0.1]/", WebhookAddress.privateHost),
        ("http://[::ffff:7f00:1]:80/", WebhookAddress.privateHost),
        ("http://[64:ff9b::7f00:1]/", WebhookAddress.privateHost),
        ("http://[2002:7f00:1::]/", WebhookAddress.privateHost),
    ])
    func `a URL that nobody outside could receive at is refused, however it is spelled`(
        _ url: String, _ message: String
    ) {
        let problem = WebhookAddress(allowed: []).problem(with: url)
        #expect(problem?.contains(message) == true, "\(url): \(problem ?? "taken")")
    }

    @Test func `the API says why it refuses a URL`() async throws {
        try await WebhookHarness.with(.sqlite, settings: [:]) { shop in
            let id = try await shop.webhook("https://receiver.example.com/").id
            for (url, message) in [
                ("http://127.1/", WebhookAddress.privateHost), ("ftp://example.com/", "https:// or http://"),
                ("https:///path", WebhookAddress.invalid), ("", "This field may not be blank."),
            ] {
                let body = #"{"url": "\#(url)", "topics": ["*"]}"#
                for answer in [
                    try await shop.call(.post, Self.path, body), try await shop.call(.put, "\(Self.path)\(id)/", body),
                ] {
                    let words = answer["url"]?.elements.compactMap(\.text).joined() ?? ""
                    #expect(answer.status == 400 && words.contains(message), "\(url): \(answer.json)")
                }
            }
        }
    }

    @Test func `public addresses and allowed networks are taken in every spelling`() {
        let open = WebhookAddress(allowed: [])
        for url in [
            "https://example.com", "http://example.com:8080/a?b=c", "HTTPS://Example.com/", "https://1.1.1.1/",
            "https://[2606:4700::1111]:443/x", "https://xn--mller-kva.de/", "https://example.com/a%20b",
        ] {
            #expect(open.problem(with: url) == nil, "\(url)")
        }
        let inner = WebhookAddress(allowed: ["10.0.0.0/8", "fd00::/8"].compactMap { PeerNetwork($0) })
        for url in ["http://10.1.2.3/", "http://167838211/", "http://[::ffff:10.1.2.3]/", "http://[fd12::1]/"] {
            #expect(inner.problem(with: url) == nil, "\(url)")
        }
        #expect(inner.problem(with: "http://11.1.2.3/") == nil)
        #expect(inner.problem(with: "http://192.168.0.1/") == WebhookAddress.privateHost)
    }

    @Test func `topics are those of the list, groups of them, or all`() async throws {
        try await WebhookHarness.with(.sqlite) { shop in
            for topics in [
                "[]", #"["order"]"#, #"["order."]"#, #"["*.paid"]"#, #"["or*"]"#, #"["Order.paid"]"#, #"["nothing.*"]"#,
                #"["webhook.test"]"#, #"["webhook.*"]"#, #"["**"]"#, #""*""#, #"[1]"#, #"[null]"#,
                #"["order.paid extra"]"#,
            ] {
                let answer = try await shop.call(
                    .post, Self.path, #"{"url": "https://example.com/", "topics": \#(topics)}"#)
                #expect(answer.status == 400 && answer["topics"] != nil, "\(topics): \(answer.json)")
            }
            let all = TopicPattern.offered
            #expect(all.count == 18 && all.allSatisfy { TopicPattern($0.rawValue)?.matches($0) == true })
            let orders = try #require(TopicPattern("order.*"))
            #expect(all.filter(orders.matches).count == 5)
            #expect(all.allSatisfy { TopicPattern("*")?.matches($0) == true })
        }
    }

    @Test(arguments: Backend.available)
    func `nothing of another address is overlooked where the version is raised by two at once`(
        _ backend: Backend
    ) async throws {
        try await WebhookHarness.with(backend) { shop in
            let id = try await shop.webhook("https://receiver.example.com/").id
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await shop.call(
                            .patch, "\(Self.path)\(id)/", #"{"description": "\#(number)"}"#,
                            headers: ["If-Match": "1"]
                        ).status
                    }
                }
                let statuses = try await group.reduce(into: [Int]()) { $0.append($1) }
                #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
            }
        }
    }
}

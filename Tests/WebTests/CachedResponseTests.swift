import HTTPTypes
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

@testable import Web

/// Answers that are kept, tagged and compressed.
@Suite struct CachedResponseTests {
    private struct Item: Codable, Sendable, Equatable {
        let id: Int
        let reading: Int
        let padding: String
    }

    private struct ListInput: Input {
        let page: PageRequest

        init(_ fields: Fields) { page = fields.page() }
    }

    /// A catalog of 45 items that says how often it was read.
    private final class Catalog: Sendable {
        let readings = Atomic<Int>(0)
        let revision = Atomic<Int>(1)

        func endpoints() -> [Endpoint] {
            [
                Endpoint(.get, "/api/products/", "Lists.", access: .anyone) { (call, input: ListInput) in
                    let reading = self.readings.add(1, ordering: .relaxed).newValue
                    let items = (0..<input.page.size).map {
                        Item(id: input.page.offset + $0, reading: reading, padding: "a product like all the others")
                    }
                    return try Page(items, count: 45, input.page, of: call)
                }
                .cached(),
                Endpoint(.get, "/api/pages/", "Not kept.", access: .anyone) { (_, _: NoInput) in
                    Detail(String(repeating: "words and words. ", count: 200))
                },
                Endpoint(.get, "/api/mine/", "Private.", access: .user) { (_, _: NoInput) in Detail("mine") },
                Endpoint(.get, "/api/opinions/", "Public, by caller.", access: .optionalUser) { (call, _: NoInput) in
                    Detail(call.identity == nil ? "opinions" : "opinions and yours")
                }
                .tagged(),
            ]
        }
    }

    private func withCatalog(_ body: @escaping @Sendable (WebHarness, Catalog) async throws -> Void) async throws {
        let catalog = Catalog()
        try await withServer(
            of: { _ in catalog.endpoints() }, revision: { catalog.revision.load(ordering: .relaxed) }
        ) { stand in try await body(stand, catalog) }
    }

    @Test func `an answer is kept until the revision moves`() async throws {
        try await withCatalog { stand, catalog in
            let first = try await stand.probe.send("GET", "/api/products/?page=2&page_size=10")
            let same = try await stand.probe.send("GET", "/api/products?page_size=10&page=2")
            #expect(first.status == 200)
            #expect(first.body == same.body)
            #expect(catalog.readings.load(ordering: .relaxed) == 1)
            #expect(first["count"]?.number == 45)
            #expect(first["next"]?.text == "http://127.0.0.1:\(stand.port)/api/products/?page=3&page_size=10")
            catalog.revision.add(1, ordering: .relaxed)
            let moved = try await stand.probe.send("GET", "/api/products/?page=2&page_size=10")
            #expect(moved["results"]?[0]?["reading"]?.number == 2)
            #expect(moved.header("ETag") != first.header("ETag"))
        }
    }

    @Test func `hosts, queries and encodings are kept apart`() async throws {
        try await withCatalog { stand, catalog in
            let here = try await stand.probe.send("GET", "/api/products/")
            let there = try await stand.probe.send("GET", "/api/products/", headers: ["Host": "shop.example.com"])
            #expect(there["next"]?.text?.hasPrefix("http://shop.example.com/") == true)
            #expect(here["next"]?.text != there["next"]?.text)
            let packed = try await stand.probe.send(
                "GET", "/api/products/", headers: ["Accept-Encoding": "br, gzip;q=0.5"])
            #expect(packed.header("Content-Encoding") == "gzip")
            #expect(packed.body.starts(with: [0x1F, 0x8B]))
            #expect(packed.body.count < here.body.count / 3)
            #expect(packed.header("ETag") != here.header("ETag"))
            #expect(packed.header("Vary")?.contains("Accept-Encoding") == true)
            #expect(try unpacked(packed.body) == here.body)
            let refused = try await stand.probe.send("GET", "/api/products/", headers: ["Accept-Encoding": "gzip;q=0"])
            #expect(refused.header("Content-Encoding") == nil)
            #expect(catalog.readings.load(ordering: .relaxed) == 2)
        }
    }

    @Test func `what a client has is not sent again`() async throws {
        try await withCatalog { stand, _ in
            for path in ["/api/products/", "/api/pages/"] {
                for encoding in ["identity", "gzip"] {
                    let headers = ["Accept-Encoding": encoding]
                    let first = try await stand.probe.send("GET", path, headers: headers)
                    let tag = try #require(first.header("ETag"))
                    let again = try await stand.probe.send(
                        "GET", path, headers: headers.merging(["If-None-Match": "\"x\", W/\(tag)"]) { $1 })
                    #expect(again.status == 304)
                    #expect(again.body.isEmpty)
                    #expect(again.header("ETag") == tag)
                    let other = try await stand.probe.send(
                        "GET", path, headers: headers.merging(["If-None-Match": "\"x\""]) { $1 })
                    #expect(other.status == 200)
                    #expect(other.body == first.body)
                }
            }
        }
    }

    @Test func `HEAD of a kept answer says its length`() async throws {
        try await withCatalog { stand, _ in
            let get = try await stand.probe.send("GET", "/api/products/")
            let head = try await stand.probe.send("HEAD", "/api/products/")
            #expect(head.header("Content-Length") == String(get.body.count))
            #expect(head.body.isEmpty)
        }
    }

    @Test func `private answers are not stored by anyone`() async throws {
        try await withCatalog { stand, _ in
            let mine = try await stand.probe.bearing("customer").send("GET", "/api/mine/")
            #expect(mine.header("Cache-Control") == "no-store")
            #expect(mine.header("ETag") == nil)
        }
    }

    @Test func `a public answer that says something of the caller is the caller's own to keep`() async throws {
        try await withCatalog { stand, _ in
            let known = stand.probe.bearing("customer")
            var tags: Set<String> = []
            for probe in [stand.probe, known] {
                let first = try await probe.send("GET", "/api/opinions/")
                #expect(first.status == 200 && first.header("Cache-Control") == "private, no-cache")
                let tag = try #require(first.header("ETag"))
                let again = try await probe.send("GET", "/api/opinions/", headers: ["If-None-Match": tag])
                #expect(again.status == 304 && again.body.isEmpty)
                tags.insert(tag)
            }
            #expect(tags.count == 2)
        }
    }

    @Test func `a page that is not there is a 404, and is not kept`() async throws {
        try await withCatalog { stand, catalog in
            for query in ["page=0", "page=abc", "page=99", "page=-1", "page=9999999999999999999999"] {
                let answer = try await stand.probe.send("GET", "/api/products/?" + query)
                #expect(answer.status == 404)
                #expect(answer["detail"]?.text == "Invalid page.")
            }
            let large = try await stand.probe.send("GET", "/api/products/?page_size=1000")
            #expect(large["results"]?.elements.count == 100)
            let odd = try await stand.probe.send("GET", "/api/products/?page_size=abc")
            #expect(odd["results"]?.elements.count == 20)
            #expect(stand.server.cache.weight > 0)
            #expect(catalog.readings.load(ordering: .relaxed) == 7)
        }
    }

    @Test func `the store stays within its bytes and keeps what is asked for`() {
        let store = ResponseCache(limit: 100_000)
        let body = [UInt8](repeating: 0x61, count: 1_000)
        let favourite = ResponseCache.Key(base: "", target: "/favourite/")
        #expect(store.answer(favourite, at: 1) == nil)
        store.keep(CachedResponse(body, contentType: "text/plain"), favourite, at: 1)
        for number in 0..<200 {
            let key = ResponseCache.Key(base: "", target: "/\(number)/")
            store.keep(CachedResponse(body, contentType: "text/plain"), key, at: 1)
            _ = store.answer(favourite, at: 1)
            #expect(store.weight <= 100_000)
        }
        #expect(store.answer(favourite, at: 1) != nil)
        #expect(store.answer(ResponseCache.Key(base: "", target: "/0/"), at: 1) == nil)
        #expect(store.answer(favourite, at: 2) == nil)
        store.keep(CachedResponse(body, contentType: "text/plain"), favourite, at: 1)
        #expect(store.answer(favourite, at: 2) == nil)
    }

    @Test func `a query is the same in any order, unless a name repeats`() {
        #expect(ResponseCache.canonical("b=1&a=2") == "a=2&b=1")
        #expect(ResponseCache.canonical("a=2&a=1") == "a=2&a=1")
        #expect(ResponseCache.canonical("") == "")
    }
}

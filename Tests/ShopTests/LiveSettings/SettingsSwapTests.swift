import KontorApp
import Logging
import Media
import Primitives
import SQL
import Schema
import Synchronization
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Shops that take each other's place behind one listener.
@Suite(.timeLimit(.minutes(10)))
struct SettingsSwapTests {
    private static let path = SettingsTable.path

    private final class Flag: Sendable {
        private let state = Mutex(false)

        var isUp: Bool { state.withLock { $0 } }

        func raise() { state.withLock { $0 = true } }
    }

    @Test(arguments: Backend.available)
    func `no request fails while one shop takes another's place, and jobs go on`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Cup", stock: 1_000, by: admin)
            let isOver = Flag()
            let answered = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Self.shop(for: product, at: stand.anonymous.port, until: isOver) }
                }
                group.addTask {
                    defer { isOver.raise() }
                    for round in 1...4 {
                        let name = "Round \(round)"
                        let answer = try await admin.send("PATCH", Self.path, json: ["SHOP_NAME": .string(name)])
                        #expect(answer.status == 200 && answer["is_applied"]?.truth == true, "\(answer.text)")
                        #expect(try await LiveSettingsTests.title(stand) == name)
                    }
                    return 0
                }
                return try await group.reduce(0, +)
            }
            #expect(answered > 0)
            _ = try await stand.customer("late@example.com")
            try await poll("the mail of a new customer") {
                let box = try await admin.send("GET", "/api/admin/mailbox/?to=late@example.com")
                return (box["count"]?.number ?? 0) > 0
            }
        }
    }

    /// Looks at a product and puts it into carts until it is over; how many answers came.
    private static func shop(for product: Int, at port: Int, until isOver: Flag) async throws -> Int {
        let probe = HTTPProbe(port: port)
        var count = 0
        while !isOver.isUp {
            let seen = try await probe.send("GET", "/api/products/\(product)/")
            #expect(seen.status == 200, "\(seen.text)")
            let item: JSONValue = ["product_id": .number("\(product)")]
            let added = try await probe.send("POST", "/api/cart/add/", json: item)
            #expect(added.status == 201, "\(added.text)")
            count += 2
        }
        return count
    }

    @Test(arguments: Backend.available)
    func `what is counted of requests goes on`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            for _ in 0..<3 { _ = try await LiveSettingsTests.title(stand) }
            let answer = try await admin.send("PATCH", Self.path, json: ["RETURN_DAYS": 10])
            #expect(answer["is_applied"]?.truth == true)
            _ = try await LiveSettingsTests.title(stand)
            let text = try await stand.anonymous.send("GET", "/metrics").text
            let line = text.firstMatch(of: /http_requests_total\{[^}]*route="\/api\/schema\/"[^}]*status="200"\} (\d+)/)
            #expect((line.flatMap { Int($0.1) } ?? 0) >= 4, "\(text.prefix(500))")
        }
    }

    @Test(arguments: Backend.available)
    func `another instance over the same database follows within seconds`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let other = try Installation.ofTest(
                stand.shop.installation.database, settings: ["RATE_LIMITS": "off"], time: .machine)
            try await Self.serving(try await Shop(other)) { probe in
                let changed = try await admin.send("PATCH", Self.path, json: ["SHOP_NAME": "Both"])
                #expect(changed.status == 200, "\(changed.text)")
                try await poll("the other instance") {
                    try await probe.send("GET", "/api/schema/")["info"]?["title"]?.text == "Both"
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an instance whose environment does not go with the change serves on, and says so`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let lines = LogLines()
            let installation = Installation(
                settings: try Settings.inMemory(["EMAIL_USE_TLS": "true", "RATE_LIMITS": "off"]),
                database: stand.shop.installation.database, media: MemoryMediaStore(),
                secret: stand.shop.installation.secret, time: .machine, random: .system, logger: lines.logger)
            try await Self.serving(try await Shop(installation)) { probe in
                let changed = try await admin.send(
                    "PATCH", Self.path,
                    json: ["SHOP_NAME": "New", "EMAIL_HOST": "mail.example.com", "EMAIL_USE_SSL": .bool(true)])
                #expect(changed["is_applied"]?.truth == true, "\(changed.text)")
                try await poll("the refusal") { lines.messages.contains { $0.contains("no shop can be made") } }
                let title = try await probe.send("GET", "/api/schema/")["info"]?["title"]?.text
                #expect(title == "Kontor")
                let mended = try await admin.send("PATCH", Self.path, json: ["EMAIL_USE_SSL": .null])
                #expect(mended.status == 200, "\(mended.text)")
                try await poll("the other instance") {
                    try await probe.send("GET", "/api/schema/")["info"]?["title"]?.text == "New"
                }
            }
        }
    }

    @Test func `a shop that nobody holds any more is gone`() async throws {
        try await withDatabase(.sqlite, migrations: Schema.migrations) { database in
            let runner = try await Self.leftBehind(try Installation.ofTest(database, time: .machine))
            try await poll("its end") { runner.value == nil }
        }
    }

    private final class Weak: @unchecked Sendable {
        // Written once, before anybody else sees it.
        private(set) weak var value: EndpointRunner?

        init(_ value: EndpointRunner) {
            self.value = value
        }
    }

    private static func leftBehind(_ installation: Installation) async throws -> Weak {
        Weak(try await Shop(installation).server.runner)
    }

    /// Serves a shop on a free port while `body` runs.
    private static func serving(
        _ shop: Shop, _ body: @escaping @Sendable (HTTPProbe) async throws -> Void
    ) async throws {
        let (ports, announce) = AsyncStream<Int>.makeStream()
        let serving = Serving(shop, host: "127.0.0.1", port: 0, signals: false) { port in
            announce.yield(port)
            announce.finish()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await serving.run()
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                do {
                    try await body(HTTPProbe(port: try #require(await iterator.next(), "the shop did not open")))
                } catch {
                    await serving.stop()
                    throw error
                }
                await serving.stop()
            }
            try await group.waitForAll()
        }
    }
}

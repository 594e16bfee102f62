import Commerce
import KontorApp
import Logging
import Media
import Merchandising
import Primitives
import SQL
import Schema
import Synchronization
import TestSupport
import Testing

@testable import KontorApp

/// A whole shop for one test, on a free port, over a clean database.
struct ShopHarness: Sendable {
    static let adminEmail = "admin@example.com"
    static let password = "correct-horse-9"

    let shop: Shop
    let anonymous: HTTPProbe

    /// Returns a customer with a token.
    func customer(_ email: String = "customer@example.com") async throws -> HTTPProbe {
        let answer = try await anonymous.send(
            "POST", "/api/auth/register/",
            json: [
                "email": .string(email), "password": .string(Self.password), "first_name": "Test", "last_name": "User",
            ])
        try #require(answer.status == 201, "\(answer.text)")
        return anonymous.bearing(try #require(answer["access"]?.text))
    }

    /// Returns the administrator with a token, made at the first call.
    func admin() async throws -> HTTPProbe {
        try await shop.createSuperuser(email: Self.adminEmail, password: Self.password, promote: true)
        let answer = try await anonymous.send(
            "POST", "/api/auth/login/", json: ["email": .string(Self.adminEmail), "password": .string(Self.password)])
        try #require(answer.status == 200, "\(answer.text)")
        return anonymous.bearing(try #require(answer["access"]?.text))
    }

    /// Makes a product with stock and gives its id.
    func product(_ name: String, price: String = "10.00", stock: Int, by admin: HTTPProbe) async throws -> Int {
        let category = try await admin.send("POST", "/api/categories/", json: ["name": .string("Category of " + name)])
        try #require(category.status == 201, "\(category.text)")
        let answer = try await admin.send(
            "POST", "/api/products/",
            json: [
                "name": .string(name), "sku": .string("SKU-" + name), "price": .string(price),
                "category": try #require(category["id"]), "stock_quantity": .number(String(stock)),
            ])
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer["id"]?.number)
    }

    /// Adds an address and gives its id.
    func address(of customer: HTTPProbe) async throws -> JSONValue {
        let answer = try await customer.send("POST", "/api/auth/addresses/", json: Self.address)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer["id"])
    }

    static let address: JSONValue = [
        "address_type": "both", "label": "Home", "full_name": "Test User", "phone_number": "+15550100",
        "address_line1": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701", "country": "US",
    ]
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByIntegerLiteral
{
    /// Creates a string.
    public init(stringLiteral text: String) { self = .string(text) }
    /// Creates a number.
    public init(integerLiteral number: Int) { self = .number(String(number)) }
    /// Creates an object; of a name that stands twice the last counts.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { $1 })
    }
}

extension Installation {
    /// Makes the installation of a test over `database`: media in memory, and a log that nobody reads.
    static func ofTest(
        _ database: any Database, settings values: [String: String] = [:], time: TimeSource
    ) throws -> Installation {
        Installation(
            settings: try Settings.inMemory(values), database: database, media: MemoryMediaStore(),
            secret: SecretKey("a secret of the tests, long enough to be one"), time: time, random: .system,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Runs `body` with a shop on `backend` that serves on a free port, and ends it gracefully.
func withShop<Value: Sendable>(
    _ backend: Backend, settings values: [String: String] = [:], time: TimeSource = .machine,
    _ body: @escaping @Sendable (ShopHarness) async throws -> Value
) async throws -> Value {
    try await withDatabase(backend, migrations: Schema.migrations) { database in
        let installation = try Installation.ofTest(
            database, settings: ["RATE_LIMITS": "off"].merging(values) { $1 }, time: time)
        let shop = try await Shop(installation)
        let (ports, announce) = AsyncStream<Int>.makeStream()
        let serving = Serving(shop, host: "127.0.0.1", port: 0, signals: false) { port in
            announce.yield(port)
            announce.finish()
        }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await serving.run()
                return nil
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                let port = try #require(await iterator.next(), "the shop did not open")
                let probe = try DocumentedShop.probe(port, of: shop)
                return try await outcome { try await body(ShopHarness(shop: shop, anonymous: probe)) }
                    .get(after: { await serving.stop() })
            }
            var result: Value?
            for try await value in group { result = value ?? result }
            return try #require(result)
        }
    }
}

/// Returns what `body` gives or throws, to be looked at after something else is done.
private func outcome<Value: Sendable>(
    _ body: () async throws -> Value
) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
}

extension Result where Failure == any Error, Success: Sendable {
    fileprivate func get(after action: () async -> Void) async throws -> Success {
        await action()
        return try get()
    }
}

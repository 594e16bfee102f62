import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Inventory
import Jobs
import Logging
import Media
import Merchandising
import Pictures
import Primitives
import SQL
import Schema
import TestSupport
import Vendors

@testable import Storefront
@testable import Web

/// A shop's catalog: its endpoints called as values, with the wire's inputs and answers.
struct CatalogFixture: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let base = "http://shop.test"

    let database: any Database
    let clock: MovableClock
    let media: MemoryMediaStore
    let stock: StockService
    let studio: PictureStudio
    let jobs: JobQueue
    let sweep: MediaSweep
    let imports: ImportService
    let caller: EndpointCaller

    init(_ database: any Database) throws {
        let clock = MovableClock(startingAt: Self.start)
        let media = MemoryMediaStore(time: clock.source)
        let stock = StockService(time: clock.source, prices: StorefrontPrices.refresh)
        let (studio, jobs) = (PictureStudio(media, maxPixels: 1_000_000), JobQueue(database, time: clock.source))
        self.stock = stock
        self.studio = studio
        self.jobs = jobs
        sweep = MediaSweep(
            media, database: database, jobs: jobs, time: clock.source,
            owners: ["categories": CategoryQueries.referenced, "products": ImageQueries.referenced])
        let imports = ImportService(
            database: database, jobs: jobs, time: clock.source, stock: stock, check: StorefrontOffers.check,
            currency: .usd, zone: .utc)
        self.imports = imports
        let storefront = StorefrontRoutes(database: database, currency: .usd)
        let products = ProductRoutes(
            database: database, time: clock.source, stock: stock, currency: .usd,
            reader: storefront.productReader)
        let pictures = PictureRoutes(
            database: database, time: clock.source, studio: studio,
            jobs: jobs)
        self.database = database
        self.clock = clock
        self.media = media
        let groups = [
            storefront.group, products.group, CategoryRoutes(database: database, time: clock.source).group,
            pictures.group,
            VendorRoutes(
                database: database,
                vendors: VendorService(jobs: jobs, secret: SecretKey("a secret of this test"), time: clock.source),
                currency: .usd
            ).group,
            CSVRoutes(database: database, imports: imports, limit: 1 << 20).group,
        ]
        caller = try EndpointCaller(groups, on: database, time: clock.source)
    }

    /// Runs every job that is due.
    func drainJobs() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let handlers = [MakePictureSizes.handler(studio), sweep.handler] + imports.jobHandlers
        try await JobRunner(jobs, handlers: handlers, logger: logger).drain()
    }

    /// How many files there are in every size; what was swept is not among them.
    var pictures: Int {
        ["categories", "products"].map { media.entries(in: $0, after: nil, limit: 1_000).count }.reduce(0, +)
    }

    /// Looks through all kept files.
    func sweepMedia() async throws {
        _ = try await database.write { [jobs] in try jobs.enqueue(MediaSweep.start, in: $0) }
        try await drainJobs()
    }

    /// What an endpoint answered.
    struct Answer: Sendable {
        let status: Int
        let json: JSONValue

        subscript(name: String) -> JSONValue? { json[name] }
    }

    /// Calls the endpoint at `target` as staff, with `body` as JSON.
    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: JSONValue? = nil, ifMatch: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let ifMatch { headers[.ifMatch] = ifMatch }
        if body != nil { headers[.contentType] = "application/json" }
        return try await call(method, target, headers, body.map { try JSONBytes.encode($0) } ?? [])
    }

    /// Posts a form with a file named `image`.
    func upload(
        _ target: String, _ image: [UInt8], named fileName: String = "a.png", fields: [String: String] = [:],
        as part: String = "image"
    ) async throws -> Answer {
        let boundary = "boundary-of-this-test"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"\(fileName)\"\r\n"
        body += Array((head + "Content-Type: image/png\r\n\r\n").utf8) + image + Array("\r\n--\(boundary)--\r\n".utf8)
        return try await call(.post, target, [.contentType: "multipart/form-data; boundary=\(boundary)"], body)
    }

    private func call(
        _ method: HTTPRequest.Method, _ target: String, _ headers: HTTPFields, _ body: [UInt8]
    ) async throws -> Answer {
        let answer = try await caller.call(method, target, headers: headers, body: body, by: .known(Self.staff))
        return Answer(status: answer.status, json: answer.json)
    }

    static let staff = Identity(
        userID: UserID(1), sessionID: SessionID(1), email: "staff@example.com", role: .admin, permissions: [],
        isEmailVerified: true)
}

extension CatalogFixture {
    /// Makes a category and gives its id.
    func category(_ name: String, under parent: Int? = nil, isActive: Bool = true) async throws -> Int {
        var body: [String: JSONValue] = ["name": .string(name), "is_active": .bool(isActive)]
        if let parent { body["parent"] = .number(String(parent)) }
        return try await call(.post, "/api/categories/", .object(body)).json.int("id")
    }

    /// Makes a product and gives the answer; `more` is put over the fields that every product has.
    func product(
        _ name: String, sku: String, price: String = "10.00", in category: Int, _ more: [String: JSONValue] = [:]
    ) async throws -> Answer {
        let body: [String: JSONValue] = [
            "name": .string(name), "sku": .string(sku), "price": .string(price), "category": .number(String(category)),
        ]
        return try await call(.post, "/api/products/", .object(body.merging(more) { $1 }))
    }

    /// Returns the names of a list's products, in its order.
    func names(_ query: String) async throws -> [String] {
        let answer = try await call(.get, "/api/products/" + (query.isEmpty ? "" : "?" + query))
        return answer["results"]?.elements.map { $0.text("name") } ?? ["status \(answer.status)"]
    }
}

/// Runs `body` with an empty catalog on a clean database.
func withCatalog(_ backend: Backend, _ body: (CatalogFixture) async throws -> Void) async throws {
    try await withDatabase(backend, migrations: Schema.migrations) { database in
        _ = try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO users (id, email, password_hash, role, created_at, updated_at)
                VALUES (1, 'staff@example.com', '', 'admin', 0, 0)
                """)
        }
        try await body(try CatalogFixture(database))
    }
}

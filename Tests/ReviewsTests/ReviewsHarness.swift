import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Media
import Pictures
import Primitives
import SQL
import Schema
import Storefront
import TestSupport
import Testing
import Web

@testable import Reviews

/// Reviews on a clean database, with products that were delivered. Requests go to the endpoints themselves: routed,
/// read and answered as the server does it, without the network.
struct ReviewsHarness: Sendable {
    let database: any Database
    let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
    let media = MemoryMediaStore()
    let jobs: JobQueue
    let reviews: ReviewService
    private let caller: EndpointCaller

    /// Somebody who may decide, and somebody who sells product 1.
    static let moderator = identity(901, role: .staff, permissions: ["reviews.moderate"])
    static let vendor = identity(902, role: .vendor)
    static let otherVendor = identity(903, role: .vendor)

    init(_ database: any Database, approvesAtOnce: Bool = false) throws {
        self.database = database
        let time = clock.source
        jobs = JobQueue(database, time: time)
        reviews = ReviewService(
            questions: ReviewedQueries.questions, approvesAtOnce: approvesAtOnce, time: time)
        let groups =
            ReviewsModule.groups(
                reviews, database: database, jobs: jobs, studio: PictureStudio(media), uploadBytes: 1 << 20)
            + [StorefrontRoutes(database: database, currency: .usd).group]
        caller = try EndpointCaller(groups, on: database, time: time)
    }

    /// Runs `body` on a shop with the products 1 to 3, of which a vendor sells the first; its counters have to be those
    /// of its rows in the end.
    static func with(
        _ backend: Backend, approvesAtOnce: Bool = false, _ body: (ReviewsHarness) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let shop = try ReviewsHarness(database, approvesAtOnce: approvesAtOnce)
            for staff in [moderator, vendor, otherVendor] { try await shop.insert(staff) }
            try await shop.execute(
                """
                INSERT INTO vendors (id, user_id, name, slug, status, created_at, updated_at)
                VALUES (1, 902, 'Vera', 'vera', 'approved', 0, 0), (2, 903, 'Otto', 'otto', 'approved', 0, 0)
                """)
            for id in 1...3 { try await shop.product(Int64(id), vendor: id == 1 ? 1 : nil) }
            try await body(shop)
            let found = try await shop.differences()
            #expect(found.isEmpty, "\(found)")
        }
    }

    static func identity(
        _ id: Int64, role: Role = .customer, permissions: Set<String> = [], isVerified: Bool = true
    ) -> Identity {
        Identity(
            userID: UserID(id), sessionID: SessionID(id), email: "user\(id)@example.com", role: role,
            permissions: permissions, isEmailVerified: isVerified)
    }

    /// What does not add up.
    func differences() async throws -> [String] {
        try await database.read { connection in
            try ReviewAudit.differences(connection).map(\.description)
                + RatingAudit.differences(connection).map(\.description)
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity? = nil,
        headers: HTTPFields = [:]
    ) async throws -> EndpointAnswer {
        var headers = headers
        if !body.isEmpty { headers[.contentType] = "application/json" }
        return try await caller.call(
            method, target, headers: headers, body: Array(body.utf8), by: .known(identity))
    }

    func upload(
        _ bytes: [UInt8], to target: String, caption: String? = nil, as identity: Identity?
    ) async throws -> EndpointAnswer {
        func part(_ more: String) -> String { "--b\r\nContent-Disposition: form-data; name=\"\(more)\r\n\r\n" }
        let words = caption.map { part("caption\"") + $0 + "\r\n" } ?? ""
        let body =
            Array((words + part("image\"; filename=\"f\"")).utf8) + bytes + Array("\r\n--b--\r\n".utf8)
        return try await caller.call(
            .post, target, headers: [.contentType: "multipart/form-data; boundary=b"], body: body,
            by: .known(identity))
    }
}

/// Rows that tests start from.
extension ReviewsHarness {
    func execute(_ query: Query) async throws {
        try await database.write { tx in _ = try tx.execute(query) }
    }

    func value(_ query: Query) async throws -> Int {
        try await database.read { try $0.value(query, as: Int.self) ?? 0 }
    }

    func insert(_ user: Identity, first: String = "Ada", last: String = "Lovelace") async throws {
        try await execute(
            """
            INSERT INTO users (id, email, first_name, last_name, role, created_at, updated_at)
            VALUES (\(user.userID), \(user.email), \(first), \(last), \(user.role.rawValue), 0, 0)
            """)
    }

    func product(_ id: Int64, vendor: Int64? = nil) async throws {
        let name = "Product \(id)"
        try await execute(
            """
            INSERT INTO products (id, vendor_id, name, name_key, slug, sku, short_description, description, price,
            price_low, price_high, tax_class, is_active, is_featured, approval_status, is_listed, has_variants,
            created_at, updated_at)
            VALUES (\(id), \(vendor), \(name), \(name.lowercased()), \("product-\(id)"), \("SKU-\(id)"), '', '', 100, 100, 100,
            'standard', 1, 0, 'approved', 1, 0, 0, 0)
            """)
    }

    /// Returns a customer with an order of products 1 and 2, of which as many units as said were delivered.
    func customer(_ id: Int64, delivered: Int = 1, isVerified: Bool = true) async throws -> Identity {
        let user = Self.identity(id, isVerified: isVerified)
        try await insert(user)
        try await order(id, of: user, products: [1, 2], delivered: delivered)
        return user
    }

    func order(_ id: Int64, of user: Identity, products: [Int64], delivered: Int) async throws {
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO orders (id, order_number, cart_key, user_id, email, status, payment_status, payment_method,
                currency, subtotal, discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines,
                shipping_address, billing_address, created_at, updated_at)
                VALUES (\(id), \("N\(id)"), \("k\(id)"), \(user.userID), \(user.email), 'processing', 'paid', 'card',
                'USD', 100, 0, 0, 0, 100, 0, '[]', '{}', '{}', 0, 0)
                """)
            for product in products {
                try tx.execute(
                    """
                    INSERT INTO order_items (order_id, product_id, variant_key, product_name, sku, options, tax_class,
                    quantity, delivered_quantity, price, subtotal, discount, tax, status)
                    VALUES (\(id), \(product), 0, 'P', 'S', '[]', 'standard', 2, \(delivered), 100, 200, 0, 0,
                    'processing')
                    """)
            }
        }
    }

    static let words = #""title": "Good", "review_text": "It works.""#

    /// Reviews a product.
    func review(
        _ product: String = "1", rating: Int = 5, by user: Identity, more: String = ""
    ) async throws -> EndpointAnswer {
        try await call(
            .post, "/api/products/\(product)/reviews/", #"{"rating": \#(rating), \#(Self.words)\#(more)}"#, as: user)
    }

    /// Reviews a product and has the review approved; returns its id.
    func approved(_ product: String = "1", rating: Int = 5, by user: Identity) async throws -> Int64 {
        let made = try await review(product, rating: rating, by: user)
        try #require(made.status == 201, "\(made.json)")
        try #require(try await decide("approve", made.id).status == 200)
        return made.id
    }

    func decide(_ verb: String, _ id: Int64, _ body: String = "") async throws -> EndpointAnswer {
        try await call(.put, "/api/admin/reviews/\(id)/\(verb)/", body, as: Self.moderator)
    }

    func summary(_ product: String = "1") async throws -> EndpointAnswer {
        try await call(.get, "/api/products/\(product)/review-summary/")
    }

    /// Returns the mean rating of product 1.
    func average() async throws -> Double? { Self.average(try await summary()) }

    static func average(_ summary: EndpointAnswer) -> Double? {
        if case .number(let text)? = summary["average"] { Double(text) } else { nil }
    }
}

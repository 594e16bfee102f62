import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Media
import Pictures
import Primitives
import SQL
import Schema
import Synchronization
import TestSupport
import Testing
import Web

@testable import Vendors

/// The endpoints of vendors on a clean database, with users of whom each has received order 10 times their id.
struct VendorHarness: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let staff = identity(1, .admin)

    let database: any Database
    let clock = MovableClock(startingAt: start)
    let media: MemoryMediaStore
    let vendors: VendorService
    let presence = Presence()
    /// The vendors to whom money is still to go.
    let owed = Owed()
    private let caller: EndpointCaller

    /// Whether owners are there, and how often they were asked.
    final class Presence: Sendable {
        private let state = Mutex((isThere: true, asked: 0))

        var asked: Int { state.withLock { $0.asked } }

        func leave() { state.withLock { $0.isThere = false } }

        func check() throws {
            try state.withLock {
                $0.asked += 1
                if !$0.isThere { throw PermissionDenied(code: "fresh_factor_required", "Show that you are there.") }
            }
        }
    }

    /// Vendors to whom money is still to go.
    final class Owed: Sendable {
        private let vendors = Mutex<Set<VendorID>>([])

        func owe(_ vendor: Int64) { vendors.withLock { _ = $0.insert(VendorID(vendor)) } }

        func settle(_ vendor: Int64) { vendors.withLock { _ = $0.remove(VendorID(vendor)) } }

        func settled(among ids: [VendorID]) -> Set<VendorID> { vendors.withLock { Set(ids).subtracting($0) } }
    }

    init(_ database: any Database) throws {
        self.database = database
        media = MemoryMediaStore(time: clock.source)
        var links = VendorLinks()
        links.email = { user, _ in "user\(user)@example.com" }
        links.names = { users, _ in Dictionary(uniqueKeysWithValues: users.map { ($0, "User \($0)") }) }
        links.promote = { user, tx in try tx.execute("UPDATE users SET role = 'vendor' WHERE id = \(user)") }
        links.hasReceived = { order, user, _, _ in order.rawValue == user.rawValue * 10 }
        links.settled = { [owed] ids, _ in owed.settled(among: ids) }
        links.productCounts = { ids, _ in Dictionary(uniqueKeysWithValues: ids.map { ($0, 7) }) }
        let studio = PictureStudio(media, maxPixels: 1_000_000)
        vendors = VendorService(
            jobs: JobQueue(database, time: clock.source), secret: SecretKey("a secret of this test"),
            time: clock.source, links: links)
        let groups = [
            VendorRoutes(database: database, vendors: vendors, currency: .usd).group,
            VendorAccountRoutes(
                database: database, vendors: vendors, studio: studio, currency: .usd, uploadLimit: 1 << 20
            ).group,
            VendorPaperRoutes(
                database: database, papers: VendorPapers(vendors: vendors, studio: studio), uploadLimit: 1 << 20
            ).group,
            VendorPublicRoutes(database: database, reviews: VendorReviews(vendors: vendors)).group,
        ]
        caller = try EndpointCaller(
            groups, on: database, presence: { [presence] _, _, _ in try presence.check() }, time: clock.source)
    }

    static func identity(_ id: Int64, _ role: Role = .customer, isVerified: Bool = true) -> Identity {
        Identity(
            userID: UserID(id), sessionID: SessionID(id), email: "user\(id)@example.com", role: role, permissions: [],
            isEmailVerified: isVerified)
    }

    static func with(_ backend: Backend, _ body: @Sendable (VendorHarness) async throws -> Void) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            _ = try await database.write { tx in
                for id in 1...40 {
                    try tx.execute(
                        """
                        INSERT INTO users (id, email, role, created_at, updated_at)
                        VALUES (\(id), \("user\(id)@example.com"), \(id == 1 ? "admin" : "customer"), 0, 0)
                        """)
                }
            }
            try await body(VendorHarness(database))
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String? = nil, by identity: Identity?,
        ifMatch: String? = nil
    ) async throws -> EndpointAnswer {
        var headers: HTTPFields = body == nil ? [:] : [.contentType: "application/json"]
        if let ifMatch { headers[.ifMatch] = ifMatch }
        return try await caller.call(
            method, target, headers: headers, body: Array((body ?? "").utf8), by: .known(identity))
    }

    /// Posts a form with a file.
    func upload(
        _ target: String, _ bytes: [UInt8], as part: String, fields: [String: String] = [:], by identity: Identity
    ) async throws -> EndpointAnswer {
        let texts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        let head = "--b\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"my paper.pdf\"\r\n\r\n"
        let body = Array((texts + head).utf8) + bytes + Array("\r\n--b--\r\n".utf8)
        return try await caller.call(
            .post, target, headers: [.contentType: "multipart/form-data; boundary=b"], body: body, by: .known(identity))
    }

    /// Registers a user and returns the id of their vendor, approved unless it should wait.
    @discardableResult
    func vendor(of user: Int64, named name: String = "Hats", isApproved: Bool = true) async throws -> Int64 {
        let made = try await call(
            .post, "/api/vendors/register/", #"{"business_name": "\#(name)", "business_type": "individual"}"#,
            by: Self.identity(user))
        try #require(made.status == 201, "\(made.json)")
        if isApproved {
            let approved = try await call(.put, "/api/admin/vendors/\(made.id)/approve/", "{}", by: Self.staff)
            try #require(approved.status == 200, "\(approved.json)")
        }
        return made.id
    }

    /// Returns where a vendor's money goes.
    func payoutTarget(of vendor: Int64) async throws -> PayoutTarget? {
        let id = VendorID(vendor)
        return try await database.read { try vendors.payoutTargets(of: [id], $0)[id] }
    }

    /// The templates of the mails that wait, in the order in which they were written.
    func mails() async throws -> [String] {
        try await database.read { connection in
            try connection.column("SELECT payload FROM jobs WHERE kind = 'mail.send' ORDER BY id", as: String.self)
        }.map { try JSONValue(parsing: Array($0.utf8))["template"]?.text ?? "" }
    }
}

extension VendorHarness {
    /// Has a user review a vendor after an order.
    func review(_ rating: Int, of vendor: Int64, by user: Int64, order: Int64? = nil) async throws -> EndpointAnswer {
        try await call(
            .post, "/api/vendors/\(vendor)/review/",
            #"{"rating": \#(rating), "review_text": "Said \#(user)", "order_id": \#(order ?? user * 10)}"#,
            by: Self.identity(user))
    }

    /// Returns vendors whose sums are not those of their reviews.
    func miscounted() async throws -> [VendorID] {
        try await database.read { try VendorReviewQueries.miscounted($0) }
    }
}

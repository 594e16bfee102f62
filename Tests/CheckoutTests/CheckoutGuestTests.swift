import AppHarness
import Checkout
import Commerce
import HTTPTypes
import Jobs
import Logging
import Messages
import Notifications
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Web

/// What callers without an account may do within an hour.
@Suite struct CheckoutGuestTests {
    private static func with(
        _ backend: Backend, _ body: @escaping @Sendable (CheckoutHarness, MovableClock) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let clock = MovableClock(startingAt: CheckoutHarness.start)
            try await body(try CheckoutHarness(database, clock: clock, limitsGuests: true), clock)
        }
    }

    private static let order = """
        {"payment_method": "cod", "email": "guest@example.com", "shipping_address": {"full_name": "G",
        "address_line1": "1 Road", "city": "Paris", "postal_code": "75001", "country": "FR"}}
        """

    @Test(arguments: Backend.available)
    func `guests of one address make six hundred carts an hour, and users as many as they like`(
        _ backend: Backend
    ) async throws {
        try await Self.with(backend) { shop, clock in
            try await shop.product(1, stock: 5_000)
            // What is refused for another reason does not count.
            for _ in 0..<5 {
                #expect(try await shop.call(.post, "/api/cart/add/", #"{"product_id": 9}"#).status == 400)
            }
            var key = ""
            for number in 1...600 {
                let cart = try await shop.fill(1, as: nil)
                try #require(cart.status == 201, "\(number)")
                key = try #require(cart.text("session_key"))
            }
            let refused = try await shop.fill(1, as: nil)
            #expect(refused.status == 429 && refused.text("code") == "throttled")
            #expect(refused.headers[.retryAfter] == "3600")
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 600)
            let unknown = try await shop.call(
                .post, "/api/cart/add/", #"{"product_id": 1}"#, headers: ["X-Session-Key": "a-key-that-is-nobodys-here"]
            )
            #expect(unknown.status == 429)
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 600)
            // A cart that is there is filled as before, and a user is not counted.
            let more = try await shop.call(
                .post, "/api/cart/add/", #"{"product_id": 1}"#, headers: ["X-Session-Key": key])
            #expect(more.status == 201, "\(more.json)")
            #expect(try await shop.fill(1, as: try await shop.user(7)).status == 201)
            clock.advance(by: .hours(1))
            #expect(try await shop.fill(1, as: nil).status == 201)
        }
    }

    @Test(arguments: Backend.available)
    func `guests of one address place sixty orders an hour`(_ backend: Backend) async throws {
        try await Self.with(backend) { shop, clock in
            try await shop.product(1, stock: 5_000)
            func place() async throws -> EndpointAnswer {
                let key = try #require(try await shop.fill(1, as: nil).text("session_key"))
                return try await shop.call(.post, "/api/orders/", Self.order, headers: ["X-Session-Key": key])
            }
            for number in 1...60 { try #require(try await place().status == 201, "\(number)") }
            let refused = try await place()
            #expect(refused.status == 429 && refused.headers[.retryAfter] != nil, "\(refused.json)")
            #expect(try await shop.value("SELECT COUNT(*) FROM orders") == 60)
            let ada = try await shop.user(8)
            _ = try await shop.fill(1, as: ada)
            #expect(try await shop.order(ada).status == 201)
            clock.advance(by: .hours(1))
            #expect(try await place().status == 201)
        }
    }

    @Test(arguments: Backend.available)
    func `a guest's address gets ten mails an hour, and the rest are logged as suppressed`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let clock = MovableClock(startingAt: CheckoutHarness.start)
            let (jobs, lines) = (JobQueue(database, time: clock.source), LogLines())
            let composer = MailComposer(
                shopName: "Shop", shopURL: "https://shop.example",
                secrets: MailSecrets(SecretKey("a secret of this test")), templates: CheckoutModule.mailTemplates)
            let messages = MessageJobs(
                database, composer: composer, transport: .mailbox, time: clock.source,
                logger: lines.logger)
            func ask(_ count: Int, to email: String, user: UserID? = nil) async throws {
                try await database.write { tx in
                    for number in 0..<count {
                        try jobs.enqueue(
                            MailJob(
                                template: "order_cancelled", to: email, userID: user,
                                context: .object(["order_number": .string("K-\(number)"), "is_paid": .bool(false)])),
                            in: tx)
                    }
                }
                let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                try await JobRunner(jobs, handlers: messages.handlers, logger: quiet).drain()
            }
            func kept(_ email: String) async throws -> Int {
                try await database.read {
                    try $0.value("SELECT COUNT(*) FROM mailbox WHERE recipient = \(email)", as: Int.self) ?? 0
                }
            }
            try await ask(35, to: "guest@example.com")
            #expect(try await kept("guest@example.com") == 10)
            #expect(lines.messages.count { $0.hasPrefix("mail suppressed") } == 25)
            try await ask(35, to: "GUEST@Example.com")
            #expect(try await kept("GUEST@Example.com") == 0)
            try await ask(12, to: "user@example.com", user: UserID(1))
            #expect(try await kept("user@example.com") == 12)
            clock.advance(by: .hours(1))
            try await ask(12, to: "guest@example.com")
            #expect(try await kept("guest@example.com") == 20)
            _ = try await database.write {
                try GuestMailQueries.purge(before: clock.source.now + .seconds(1), limit: 500, in: $0)
            }
            let left = try await database.read { try $0.value("SELECT COUNT(*) FROM guest_mails", as: Int.self) }
            #expect(left == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a mail that is tried again is counted once`(_ backend: Backend) async throws {
        struct Unreachable: Error {}
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let clock = MovableClock(startingAt: CheckoutHarness.start)
            let jobs = JobQueue(database, time: clock.source)
            let composer = MailComposer(
                shopName: "Shop", shopURL: "https://shop.example",
                secrets: MailSecrets(SecretKey("a secret of this test")), templates: CheckoutModule.mailTemplates)
            let messages = MessageJobs(
                database, composer: composer,
                transport: .server(host: "mail.test:25") { _, _, _ in throw Unreachable() }, time: clock.source)
            _ = try await database.write { tx in
                try jobs.enqueue(
                    MailJob(
                        template: "order_cancelled", to: "guest@example.com", userID: nil,
                        context: .object(["order_number": .string("K-1"), "is_paid": .bool(false)])), in: tx)
            }
            let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            for _ in 0..<3 {
                try await JobRunner(jobs, handlers: messages.handlers, logger: quiet).drain()
                clock.advance(by: .hours(2))
            }
            let counted = try await database.read { try $0.value("SELECT COUNT(*) FROM guest_mails", as: Int.self) }
            #expect(counted == 1)
            let attempts = try await database.read { try $0.value("SELECT attempts FROM jobs", as: Int.self) ?? 0 }
            #expect(attempts > 1)
        }
    }
}

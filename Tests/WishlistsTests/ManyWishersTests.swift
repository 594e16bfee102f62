import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Logging
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing
import Web

@testable import Wishlists

/// One thing on many lists: the walk over them, its end in the middle, and what it costs.
@Suite(.timeLimit(.minutes(10)))
struct ManyWishersTests {
    @Test(arguments: Backend.available)
    func `whenever the process dies between or in steps, everybody is told once`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let count = WishlistAlerts.chunk * 2 + 50
            let lamp = try await shop.product(1, price: 100_000).id
            try await shop.wishers(count, of: [lamp])
            var (price, moment, deaths) = (Int64(100_000), 1, 0)
            while true {
                price -= 100
                try await shop.price(lamp, price)
                let isDead = try await Self.drain(shop, diesAt: moment)
                shop.clock.advance(by: .minutes(2))
                let told = try await shop.told()
                #expect(told.count == count && Set(told.map(\.recipient)).count == count, "died at \(moment)")
                guard isDead else { break }
                (moment, deaths) = (moment + 1, deaths + 1)
            }
            #expect(deaths > 10)
        }
    }

    /// Runs the jobs in a process that dies at a moment of its transactions; returns whether it did.
    private static func drain(_ shop: WishlistHarness, diesAt moment: Int) async throws -> Bool {
        let dying = DyingDatabase(shop.database, diesAt: moment)
        let other = try WishlistHarness(dying, clock: shop.clock)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        _ = try? await JobRunner(other.jobs, handlers: other.alerts.handlers, logger: logger).drain()
        return dying.isDead
    }

    @Test(arguments: Backend.available)
    func `a change amid the walk starts another one, and nobody hears of a change twice`(
        _ backend: Backend
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            let count = WishlistAlerts.chunk + 50
            let lamp = try await shop.product(1).id
            try await shop.wishers(count, of: [lamp])
            try await shop.price(lamp, 900)
            // The second step fails and is tried again later.
            let steps = Mutex(0)
            let other = try WishlistHarness(shop.database, clock: shop.clock) { users, tx in
                let step = steps.withLock { count in
                    count += 1
                    return count
                }
                if step > 1 { throw ProcessDied() }
                return try WishlistHarness.recipients(users, in: tx)
            }
            try await other.drain()
            #expect(try await shop.mails().count == WishlistAlerts.chunk)
            try await shop.price(lamp, 800)
            shop.clock.advance(by: .minutes(1))
            let told = try await shop.told()
            let (first, second) = (told.filter { $0.newPrice == "9.00" }, told.filter { $0.newPrice == "8.00" })
            #expect(first.count == WishlistAlerts.chunk && second.count == count)
            #expect(Set(second.map(\.recipient)).count == count)
        }
    }

    @Test(arguments: Backend.available)
    func `a list costs two statements however long it is, and a step as many for one wisher as for all`(
        _ backend: Backend
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, as: ada)
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).statements == 2)
            try await shop.fillList(of: 1, upTo: Wishlist.maxItems)
            let list = try await shop.call(.get, "/api/wishlist/", as: ada)
            #expect(list.statements == 2 && list.items.count == Wishlist.maxItems)
            #expect(try await shop.call(.get, "/api/wishlist/check/\(lamp)/", as: ada).statements == 1)
            let patch = try await shop.call(
                .patch, "/api/wishlist/items/\(item)/", #"{"notify_on_price_drop": true}"#, as: ada)
            #expect(patch.status == 200 && patch.statements <= 6)
            let move = try await shop.call(.post, "/api/wishlist/items/\(item)/move-to-cart/", "{}", as: ada)
            #expect(move.status == 200 && move.statements <= 10, "\(move.statements)")
        }
    }

    @Test(arguments: Backend.available)
    func `lists, changes and alerts find their rows by index among many`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let goods = try await shop.manyWishes()
            let ada = WishlistHarness.identity(1_000_001)
            let other = try await shop.product(777).id
            let found = try await PlanReader(database: shop.database).findings(withWrites: true) {
                #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.count == 20)
                #expect(try await shop.call(.get, "/api/wishlist/check/\(goods[0])/", as: ada).status == 200)
                let item = try await shop.wish(other, as: ada)
                try await shop.flags(item, false, as: ada)
                let move = "/api/wishlist/items/\(item)/move-to-cart/"
                #expect(try await shop.call(.post, move, "{}", as: ada).status == 200)
                try await shop.price(goods[0], 900)
                try await shop.adjust(goods[1], by: -10)
                try await shop.adjust(goods[1], by: 10)
                try await shop.review()
                try await shop.drain()
            }
            let own: Set<String> = ["wishlists", "wishlist_items", "wishlist_offers", "i", "users"]
            for finding in found where own.contains(finding.table) || finding.statement.contains("wishlist") {
                Issue.record("\(finding)")
            }
            #expect(try await shop.mails().count == 2_000)
        }
    }
}

extension WishlistHarness {
    /// Makes so many users, each of whom wishes for all of these with both flags, and returns nothing to be told yet.
    func wishers(_ count: Int, of goods: [Int64]) async throws {
        let first: Int64 = 1_000_000
        try await database.write { tx in
            for chunk in (1...Int64(count)).map({ $0 + first }).chunked(by: 500) {
                let users = chunk.map { [SQLValue].row($0, "user\($0)@example.com", "customer", 0, 0) }
                try tx.execute("INSERT INTO users (id, email, role, created_at, updated_at) VALUES \(rows: users)")
                let lists = chunk.map { [SQLValue].row($0, $0, 0, 0) }
                try tx.execute("INSERT INTO wishlists (id, user_id, created_at, updated_at) VALUES \(rows: lists)")
            }
        }
        for product in goods {
            try await database.write { tx in
                for chunk in (1...Int64(count)).map({ $0 + first }).chunked(by: 500) {
                    let items = chunk.map { [SQLValue].row($0, product, 0, 100_000, 1, 1, 0, 0, 0) }
                    try tx.execute(
                        """
                        INSERT INTO wishlist_items (wishlist_id, product_id, variant_key, price_snapshot,
                        notify_on_price_drop, notify_on_back_in_stock, drop_seen, restock_seen, added_at)
                        VALUES \(rows: items)
                        """)
                }
                try tx.execute(
                    """
                    INSERT INTO wishlist_offers (product_id, variant_key, price, is_available, drops, drop_from, restocks)
                    SELECT id, 0, price, 1, 0, price, 0 FROM products WHERE id = \(product)
                    """)
            }
        }
    }

    /// Makes 1,000 users with twenty items each, and returns the goods.
    func manyWishes() async throws -> [Int64] {
        var goods: [Int64] = []
        for number in 1...20 { goods.append(try await product(Int64(number)).id) }
        try await wishers(1_000, of: goods)
        try await database.write { tx in
            for chunk in (1...Int64(9_000)).map({ $0 + 2_000_000 }).chunked(by: 500) {
                let users = chunk.map { [SQLValue].row($0, "user\($0)@example.com", "customer", 0, 0) }
                try tx.execute("INSERT INTO users (id, email, role, created_at, updated_at) VALUES \(rows: users)")
            }
        }
        try await execute("INSERT INTO wishlists (user_id, created_at, updated_at) VALUES (900, 0, 0)")
        try await fillList(of: 900, upTo: 2_000)
        try await execute(
            """
            INSERT INTO wishlist_offers (product_id, variant_key, price, is_available, drops, drop_from, restocks)
            SELECT id, 0, price, 0, 0, price, 0 FROM products WHERE id >= 100000
            """)
        let tables: Query = "wishlists, wishlist_items, wishlist_offers, users, products"
        try await execute(database.dialect == .sqlite ? "ANALYZE" : "ANALYZE TABLE \(tables)")
        return goods
    }
}

/// The end of a process, as what it was about to do sees it.
struct ProcessDied: ExpectedFailure {}

/// A database as a process sees it that dies: before a transaction, or after one of which it does not hear any more.
final class DyingDatabase: Database {
    private let database: any Database
    private let moments: Mutex<Int>

    init(_ database: any Database, diesAt moment: Int) {
        self.database = database
        moments = Mutex(moment)
    }

    var isDead: Bool { moments.withLock { $0 <= 0 } }

    private func pass() throws {
        let isOver = moments.withLock { left in
            left -= left > 0 ? 1 : 0
            return left == 0
        }
        if isOver { throw ProcessDied() }
    }

    var dialect: Dialect { database.dialect }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        if isDead { throw ProcessDied() }
        return try await database.read(body)
    }

    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        if isDead { throw ProcessDied() }
        return try await database.report(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try pass()
        let value = try await database.write(body)
        try pass()
        return value
    }

    func close() async {}
}

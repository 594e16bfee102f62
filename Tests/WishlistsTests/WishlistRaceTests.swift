import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Jobs
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Wishlists

/// What wishers, staff and the jobs do at the same moment; scripts/races runs these for a thousand rounds.
@Suite(.serialized, .timeLimit(.minutes(120)))
struct WishlistRaceTests {
    private static let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 50
    private static let size = 16

    /// Runs `round` again and again with sixteen users.
    private static func run(
        _ backend: Backend, _ round: @Sendable (WishlistHarness, [Identity], _ number: Int64) async throws -> Void
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            var users: [Identity] = []
            for id in 1...size { users.append(try await shop.user(Int64(id))) }
            for number in 1...Int64(rounds) {
                // Lists hold no more than 500.
                try await shop.execute("DELETE FROM wishlist_items")
                try await DocumentedAnswer.$isChecked.withValue(number <= 3) { try await round(shop, users, number) }
            }
        }
    }

    private static func everyone<Value: Sendable>(
        _ users: [Identity], _ body: @escaping @Sendable (Identity) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, user) in users.enumerated() { group.addTask { (index, try await body(user)) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    @Test(arguments: Backend.available)
    func `the same thing added twice at once is one item of one list`(_ backend: Backend) async throws {
        try await Self.run(backend) { shop, users, number in
            try await shop.execute("DELETE FROM wishlists")
            let lamp = try await shop.product(number).id
            let statuses = try await Self.everyone(users + users) { user in
                try await shop.call(.post, "/api/wishlist/add/", #"{"product_id": \#(lamp)}"#, as: user).status
            }
            try #require(statuses.allSatisfy { $0 == 201 }, "round \(number): \(statuses)")
            let items: Query = "SELECT COUNT(*) FROM wishlist_items WHERE product_id = \(lamp)"
            #expect(try await shop.value(items) == Self.size)
            #expect(try await shop.value("SELECT COUNT(*) FROM wishlists") == Self.size)
        }
    }

    @Test(arguments: Backend.available)
    func `the last unit that is moved is in the cart or on the list, and moved once`(_ backend: Backend) async throws {
        try await Self.run(backend) { shop, users, number in
            try await shop.execute("DELETE FROM carts")
            let lamp = try await shop.product(number, stock: 1).id
            let items = try await Self.everyone(users) { try await shop.wish(lamp, as: $0) }
            async let taken: Void = shop.adjust(lamp, by: -1)
            let statuses = try await Self.everyone(users) { user -> [Int] in
                let move = "/api/wishlist/items/\(items[Int(user.userID.rawValue) - 1])/move-to-cart/"
                async let first = shop.call(.post, move, "{}", as: user).status
                async let second = shop.call(.post, move, "{}", as: user).status
                return try await [first, second].sorted()
            }
            try await taken
            for (user, answers) in zip(users, statuses) {
                try #require([[200, 404], [400, 400]].contains(answers), "round \(number): \(answers)")
                let cart = try await shop.call(.get, "/api/cart/", as: user).items
                let list = try await shop.call(.get, "/api/wishlist/check/\(lamp)/", as: user)
                #expect(cart.map { $0.int("quantity") } == (answers[0] == 200 ? [1] : []))
                #expect(list.json["in_wishlist"] == .bool(answers[0] == 400))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `who keeps the flag is told of each change once, and who came before it is told`(
        _ backend: Backend
    ) async throws {
        try await Self.run(backend) { shop, users, number in
            let lamp = try await shop.product(number).id
            let (early, late) = (Array(users.prefix(10)), Array(users.dropFirst(10)))
            let items = try await Self.everyone(early) { try await shop.wish(lamp, as: $0) }
            async let priced: Void = shop.price(lamp, 900)
            async let walked: Void = shop.drain()
            async let joined = Self.everyone(late) { try await shop.wish(lamp, as: $0) }
            for index in 0..<5 { try await shop.flags(items[index], false, as: early[index]) }
            _ = try await (priced, walked, joined)
            let told = try await shop.told().map(\.recipient)
            try #require(Set(told).count == told.count, "round \(number): \(told)")
            for user in early.dropFirst(5) { #expect(told.contains(user.email), "round \(number)") }
            for user in late {
                let snapshot = try await shop.value(
                    """
                    SELECT i.price_snapshot FROM wishlist_items i JOIN wishlists w ON w.id = i.wishlist_id
                    WHERE w.user_id = \(user.userID) AND i.product_id = \(lamp)
                    """)
                #expect(told.contains(user.email) == (snapshot == 1_000), "round \(number): \(snapshot)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `what is first wished for while it changes is watched as it is`(_ backend: Backend) async throws {
        try await Self.run(backend) { shop, users, number in
            let lamp = try await shop.product(number, stock: number % 2 == 0 ? 0 : 1).id
            async let priced: Void = shop.price(lamp, 900)
            async let moved: Void = shop.adjust(lamp, by: number % 2 == 0 ? 1 : -1)
            async let joined = Self.everyone(Array(users.prefix(4))) { try await shop.wish(lamp, as: $0) }
            _ = try await (priced, moved, joined)
            let watched = try await shop.database.read {
                try $0.tuples(
                    "SELECT price, is_available FROM wishlist_offers WHERE product_id = \(lamp)", as: (Int, Int).self)
            }
            try #require(watched.count == 1)
            #expect(watched[0] == (900, number % 2 == 0 ? 1 : 0), "round \(number)")
            _ = try await shop.told()
        }
    }
}

import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Reviews

/// What authors, voters and staff do at the same moment; scripts/races runs these for a thousand rounds. Counters have
/// to be those of their rows after each.
@Suite(.serialized) struct ReviewRaceTests {
    /// `KONTOR_RACE_ROUNDS`; scripts/races asks for many.
    static let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 50
    private static let size = 8

    /// Runs `round` again and again in one shop of eight customers.
    private static func run(
        _ backend: Backend, _ round: @Sendable (ReviewsHarness, [Identity]) async throws -> Void
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            var clients: [Identity] = []
            for id in 1...size { clients.append(try await shop.customer(Int64(id))) }
            for number in 1...rounds {
                // Limits by user are not what races.
                shop.clock.advance(by: .hours(2))
                try await DocumentedAnswer.$isChecked.withValue(number <= 3) { try await round(shop, clients) }
                let found = try await shop.differences()
                try #require(found.isEmpty, "round \(number): \(found)")
            }
        }
    }

    private static func all<Value: Sendable>(
        _ clients: [Identity], _ body: @escaping @Sendable (Identity, Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, client) in clients.enumerated() { group.addTask { (index, try await body(client, index)) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    @Test(arguments: Backend.available)
    func `a customer who reviews twice at once has one review`(_ backend: Backend) async throws {
        try await Self.run(backend) { shop, clients in
            let statuses = try await Self.all(clients) { client, index in
                async let other = shop.review(index % 2 == 0 ? "1" : "product-1", by: client).status
                let first = try await shop.review(by: client).status
                return [first, try await other].sorted()
            }
            try #require(statuses.allSatisfy { $0 == [201, 400] }, "\(statuses)")
            #expect(try await shop.value("SELECT COUNT(*) FROM product_reviews") == Self.size)
            try await shop.execute("DELETE FROM product_reviews")
        }
    }

    @Test(arguments: Backend.available)
    func `votes at once are counted once each`(_ backend: Backend) async throws {
        try await Self.run(backend) { shop, clients in
            let id = try await shop.approved(by: clients[0])
            _ = try await Self.all(Array(clients.dropFirst())) { client, index in
                let path = "/api/reviews/\(id)/helpful/"
                async let other = shop.call(.post, path, #"{"is_helpful": false}"#, as: client).status
                let first = try await shop.call(
                    .post, path, index % 3 == 0 ? #"{"is_helpful": null}"# : "{}", as: client
                ).status
                try #require([first, try await other] == [200, 200])
            }
            #expect(try await shop.call(.delete, "/api/reviews/\(id)/", as: clients[0]).status == 204)
        }
    }

    @Test(arguments: Backend.available)
    func `a review is approved, rejected, changed, voted on or deleted, and its rating counts as it ends`(
        _ backend: Backend
    ) async throws {
        try await Self.run(backend) { shop, clients in
            var ids: [Int64] = []
            for client in clients {
                let made = try await shop.review(rating: 1 + Int(client.userID.rawValue) % 5, by: client)
                try #require(made.status == 201, "\(made.json)")
                ids.append(made.id)
            }
            let made = ids
            let ends = try await Self.all(clients) { client, index in
                let path = "/api/reviews/\(made[index])/"
                async let approved = shop.decide("approve", made[index]).status
                async let rejected = shop.decide("reject", made[index], #"{"reason": "x"}"#).status
                async let changed = shop.call(.patch, path, #"{"rating": 3, "title": "T"}"#, as: client).status
                async let deleted =
                    index % 2 == 0 ? shop.call(.delete, path, as: client).status : 204
                async let voted = shop.call(.post, path + "helpful/", "{}", as: clients[(index + 1) % Self.size]).status
                return try await [approved, rejected, changed, deleted, voted]
            }
            for end in ends { #expect(end[3] == 204 && end.allSatisfy { [200, 204, 404].contains($0) }, "\(end)") }
            let left = try await shop.value("SELECT COUNT(*) FROM product_reviews")
            #expect(left == Self.size / 2)
            for (index, client) in clients.enumerated() where index % 2 != 0 {
                _ = try await shop.call(.delete, "/api/reviews/\(made[index])/", as: client)
            }
        }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

@testable import Reviews

/// Random histories of reviews, beside a model that is as simple as can be.
@Suite struct ReviewHistoryTests {
    private struct Entry {
        let id: Int64
        let author: Int
        let product: String
        var rating: Int
        var status = "pending"
        var votes: [Int: Bool] = [:]
    }

    @Test(arguments: Backend.available.flatMap { backend in (1...4).map { (backend, UInt64($0)) } })
    func `counters, ratings and summaries are those of the rows after any history`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            var numbers = RandomSource.seeded(seed)
            var users: [Identity] = []
            for id in 1...4 { users.append(try await shop.customer(Int64(id))) }
            var entries: [Entry] = []
            for _ in 1...120 {
                shop.clock.advance(by: .minutes(20))
                let user = Int.random(in: 0..<users.count, using: &numbers)
                let rating = Int.random(in: 1...5, using: &numbers)
                let place = entries.indices.randomElement(using: &numbers)
                switch (Int.random(in: 0..<6, using: &numbers), place) {
                case (0, _), (_, nil):
                    let product = Bool.random(using: &numbers) ? "1" : "2"
                    let made = try await shop.review(product, rating: rating, by: users[user])
                    let isTaken = entries.contains { $0.author == user && $0.product == product }
                    try #require(made.status == (isTaken ? 400 : 201))
                    if !isTaken { entries.append(Entry(id: made.id, author: user, product: product, rating: rating)) }
                case (1, let place?):
                    _ = try await shop.decide("approve", entries[place].id)
                    entries[place].status = "approved"
                case (2, let place?):
                    _ = try await shop.decide("reject", entries[place].id, #"{"reason": "\#(rating)"}"#)
                    entries[place].status = "rejected"
                case (3, let place?):
                    _ = try await shop.call(
                        .patch, "/api/reviews/\(entries[place].id)/", #"{"rating": \#(rating)}"#,
                        as: users[entries[place].author])
                    if rating != entries[place].rating { entries[place].status = "pending" }
                    entries[place].rating = rating
                case (4, let place?) where rating == 1:
                    _ = try await shop.call(
                        .delete, "/api/reviews/\(entries[place].id)/", as: users[entries[place].author])
                    entries.remove(at: place)
                case (_, let place?):
                    let vote: Bool? = [true, false, nil][rating % 3]
                    let answer = try await shop.call(
                        .post, "/api/reviews/\(entries[place].id)/helpful/",
                        #"{"is_helpful": \#(vote.map { "\($0)" } ?? "null")}"#, as: users[user])
                    let isRefused = entries[place].author == user
                    let isHidden = entries[place].status != "approved"
                    try #require(answer.status == (isRefused ? 400 : isHidden ? 404 : 200))
                    if answer.status == 200 { entries[place].votes[user] = vote }
                }
            }
            try await Self.expect(entries, in: shop)
        }
    }

    private static func expect(_ entries: [Entry], in shop: ReviewsHarness) async throws {
        #expect(try await shop.differences().isEmpty)
        for product in ["1", "2"] {
            let approved = entries.filter { $0.product == product && $0.status == "approved" }
            let summary = try await shop.summary(product)
            #expect(summary["count"]?.integer == Int64(approved.count))
            for star in 1...5 {
                let count = summary["distribution"]?["\(star)"]?.integer
                #expect(count == Int64(approved.count { $0.rating == star }))
            }
            let list = try await shop.call(.get, "/api/products/\(product)/reviews/")
            #expect(Set(list.results.compactMap { $0["id"]?.integer }) == Set(approved.map(\.id)))
        }
        for entry in entries {
            let shown = try await shop.call(.get, "/api/reviews/\(entry.id)/", as: ReviewsHarness.moderator)
            #expect(shown.text("status") == entry.status)
            #expect(shown["helpful_count"]?.integer == Int64(entry.votes.values.count { $0 }))
            #expect(shown["not_helpful_count"]?.integer == Int64(entry.votes.values.count { !$0 }))
        }
    }
}

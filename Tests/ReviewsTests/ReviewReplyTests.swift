import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

@testable import Reviews

/// Votes, responses and decisions.
@Suite struct ReviewReplyTests {
    @Test(arguments: Backend.available)
    func `a second vote changes the first, null takes it back, and nobody votes on their own`(
        _ backend: Backend
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.approved(by: ada)
            let path = "/api/reviews/\(id)/helpful/"
            for (body, vote, helpful, others) in [
                (#"{"is_helpful": true}"#, JSONValue.bool(true), 1, 0),
                (#"{"is_helpful": true}"#, .bool(true), 1, 0),
                (#"{"is_helpful": false}"#, .bool(false), 0, 1),
                (#"{"is_helpful": null}"#, .null, 0, 0), (#"{"is_helpful": null}"#, .null, 0, 0),
                ("{}", .bool(true), 1, 0),
            ] {
                let answer = try await shop.call(.post, path, body, as: bob)
                #expect(answer.status == 200 && answer["my_vote"] == vote, "\(body): \(answer.json)")
                #expect(answer["helpful_count"]?.integer == Int64(helpful), "\(body)")
                #expect(answer["not_helpful_count"]?.integer == Int64(others), "\(body)")
            }
            #expect(try await shop.call(.post, path, "{}", as: ada).status == 400)
            #expect(try await shop.call(.post, path, #"{"is_helpful": "maybe"}"#, as: bob).status == 400)
            #expect(try await shop.call(.get, "/api/reviews/\(id)/")["my_vote"] == .null)
            let listed = try await shop.call(.get, "/api/products/1/reviews/", as: bob)
            #expect(listed.results.first?["my_vote"] == .bool(true))
            _ = try await shop.decide("reject", id, #"{"reason": "x"}"#)
            #expect(try await shop.call(.post, path, "{}", as: bob).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `the product's vendor and staff respond, once a review, and change that`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let id = try await shop.review(by: ada).id
            let (path, body) = ("/api/reviews/\(id)/respond/", #"{"response_text": "Thank you."}"#)
            #expect(try await shop.call(.post, path, body, as: ReviewsHarness.vendor).status == 404)
            _ = try await shop.decide("approve", id)
            #expect(try await shop.call(.post, path, body, as: ReviewsHarness.otherVendor).status == 404)
            #expect(try await shop.call(.post, path, body, as: ada).status == 403)
            #expect(try await shop.call(.post, path, "{}", as: ReviewsHarness.vendor).status == 400)
            let first = try await shop.call(.post, path, body, as: ReviewsHarness.vendor)
            #expect(first.status == 201 && first.text("responder") == "vendor", "\(first.json)")
            shop.clock.advance(by: .minutes(1))
            let second = try await shop.call(
                .put, path, #"{"response_text": "We are sorry."}"#, as: ReviewsHarness.moderator)
            #expect(second.status == 200 && second.text("responder") == "staff", "\(second.json)")
            let shown = try await shop.call(.get, "/api/reviews/\(id)/")
            #expect(shown["response"]?["response_text"]?.text == "We are sorry.")
            #expect(shown["response"]?["created_at"] == first["created_at"])
            #expect(shown["response"]?["updated_at"] != first["updated_at"])
            #expect(shown.text("status") == "approved")
        }
    }

    @Test(arguments: Backend.available)
    func `staff list what waits, and approve nothing that has changed since they read it`(_ backend: Backend)
        async throws
    {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.review(by: ada).id
            _ = try await shop.approved("2", by: bob)
            let desk = "/api/admin/reviews/"
            for (query, count) in [
                ("", 2), ("?status=pending", 1), ("?status=approved", 1), ("?status=rejected", 0), ("?product=2", 1),
                ("?user=1&rating=5", 1), ("?rating=1", 0), ("?ordering=-helpful", 2), ("?ordering=rating", 2),
            ] {
                let list = try await shop.call(.get, desk + query, as: ReviewsHarness.moderator)
                #expect(list["count"]?.integer == Int64(count), "\(query): \(list.json)")
            }
            #expect(try await shop.call(.get, desk + "?status=x", as: ReviewsHarness.moderator).status == 400)
            #expect(try await shop.call(.get, desk, as: ReviewsHarness.vendor).status == 403)
            let waiting = try await shop.call(.get, desk + "?status=pending", as: ReviewsHarness.moderator)
            #expect(waiting.results.first?["version"]?.integer == 1 && waiting.results.first?["order_id"]?.integer == 1)
            #expect(waiting.results.first?["product_name"]?.text == "Product 1", "\(waiting.json)")
            _ = try await shop.call(.patch, "/api/reviews/\(id)/", #"{"title": "Other"}"#, as: ada)
            let stale = try await shop.call(
                .put, desk + "\(id)/approve/", as: ReviewsHarness.moderator, headers: [.ifMatch: "\"1\""])
            #expect(stale.status == 412)
            #expect(try await shop.decide("reject", id).status == 400)
            let approved = try await shop.decide("approve", id)
            #expect(approved["moderated_by"]?.integer == 901 && approved["moderated_at"] != .null)
            #expect(try await shop.decide("approve", id)["moderated_at"] == approved["moderated_at"])
            #expect(try await shop.decide("approve", 999).status == 404)
        }
    }
}

import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

@testable import Reviews

/// What `If-Match` holds changes of reviews against.
@Suite struct ReviewVersionTests {
    private static let rating = #"{"rating": 4}"#
    private static let whole = #"{"rating": 3, "title": "T", "review_text": "R"}"#

    private static func matching(_ version: Int) -> HTTPFields { [.ifMatch: "\"\(version)\""] }

    @Test(arguments: Backend.available)
    func `an author changes and deletes what they have read, not what has changed since`(_ backend: Backend)
        async throws
    {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let made = try await shop.review(by: ada)
            #expect(made["version"]?.integer == 1, "\(made.json)")
            let path = "/api/reviews/\(made.id)/"
            func send(_ method: HTTPRequest.Method, _ body: String, _ version: Int) async throws -> EndpointAnswer {
                try await shop.call(method, path, body, as: ada, headers: Self.matching(version))
            }
            #expect(try await send(.patch, Self.rating, 1)["version"]?.integer == 2)
            #expect(try await send(.patch, Self.rating, 2)["version"]?.integer == 2, "nothing has changed")
            for (method, body) in [(HTTPRequest.Method.patch, Self.rating), (.put, Self.whole), (.delete, "")] {
                let stale = try await send(method, body, 1)
                #expect(stale.status == 412 && stale.text("code") == "version_mismatch", "\(method): \(stale.json)")
            }
            #expect(try await shop.decide("approve", made.id)["version"]?.integer == 3)
            #expect(try await send(.put, Self.whole, 2).status == 412, "staff have decided since")
            let changed = try await send(.put, Self.whole, 3)
            #expect(changed.status == 200 && changed["version"]?.integer == 4, "\(changed.json)")
            let own = try await shop.call(.get, "/api/reviews/my-reviews/", as: ada)
            #expect(own.results.first?["version"]?.integer == 4)
            let other = try await shop.call(
                .delete, path, as: ReviewsHarness.moderator, headers: Self.matching(3))
            #expect(other.status == 412)
            #expect(try await send(.delete, "", 4).status == 204)
        }
    }

    @Test(arguments: Backend.available)
    func `of two decisions on what was read the second is refused`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let id = try await shop.review(by: ada).id
            let desk = "/api/admin/reviews/\(id)/"
            let approved = try await shop.call(
                .put, desk + "approve/", as: ReviewsHarness.moderator, headers: Self.matching(1))
            #expect(approved.status == 200, "\(approved.json)")
            let rejected = try await shop.call(
                .put, desk + "reject/", #"{"reason": "x"}"#, as: ReviewsHarness.moderator, headers: Self.matching(1))
            #expect(rejected.status == 412)
            #expect(try await shop.summary()["count"]?.integer == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a response has a version of its own, and neither it nor a vote is a change of the review`(
        _ backend: Backend
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.approved(by: ada)
            let before = try await shop.call(.get, "/api/reviews/\(id)/")["version"]
            func respond(_ text: String, _ version: Int) async throws -> EndpointAnswer {
                try await shop.call(
                    .put, "/api/reviews/\(id)/respond/", #"{"response_text": "\#(text)"}"#,
                    as: ReviewsHarness.vendor, headers: Self.matching(version))
            }
            #expect(try await respond("Early", 1).status == 412, "there is no response yet")
            let first = try await respond("First", 0)
            #expect(first.status == 201 && first["version"]?.integer == 1, "\(first.json)")
            let second = try await respond("Second", 1)
            #expect(second.status == 200 && second["version"]?.integer == 2, "\(second.json)")
            #expect(try await respond("Late", 1).status == 412)
            #expect(try await shop.call(.post, "/api/reviews/\(id)/helpful/", "{}", as: bob).status == 200)
            let shown = try await shop.call(.get, "/api/reviews/\(id)/")
            #expect(shown["version"] == before && shown["response"]?["version"]?.integer == 2, "\(shown.json)")
            #expect(shown["response"]?["response_text"]?.text == "Second")
        }
    }

    @Test(arguments: Backend.available)
    func `pictures that come and go are changes of their review`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let id = try await shop.approved(by: ada)
            let path = "/api/reviews/\(id)/"
            let image = try await shop.upload(MediaFixtures.grayPNG, to: path + "images/", as: ada).id
            let pictured = try await shop.call(.get, path, as: ada)
            #expect(pictured["version"]?.integer == 3, "made, approved, changed")
            let target = path + "images/\(image)/"
            #expect(try await shop.call(.delete, target, as: ada, headers: Self.matching(2)).status == 412)
            #expect(try await shop.decide("approve", id)["version"]?.integer == 4)
            #expect(try await shop.call(.delete, target, as: ada, headers: Self.matching(4)).status == 204)
            let bare = try await shop.call(.get, path)
            #expect(bare["version"]?.integer == 5 && bare.text("status") == "approved", "\(bare.json)")
            #expect(bare["images"] == .array([]))
        }
    }
}

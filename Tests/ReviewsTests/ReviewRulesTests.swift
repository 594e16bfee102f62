import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Reviews

/// Who may review what, and who sees it.
@Suite struct ReviewRulesTests {
    @Test(arguments: Backend.available)
    func `a review of what was delivered waits for staff and says what its author wrote`(_ backend: Backend)
        async throws
    {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let made = try await shop.review(
                "product-1", rating: 4, by: ada, more: #", "pros": " light ", "cons": null, "order_id": 1"#)
            #expect(made.status == 201, "\(made.json)")
            #expect(made["product_id"]?.integer == 1 && made["rating"]?.integer == 4)
            #expect(made.text("title") == "Good" && made.text("review_text") == "It works.")
            #expect(made.text("pros") == "light" && made.text("cons") == "")
            #expect(made["user"]?["display_name"]?.text == "Ada L." && made["user"]?["avatar"] == .null)
            #expect(made["is_verified_purchase"] == .bool(true) && made.text("status") == "pending")
            #expect(made["my_vote"] == .null && made["response"] == .null && made["images"] == .array([]))
            #expect(try await shop.summary()["count"]?.integer == 0)
            #expect(try await shop.call(.get, "/api/products/1/reviews/").json["count"]?.integer == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `only buyers with a verified address review, once, what the public sees`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2, delivered: 0))
            let eve = try await shop.customer(3, isVerified: false)
            let unverified = try await shop.review(by: eve)
            #expect(unverified.status == 403 && unverified.text("code") == "email_not_verified")
            for (product, order, user) in [("1", "", bob), ("3", "", ada), ("1", #", "order_id": 2"#, ada)] {
                let refused = try await shop.review(product, by: user, more: order)
                #expect(refused.status == 403 && refused.text("code") == "purchase_required", "\(refused.json)")
            }
            #expect(try await shop.review("99", by: ada).status == 404)
            #expect(try await shop.review(by: ada).status == 201)
            let again = try await shop.review(by: ada)
            #expect(again.status == 400 && again["non_field_errors"]?.array?.count == 1, "\(again.json)")
            #expect(try await shop.review("2", by: ada).status == 201)
            try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = 2")
            for path in ["/api/products/2/reviews/", "/api/products/2/review-summary/"] {
                #expect(try await shop.call(.get, path).status == 404, "\(path)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a vendor who buys reviews the goods of others, never their own`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (vera, otto) = (ReviewsHarness.vendor, ReviewsHarness.otherVendor)
            try await shop.order(1, of: vera, products: [1, 2], delivered: 1)
            try await shop.order(2, of: otto, products: [1], delivered: 1)
            for status in ["approved", "suspended", "pending"] {
                try await shop.execute("UPDATE vendors SET status = \(status) WHERE id = 1")
                let own = try await shop.review("1", by: vera)
                #expect(own.status == 403 && own.text("code") == "own_business", "\(status): \(own.json)")
            }
            #expect(try await shop.review("2", by: vera).status == 201, "the shop's")
            #expect(try await shop.review("1", by: otto).status == 201, "another vendor's")
        }
    }

    @Test(arguments: [
        (#"{"rating": 0, "title": "a", "review_text": "b"}"#, "rating"),
        (#"{"rating": 6, "title": "a", "review_text": "b"}"#, "rating"),
        (#"{"rating": "x", "title": "a", "review_text": "b"}"#, "rating"),
        (#"{"title": "a", "review_text": "b"}"#, "rating"),
        (#"{"rating": 1, "title": " ", "review_text": "b"}"#, "title"),
        (#"{"rating": 1, "title": "a"}"#, "review_text"),
        (#"{"rating": 1, "title": "a", "review_text": "b", "order_id": "x"}"#, "order_id"),
    ])
    func `what cannot be read is refused on its field`(_ body: String, _ field: String) async throws {
        try await ReviewsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer(1)
            let refused = try await shop.call(.post, "/api/products/1/reviews/", body, as: ada)
            #expect(refused.status == 400 && refused[field] != nil, "\(refused.json)")
        }
    }

    @Test func `texts have limits, counted in characters of any script`() async throws {
        try await ReviewsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer(1)
            for (field, limit) in [("title", 200), ("review_text", 5_000), ("pros", 1_000), ("cons", 1_000)] {
                var texts = ["title": "a", "review_text": "b"]
                texts[field] = String(repeating: "字", count: limit + 1)
                let members = texts.map { #""\#($0.key)": "\#($0.value)""# }.joined(separator: ", ")
                let body = #"{"rating": 1, \#(members)}"#
                let refused = try await shop.call(.post, "/api/products/1/reviews/", body, as: ada)
                #expect(refused.status == 400 && refused[field] != nil, "\(field): \(refused.json)")
            }
            let most = String(repeating: "字", count: 5_000)
            let body = #"{"rating": 1, "title": "a", "review_text": "\#(most)"}"#
            #expect(try await shop.call(.post, "/api/products/1/reviews/", body, as: ada).status == 201)
        }
    }

    @Test(arguments: Backend.available)
    func `a pending review is its author's and staff's, an approved one everybody's`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.review(by: ada).id
            func seen() async throws -> [Int] {
                var statuses: [Int] = []
                for caller in [nil, bob, ReviewsHarness.vendor, ada, ReviewsHarness.moderator] {
                    statuses.append(try await shop.call(.get, "/api/reviews/\(id)/", as: caller).status)
                }
                return statuses
            }
            #expect(try await seen() == [404, 404, 404, 200, 200])
            #expect(try await shop.decide("approve", id).text("status") == "approved")
            #expect(try await seen() == [200, 200, 200, 200, 200])
            let rejected = try await shop.decide("reject", id, #"{"reason": "advertising"}"#)
            #expect(rejected.text("status") == "rejected" && rejected.text("rejection_reason") == "advertising")
            #expect(try await seen() == [404, 404, 404, 200, 200])
            let own = try await shop.call(.get, "/api/reviews/my-reviews/", as: ada)
            #expect(own.results.first?["rejection_reason"]?.text == "advertising")
            #expect(try await shop.call(.get, "/api/reviews/my-reviews/", as: bob)["count"]?.integer == 0)
            #expect(try await shop.decide("approve", id).status == 200)
            try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = 1")
            #expect(try await seen() == [404, 404, 404, 200, 200])
        }
    }

    @Test(arguments: Backend.available)
    func `a change has to be approved again, and its rating counts no more until then`(_ backend: Backend) async throws
    {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.approved(rating: 5, by: ada)
            #expect(try await shop.average() == 5)
            let path = "/api/reviews/\(id)/"
            #expect(try await shop.call(.patch, path, #"{"rating": 1}"#, as: bob).status == 403)
            let same = try await shop.call(.patch, path, #"{"rating": 5}"#, as: ada)
            #expect(same.status == 200 && same.text("status") == "approved")
            let changed = try await shop.call(.patch, path, #"{"rating": 1}"#, as: ada)
            #expect(changed.text("status") == "pending" && changed.text("title") == "Good", "\(changed.json)")
            #expect(try await shop.summary()["count"]?.integer == 0)
            #expect(try await shop.call(.patch, path, #"{"rating": 1}"#, as: bob).status == 404)
            #expect(try await shop.call(.put, path, #"{"rating": 2}"#, as: ada).status == 400)
            let whole = try await shop.call(
                .put, path, #"{"rating": 2, "title": "T", "review_text": "R", "pros": "P"}"#, as: ada)
            #expect(whole.status == 200 && whole.text("pros") == "P", "\(whole.json)")
            #expect(try await shop.decide("approve", id).status == 200)
            #expect(try await shop.average() == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a decision that is taken back leaves a review that waits and does not count`(
        _ backend: Backend
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let id = try await shop.approved(rating: 5, by: ada)
            #expect(try await shop.average() == 5)
            let reopened = try await shop.decide("reopen", id)
            #expect(reopened.status == 200 && reopened.text("status") == "pending", "\(reopened.json)")
            #expect(try await shop.summary()["count"]?.integer == 0)
            #expect(try await shop.call(.get, "/api/reviews/\(id)/").status == 404)
            _ = try await shop.decide("reject", id, #"{"reason": "no"}"#)
            let again = try await shop.decide("reopen", id)
            #expect(again.text("status") == "pending", "\(again.json)")
            #expect(try await shop.decide("approve", id).status == 200)
            #expect(try await shop.average() == 5)
        }
    }

    @Test(arguments: Backend.available)
    func `an author deletes a review with all that belongs to it, and may write another`(_ backend: Backend)
        async throws
    {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.approved(by: ada)
            #expect(try await shop.call(.post, "/api/reviews/\(id)/helpful/", "{}", as: bob).status == 200)
            #expect(try await shop.call(.delete, "/api/reviews/\(id)/", as: bob).status == 403)
            #expect(try await shop.call(.delete, "/api/reviews/\(id)/", as: ada).status == 204)
            #expect(try await shop.call(.delete, "/api/reviews/\(id)/", as: ada).status == 404)
            #expect(try await shop.value("SELECT COUNT(*) FROM review_votes") == 0)
            #expect(try await shop.summary()["count"]?.integer == 0)
            let second = try await shop.approved(by: ada)
            #expect(try await shop.call(.delete, "/api/reviews/\(second)/", as: ReviewsHarness.moderator).status == 204)
        }
    }

    @Test(arguments: Backend.available)
    func `where reviews are approved at once they count at once, but what staff rejected waits`(
        _ backend: Backend
    ) async throws {
        try await ReviewsHarness.with(backend, approvesAtOnce: true) { shop in
            let ada = try await shop.customer(1)
            let made = try await shop.review(rating: 3, by: ada)
            #expect(made.text("status") == "approved")
            let path = "/api/reviews/\(made.id)/"
            #expect(try await shop.call(.patch, path, #"{"rating": 4}"#, as: ada).text("status") == "approved")
            #expect(try await shop.average() == 4)
            _ = try await shop.decide("reject", made.id, #"{"reason": "no"}"#)
            #expect(try await shop.call(.patch, path, #"{"rating": 5}"#, as: ada).text("status") == "pending")
            #expect(try await shop.summary()["count"]?.integer == 0)
        }
    }

    @Test func `the twenty-first review of an hour is too many`() async throws {
        try await ReviewsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer(1)
            for id in 10..<31 { try await shop.product(Int64(id)) }
            try await shop.order(50, of: ada, products: (10..<31).map { Int64($0) }, delivered: 1)
            for id in 10..<30 { #expect(try await shop.review("\(id)", by: ada).status == 201) }
            let refused = try await shop.review("30", by: ada)
            #expect(refused.status == 429 && refused.headers[.retryAfter] != nil)
            shop.clock.advance(by: .hours(1))
            #expect(try await shop.review("30", by: ada).status == 201)
        }
    }

    @Test(arguments: [
        ("Ada", "Lovelace", "ada", false, "Ada L."), ("Ada", "", "", false, "Ada"), ("", "L", "ada", false, "ada"),
        ("", "", "", false, "Customer"), ("Ada", "Lovelace", "ada", true, "Deleted user"),
        ("Ágnes", "őry", "", false, "Ágnes Ő."),
    ])
    func `authors are known by a first name and an initial`(
        _ first: String, _ last: String, _ username: String, _ isErased: Bool, _ expected: String
    ) {
        let author = ReviewAuthor(
            firstName: first, lastName: last, username: username, avatar: "", isErased: isErased)
        #expect(author.displayName == expected)
    }
}

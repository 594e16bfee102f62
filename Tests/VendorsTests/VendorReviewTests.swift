import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// What customers say of vendors.
@Suite(.timeLimit(.minutes(10)))
struct VendorReviewTests {
    @Test(arguments: Backend.available)
    func `a customer reviews a vendor once an order, after it has come`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let early = try await shop.review(5, of: id, by: 3, order: 31)
            #expect(early.status == 403 && early.text("code") == "purchase_required")
            let own = try await shop.review(5, of: id, by: 2)
            #expect(own.status == 403 && own.text("code") == "own_business")
            let first = try await shop.review(4, of: id, by: 3)
            #expect(first.status == 201 && first["user"]?["display_name"]?.text == "User 3", "\(first.json)")
            let again = try await shop.review(1, of: id, by: 3)
            #expect(again.status == 400 && again["non_field_errors"] != nil)
            shop.clock.advance(by: .seconds(1))
            _ = try await shop.review(5, of: id, by: 4)
            shop.clock.advance(by: .seconds(1))
            _ = try await shop.review(5, of: id, by: 5)
            let shown = try await shop.call(.get, "/api/vendors/hats/", by: nil)
            #expect(shown["rating"]?.text == "4.67" || "\(shown["rating"] ?? .null)".contains("4.67"), "\(shown.json)")
            #expect(shown["reviews_count"]?.integer == 3)
            let list = try await shop.call(.get, "/api/vendors/hats/reviews/?page_size=2", by: nil)
            #expect(list["count"]?.integer == 3 && list.results.map { $0["rating"]?.integer } == [5, 5])
            #expect(list.results.first?["review_text"]?.text == "Said 5" && list.statements <= 4)
            #expect(try await shop.miscounted().isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"review_text": "x", "order_id": 30}"#, "rating"),
        (#"{"rating": 0, "review_text": "x", "order_id": 30}"#, "rating"),
        (#"{"rating": 6, "review_text": "x", "order_id": 30}"#, "rating"),
        (#"{"rating": 5, "order_id": 30}"#, "review_text"),
        (#"{"rating": 5, "review_text": "", "order_id": 30}"#, "review_text"),
        (#"{"rating": 5, "review_text": "x"}"#, "order_id"),
    ])
    func `a review that makes no sense is refused on its field`(_ body: String, _ field: String) async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let id = try await shop.vendor(of: 2)
            let answer = try await shop.call(
                .post, "/api/vendors/\(id)/review/", body, by: VendorHarness.identity(3))
            #expect(answer.status == 400 && answer[field] != nil, "\(answer.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `the vendor answers a review, and no other vendor does`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            try await shop.vendor(of: 3, named: "Caps")
            let review = try await shop.review(4, of: id, by: 4)
            let path = "/api/vendors/reviews/\(review.id)/respond/"
            for text in ["Thanks", "Thank you"] {
                let answer = try await shop.call(
                    .post, path, #"{"response": "\#(text)"}"#, by: VendorHarness.identity(2))
                #expect(answer.status == 200 && answer.text("response") == text && answer["responded_at"] != .null)
            }
            let other = try await shop.call(.post, path, #"{"response": "x"}"#, by: VendorHarness.identity(3))
            #expect(other.status == 404)
            let customer = try await shop.call(.post, path, #"{"response": "x"}"#, by: VendorHarness.identity(4))
            #expect(customer.status == 403)
        }
    }

    @Test(arguments: Backend.available)
    func `only a vendor who may sell answers reviews`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let review = try await shop.review(4, of: id, by: 4)
            let respond = {
                try await shop.call(
                    .post, "/api/vendors/reviews/\(review.id)/respond/", #"{"response": "x"}"#,
                    by: VendorHarness.identity(2))
            }
            for status in VendorStatus.allCases {
                _ = try await shop.database.write { tx in
                    try tx.execute("UPDATE vendors SET status = \(status) WHERE id = \(id)")
                }
                let answer = try await respond()
                #expect(answer.status == (status == .approved ? 200 : 403), "\(status): \(answer.json)")
                if status != .approved { #expect(answer.text("code") == "vendor_not_approved", "\(status)") }
            }
        }
    }
}

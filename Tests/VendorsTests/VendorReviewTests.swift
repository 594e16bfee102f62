import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// What customers say of vendors, and many who do things to vendors at the same moment.
@Suite(.timeLimit(.minutes(10)))
struct VendorReviewTests {
    private static let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 20

    private static func review(
        _ shop: VendorHarness, _ rating: Int, of vendor: Int64, by user: Int64, order: Int64? = nil
    ) async throws -> EndpointAnswer {
        try await shop.call(
            .post, "/api/vendors/\(vendor)/review/",
            #"{"rating": \#(rating), "review_text": "Said \#(user)", "order_id": \#(order ?? user * 10)}"#,
            by: VendorHarness.identity(user))
    }

    private static func miscounted(_ shop: VendorHarness) async throws -> [VendorID] {
        try await shop.database.read { try VendorReviewQueries.miscounted($0) }
    }

    @Test(arguments: Backend.available)
    func `a customer reviews a vendor once an order, after it has come`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let early = try await Self.review(shop, 5, of: id, by: 3, order: 31)
            #expect(early.status == 403 && early.text("code") == "purchase_required")
            let own = try await Self.review(shop, 5, of: id, by: 2)
            #expect(own.status == 403 && own.text("code") == "own_business")
            let first = try await Self.review(shop, 4, of: id, by: 3)
            #expect(first.status == 201 && first["user"]?["display_name"]?.text == "User 3", "\(first.json)")
            let again = try await Self.review(shop, 1, of: id, by: 3)
            #expect(again.status == 400 && again["non_field_errors"] != nil)
            shop.clock.advance(by: .seconds(1))
            _ = try await Self.review(shop, 5, of: id, by: 4)
            shop.clock.advance(by: .seconds(1))
            _ = try await Self.review(shop, 5, of: id, by: 5)
            let shown = try await shop.call(.get, "/api/vendors/hats/", by: nil)
            #expect(shown["rating"]?.text == "4.67" || "\(shown["rating"] ?? .null)".contains("4.67"), "\(shown.json)")
            #expect(shown["reviews_count"]?.integer == 3)
            let list = try await shop.call(.get, "/api/vendors/hats/reviews/?page_size=2", by: nil)
            #expect(list["count"]?.integer == 3 && list.results.map { $0["rating"]?.integer } == [5, 5])
            #expect(list.results.first?["review_text"]?.text == "Said 5" && list.statements <= 4)
            #expect(try await Self.miscounted(shop).isEmpty)
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
            let review = try await Self.review(shop, 4, of: id, by: 4)
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

    /// Runs `body` for all numbers at once.
    private static func together(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Int
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<count { group.addTask { try await body(number) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    @Test(arguments: Backend.available)
    func `who applies twice at once has one vendor`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            for round in 1...min(Self.rounds, 38) {
                let statuses = try await Self.together(4) { _ in
                    try await shop.call(
                        .post, "/api/vendors/register/", #"{"business_name": "Twin", "business_type": "company"}"#,
                        by: VendorHarness.identity(Int64(round + 1))
                    ).status
                }
                #expect(statuses == [201, 400, 400, 400], "round \(round)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of decisions that are made at once each follows on the one before`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            for round in 1...Self.rounds {
                let made = try await shop.call(
                    .post, "/api/admin/vendors/", #"{"name": "A", "status": "pending"}"#, by: VendorHarness.staff)
                let path = "/api/admin/vendors/\(made.id)/"
                let verbs = ["approve", "reject", "suspend", "approve"]
                let statuses = try await Self.together(4) {
                    try await shop.call(.put, path + verbs[$0] + "/", #"{"reason": "x"}"#, by: VendorHarness.staff)
                        .status
                }
                let end = try await shop.call(.get, path, by: VendorHarness.staff)
                let version = Int(end["version"]?.integer ?? 0)
                #expect(version == 1 + statuses.count { $0 == 200 }, "round \(round): \(statuses) \(end.json)")
                #expect(["approved", "rejected", "suspended"].contains(end.text("status") ?? ""))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of reviews that are written at once none is lost from the sums`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let statuses = try await Self.together(32) {
                // Each of sixteen customers twice.
                try await Self.review(shop, 1 + $0 % 5, of: id, by: Int64(3 + $0 % 16)).status
            }
            #expect(statuses.count { $0 == 201 } == 16 && statuses.count { $0 == 400 } == 16, "\(statuses)")
            #expect(try await Self.miscounted(shop).isEmpty)
        }
    }
}

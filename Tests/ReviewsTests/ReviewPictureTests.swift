import AppHarness
import HTTPTypes
import Media
import Primitives
import TestSupport
import Testing
import Web

@testable import Reviews

/// The pictures of reviews.
@Suite struct ReviewPictureTests {
    @Test(arguments: Backend.available)
    func `an author adds five pictures and takes them off`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.customer(1), try await shop.customer(2))
            let id = try await shop.approved(by: ada)
            let path = "/api/reviews/\(id)/images/"
            let first = try await shop.upload(MediaFixtures.jpeg, to: path, caption: "the left half", as: ada)
            #expect(first.status == 201 && first.text("caption") == "the left half", "\(first.json)")
            #expect(first["width"]?.integer == 16 && first["height"]?.integer == 8)
            #expect(first.text("image")?.contains("/media/reviews/") == true)
            let shown = try await shop.call(.get, "/api/reviews/\(id)/", as: ada)
            #expect(shown.text("status") == "pending" && shown["images"]?[0] == first.json)
            #expect(try await shop.upload(MediaFixtures.jpeg, to: path, as: bob).status == 404)
            for _ in 2...5 { #expect(try await shop.upload(MediaFixtures.grayPNG, to: path, as: ada).status == 201) }
            let sixth = try await shop.upload(MediaFixtures.jpeg, to: path, as: ada)
            #expect(sixth.status == 400 && sixth["image"] != nil, "\(sixth.json)")
            _ = try await shop.decide("approve", id)
            #expect(try await shop.upload(MediaFixtures.jpeg, to: path, as: bob).status == 403)
            #expect(try await shop.call(.delete, path + "\(first.id)/", as: bob).status == 403)
            #expect(try await shop.call(.delete, path + "\(first.id)/", as: ada).status == 204)
            #expect(try await shop.call(.delete, path + "\(first.id)/", as: ada).status == 404)
            let rest = try await shop.call(.get, "/api/reviews/\(id)/")
            #expect(rest["images"]?.array?.count == 4 && rest.text("status") == "approved")
        }
    }

    @Test func `what is no picture is refused, and nothing of it kept`() async throws {
        try await ReviewsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer(1)
            let id = try await shop.approved(by: ada)
            let path = "/api/reviews/\(id)/images/"
            #expect(try await shop.upload(Array("<svg/>".utf8), to: path, as: ada).status == 400)
            #expect(try await shop.upload([], to: path, as: ada).status == 400)
            #expect(try await shop.call(.get, "/api/reviews/\(id)/").text("status") == "approved")
            #expect(shop.media.entries(in: "reviews", after: nil, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `six uploads at once make five pictures`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let path = "/api/reviews/\(try await shop.review(by: ada).id)/images/"
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...6 {
                    group.addTask { try await shop.upload(MediaFixtures.grayPNG, to: path, as: ada).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 201, 201, 201, 201, 400], "\(statuses)")
        }
    }
}

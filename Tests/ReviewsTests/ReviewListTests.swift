import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Reviews

/// What lists of reviews show, and what the catalog shows of them.
@Suite struct ReviewListTests {
    @Test(arguments: Backend.available)
    func `lists are filtered, ordered and cut into pages`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            // By the order in which they are written, from 1: ids may have gaps.
            var made: [Int64] = [0]
            for number in 1...6 {
                let user = try await shop.customer(Int64(number))
                made.append(try await shop.approved(rating: [5, 5, 4, 3, 1, 1][number - 1], by: user))
                shop.clock.advance(by: .minutes(1))
            }
            let waiting = try await shop.customer(7)
            _ = try await shop.review(by: waiting)
            let voter = try await shop.customer(8)
            try await shop.execute("UPDATE product_reviews SET is_verified = 0 WHERE id = \(made[3])")
            try await shop.execute(
                "UPDATE product_ratings SET verified_count = verified_count - 1 WHERE product_id = 1")
            _ = try await shop.call(.post, "/api/reviews/\(made[4])/helpful/", "{}", as: voter)
            try await shop.execute("UPDATE product_reviews SET image_count = 1 WHERE id IN (\(made[2]), \(made[5]))")
            try await shop.execute(
                """
                INSERT INTO review_images (review_id, image_key, width, height, created_at)
                VALUES (\(made[2]), 'reviews/a.webp', 1, 1, 0), (\(made[5]), 'reviews/b.webp', 1, 1, 0)
                """)
            for (query, ids) in [
                ("", [6, 5, 4, 3, 2, 1]), ("?ordering=created_at", [1, 2, 3, 4, 5, 6]),
                ("?ordering=-rating", [2, 1, 3, 4, 6, 5]), ("?ordering=rating", [5, 6, 4, 3, 1, 2]),
                ("?ordering=-helpful", [4, 6, 5, 3, 2, 1]), ("?rating=5", [2, 1]), ("?rating=2", []),
                ("?verified=false", [3]), ("?verified=true", [6, 5, 4, 2, 1]), ("?with_images=true", [5, 2]),
                ("?with_images=false", [6, 4, 3, 1]), ("?with_images=true&rating=5", [2]),
                ("?rating=1&ordering=-helpful", [6, 5]), ("?rating=3&verified=false", []),
                ("?page=2&page_size=4", [2, 1]), ("?with_images=true&page=2&page_size=1", [2]),
            ] {
                let list = try await shop.call(.get, "/api/products/1/reviews/" + query)
                #expect(list.results.compactMap { $0["id"]?.integer } == ids.map { made[$0] }, "\(query)")
                let count = query.contains("page=2") ? (query.contains("with") ? 2 : 6) : ids.count
                #expect(list["count"]?.integer == Int64(count), "\(query): \(list.json)")
                #expect(list.statements <= 4, "\(query): \(list.statements)")
            }
            for query in ["?page=9", "?with_images=true&page=9", "?page=x"] {
                #expect(try await shop.call(.get, "/api/products/1/reviews/" + query).status == 404, "\(query)")
            }
            for query in ["?rating=7", "?ordering=title", "?verified=maybe"] {
                #expect(try await shop.call(.get, "/api/products/1/reviews/" + query).status == 400, "\(query)")
            }
            #expect(try await shop.call(.get, "/api/reviews/\(made[2])/").statements <= 6)
            #expect(try await shop.call(.get, "/api/reviews/my-reviews/", as: waiting).statements <= 4)
        }
    }

    @Test(arguments: Backend.available)
    func `authors and staff order and filter their lists as everybody does`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            let first = try await shop.review("1", rating: 5, by: ada).id
            shop.clock.advance(by: .minutes(1))
            let second = try await shop.review("2", rating: 3, by: ada).id
            try await shop.execute("UPDATE product_reviews SET is_verified = 0 WHERE id = \(first)")
            try await shop.execute("UPDATE product_reviews SET image_count = 1 WHERE id = \(second)")
            try await shop.execute(
                """
                INSERT INTO review_images (review_id, image_key, width, height, created_at)
                VALUES (\(second), 'reviews/a.webp', 1, 1, 0)
                """)
            let lists = [("/api/reviews/my-reviews/", ada), ("/api/admin/reviews/", ReviewsHarness.moderator)]
            for (path, caller) in lists {
                for (query, ids) in [
                    ("", [second, first]), ("?ordering=created_at", [first, second]),
                    ("?ordering=-rating", [first, second]), ("?ordering=-helpful", [second, first]),
                    ("?rating=3", [second]), ("?verified=false", [first]), ("?verified=true", [second]),
                    ("?with_images=true", [second]), ("?with_images=false&rating=5", [first]),
                    ("?with_images=false&rating=3", []),
                ] {
                    let list = try await shop.call(.get, path + query, as: caller)
                    #expect(list.results.compactMap { $0["id"]?.integer } == ids, "\(path)\(query): \(list.json)")
                    #expect(list["count"]?.integer == Int64(ids.count) && list.statements <= 4, "\(path)\(query)")
                }
                for query in ["?rating=9", "?ordering=title", "?with_images=maybe"] {
                    #expect(try await shop.call(.get, path + query, as: caller).status == 400, "\(path)\(query)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `the summary, the product and its list say the same at once`(_ backend: Backend) async throws {
        try await ReviewsHarness.with(backend) { shop in
            var reviews: [Int64] = []
            for (number, rating) in [5, 4, 4].enumerated() {
                let user = try await shop.customer(Int64(number + 1))
                reviews.append(try await shop.approved("product-1", rating: rating, by: user))
            }
            let summary = try await shop.summary("product-1")
            #expect(ReviewsHarness.average(summary) == 4.33 && summary["count"]?.integer == 3)
            #expect(summary["verified_count"]?.integer == 3)
            let stars = (1...5).map { summary["distribution"]?["\($0)"]?.integer }
            #expect(stars == [0, 0, 0, 2, 1])
            #expect(summary.statements <= 2)
            let list = try await shop.call(.get, "/api/products/?min_rating=4")
            #expect(list.results.compactMap { $0["id"]?.integer } == [1], "\(list.json)")
            let product = try await shop.call(.get, "/api/products/1/")
            let average = product["rating_average"]
            #expect(average == summary["average"], "\(product.json)")
            let deleted = try await shop.call(
                .delete, "/api/reviews/\(reviews[0])/", as: ReviewsHarness.moderator)
            #expect(deleted.status == 204, "\(reviews): \(deleted.json)")
            let after = try await shop.summary("product-1")
            #expect(ReviewsHarness.average(after) == 4, "\(after.json)")
            let empty = try await shop.summary("3")
            #expect(ReviewsHarness.average(empty) == 0 && empty["count"]?.integer == 0, "\(empty.json)")
        }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Reviews

/// How the databases run the statements of reviews, over tables too large to be read whole.
@Suite(.timeLimit(.minutes(6))) struct ReviewPlanTests {
    /// Tables that stay small, or are so here: of orders (`i`, `o`) there are few.
    private static let small: Set<String> = ["catalog_revision", "i", "o"]

    @Test(arguments: Backend.available)
    func `pages of reviews walk an index and sort nothing`(_ backend: Backend) async throws {
        try await Self.withManyReviews(backend) { shop, ada in
            let queries = [
                "", "?page=5", "?ordering=-rating", "?ordering=rating", "?ordering=-helpful", "?ordering=created_at",
                "?rating=4", "?rating=4&ordering=-helpful", "?with_images=true", "?verified=true", "?verified=false",
                "?with_images=true&rating=5",
            ]
            try await Self.expectIndexed(shop) {
                for query in queries {
                    for caller in [nil, ada] {
                        let list = try await shop.call(.get, "/api/products/1/reviews/" + query, as: caller)
                        try #require(list.status == 200, "\(query): \(list.json)")
                        #expect(list.statements <= 4, "\(query)")
                    }
                }
                for query in ["", "?status=pending", "?status=approved&page=3"] {
                    let list = try await shop.call(.get, "/api/admin/reviews/" + query, as: ReviewsHarness.moderator)
                    try #require(list.status == 200 && list.statements <= 4, "\(query): \(list.json)")
                }
                let narrowings = [
                    "", "status=pending", "rating=4", "verified=false", "with_images=true", "status=approved&rating=2",
                ]
                let orders = ["created_at", "rating", "helpful"].flatMap { [$0, "-" + $0] }
                for narrowing in narrowings {
                    for order in orders {
                        let path = "/api/admin/reviews/?page=2&\(narrowing)&ordering=\(order)"
                        let list = try await shop.call(.get, path, as: ReviewsHarness.moderator)
                        try #require(list.status == 200 && list.statements <= 4, "\(path): \(list.json)")
                    }
                }
                _ = try await shop.call(.get, "/api/reviews/my-reviews/", as: ada)
                _ = try await shop.call(.get, "/api/reviews/77/", as: ada)
                _ = try await shop.call(.get, "/api/products/1/review-summary/")
            }
        }
    }

    @Test(
        arguments: Backend.available,
        [
            ("u77@example.com", 1), ("U77@EXAMPLE.COM", 1), ("title 1234", 1), ("TITLE 77", 11), ("nobody", 0),
            ("title", 4_000),
        ])
    func `a search finds titles and who wrote them, by indexes alone`(
        _ backend: Backend, _ search: (text: String, count: Int)
    ) async throws {
        try await Self.withManyReviews(backend) { shop, _ in
            let path = "/api/admin/reviews/?search=" + search.text.replacing(" ", with: "%20")
            let found = try await PlanReader(database: shop.database).findings {
                let list = try await shop.call(.get, path, as: ReviewsHarness.moderator)
                #expect(list.json.int("count") == search.count, "\(list.json)")
            }
            // Products' names (`n`) and reviews' titles are looked through in their indexes. What is found is put together, and
            // sorted where it is little.
            let tables = Self.small.union(["n", "found"])
            for finding in found where !finding.isSort && !tables.contains(finding.table) { Issue.record("\(finding)") }
        }
    }

    @Test(arguments: Backend.available)
    func `a search finds the reviews of products by name`(_ backend: Backend) async throws {
        try await Self.withManyReviews(backend) { shop, _ in
            let name: String? = try await shop.database.read { try $0.value("SELECT name FROM products WHERE id = 12") }
            let text = try #require(name).replacing(" ", with: "%20")
            let all = try await shop.call(.get, "/api/admin/reviews/?product=12", as: ReviewsHarness.moderator)
            let found = try await shop.call(.get, "/api/admin/reviews/?search=\(text)", as: ReviewsHarness.moderator)
            let (named, own) = (found.json.int("count"), all.json.int("count"))
            #expect(own > 0 && named == own, "\(found.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `writing finds its rows by key`(_ backend: Backend) async throws {
        try await Self.withManyReviews(backend) { shop, ada in
            try await Self.expectIndexed(shop, withWrites: true) {
                let made = try await shop.review("2", by: ada)
                try #require(made.status == 201, "\(made.json)")
                _ = try await shop.decide("approve", made.id)
                _ = try await shop.call(.patch, "/api/reviews/\(made.id)/", #"{"rating": 1}"#, as: ada)
                #expect(try await shop.call(.post, "/api/reviews/77/helpful/", "{}", as: ada).status == 200)
                _ = try await shop.upload(MediaFixtures.jpeg, to: "/api/reviews/\(made.id)/images/", as: ada)
                _ = try await shop.call(
                    .post, "/api/reviews/77/respond/", #"{"response_text": "x"}"#, as: ReviewsHarness.moderator)
                _ = try await shop.call(.delete, "/api/reviews/\(made.id)/", as: ada)
            }
        }
    }

    private static func expectIndexed(
        _ shop: ReviewsHarness, withWrites: Bool = false, _ body: () async throws -> Void
    ) async throws {
        let found = try await PlanReader(database: shop.database).findings(withWrites: withWrites, body)
        for finding in found where finding.isSort || !(finding.isCount || small.contains(finding.table)) {
            Issue.record("\(finding)")
        }
    }

    /// Two thousand reviews of product 1 and as many of others, with votes, pictures and responses; a customer who has
    /// reviewed nothing of theirs.
    private static func withManyReviews(
        _ backend: Backend, _ body: (ReviewsHarness, Identity) async throws -> Void
    ) async throws {
        try await ReviewsHarness.with(backend) { shop in
            let ada = try await shop.customer(1)
            for id in 10...30 { try await shop.product(Int64(id)) }
            let rows = 4_000
            try await shop.database.write { tx in
                for start in stride(from: 1, through: rows, by: 500) {
                    let numbers = start..<(start + 500)
                    try tx.execute(
                        """
                        INSERT INTO users (id, email, role, created_at, updated_at)
                        VALUES \(rows: numbers.map { [SQLValue].row(10_000 + $0, "u\($0)@example.com", "customer", 0, 0) })
                        """)
                    try tx.execute(
                        """
                        INSERT INTO product_reviews (id, product_id, user_id, rating, title, review_text, is_verified,
                        helpful_count, image_count, status, created_at, updated_at)
                        VALUES \(rows: numbers.map(row))
                        """)
                    try tx.execute(
                        """
                        INSERT INTO review_votes (review_id, user_id, is_helpful, created_at)
                        VALUES \(rows: numbers.map { [SQLValue].row($0, 10_001, 1, 0) })
                        """)
                }
                try tx.execute(
                    """
                    INSERT INTO review_images (review_id, image_key, width, height, created_at)
                    SELECT id, 'reviews/a.webp', 1, 1, 0 FROM product_reviews WHERE image_count = 1
                    """)
                try tx.execute(
                    """
                    INSERT INTO review_responses (review_id, responder_role, response_text, created_at, updated_at)
                    SELECT id, 'staff', 'x', 0, 0 FROM product_reviews WHERE id % 4 = 0 AND id <> 77
                    """)
                try tx.execute(
                    """
                    INSERT INTO product_ratings (product_id, rating_sum, rating_count, verified_count, rating_1,
                    rating_2, rating_3, rating_4, rating_5)
                    SELECT product_id, SUM(rating), COUNT(*), SUM(is_verified),
                    SUM(CASE WHEN rating = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN rating = 2 THEN 1 ELSE 0 END),
                    SUM(CASE WHEN rating = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN rating = 4 THEN 1 ELSE 0 END),
                    SUM(CASE WHEN rating = 5 THEN 1 ELSE 0 END)
                    FROM product_reviews WHERE status = 'approved' GROUP BY product_id
                    """)
            }
            try await analyze(shop)
            try await body(shop, ada)
        }
    }

    private static func row(_ number: Int) -> [SQLValue] {
        let product = number % 2 == 1 ? 1 : 10 + number % 20
        let status = number % 10 == 0 ? "pending" : "approved"
        return [SQLValue].row(
            number, product, 10_000 + number, 1 + number % 5, "Title \(number)", "R", number % 7 == 0 ? 0 : 1, 1,
            number % 9 == 0 ? 1 : 0, status, number, number)
    }

    private static func analyze(_ shop: ReviewsHarness) async throws {
        let tables: Query = "product_reviews, review_votes, review_images, review_responses, users, products"
        try await shop.database.write { tx in
            guard tx.dialect == .mysql else { return }
            _ = try tx.rows("ANALYZE TABLE \(tables)")
        }
    }
}

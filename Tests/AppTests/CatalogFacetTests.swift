import Catalog
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Storefront

@Suite struct CatalogFacetTests {
    private func withShelf(_ backend: Backend, _ body: (CatalogFixture) async throws -> Void) async throws {
        try await withCatalog(backend) { shop in
            let (shoes, bags) = (try await shop.category("Shoes"), try await shop.category("Bags"))
            let goods: [(String, String, Int, Int)] = [
                ("Red shoe", "10.00", shoes, 5), ("Blue shoe", "25.00", shoes, 0), ("Green shoe", "60.00", shoes, 1),
                ("Red bag", "99.00", bags, 2), ("Blue bag", "10.50", bags, 0),
            ]
            for (index, (name, price, category, stock)) in goods.enumerated() {
                _ = try await shop.product(
                    name, sku: "F-\(index)", price: price, in: category, ["stock_quantity": .number("\(stock)")])
            }
            try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                    VALUES (7, 'Vera', 'vera', 'approved', 0, 0)
                    """)
                try tx.execute("UPDATE products SET vendor_id = 7 WHERE price < 2000")
                try tx.execute(
                    """
                    INSERT INTO product_ratings (product_id, rating_sum, rating_count)
                    SELECT id, CASE WHEN price < 2000 THEN 9 ELSE 4 END, 2 FROM products WHERE price < 5000
                    """)
                try RevisionQueries.move(in: tx)
            }
            try await body(shop)
        }
    }

    @Test(arguments: Backend.available)
    func `a facet counts with every filter but its own`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            let all = try await shop.call(.get, "/api/products/?facets=1&page_size=2")
            #expect(all["count"] == .number("5") && all["results"]?.elements.count == 2)
            #expect(Self.counts(all, "category") == ["Shoes": 3, "Bags": 2])
            #expect(Self.counts(all, "vendor") == ["Vera": 2])
            #expect(Self.list(all, "in_stock") == [3, 2] && Self.list(all, "rating") == [2, 2, 3, 3])
            #expect(all["facets"]?["price"]?["min"] == .string("10.00"))
            #expect(all["facets"]?["price"]?["max"] == .string("99.00"))
            let ranges = all["facets"]?["price"]?["ranges"]?.elements ?? []
            #expect(ranges.map { $0.text("from") } == ["0.00", "20.00", "40.00", "60.00", "80.00"])
            #expect(ranges.map { $0["count"] } == [2, 1, 0, 1, 1].map { .number("\($0)") })
            #expect(ranges.last?["to"] == .null)
            let some = try await shop.call(.get, "/api/products/?facets=1&category=shoes&in_stock=true&max_price=30")
            #expect(some["count"] == .number("1"))
            #expect(Self.counts(some, "category") == ["Shoes": 1])
            #expect(Self.list(some, "in_stock") == [1, 1] && Self.counts(some, "vendor") == ["Vera": 1])
            #expect(some["facets"]?["price"]?["max"] == .string("60.00"))
        }
    }

    @Test(arguments: Backend.available)
    func `facets come where they are asked for, of searches and of nothing too`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            #expect(try await shop.call(.get, "/api/products/")["facets"] == nil)
            for search in ["red", "rde"] {
                let found = try await shop.call(.get, "/api/products/?facets=true&search=\(search)")
                #expect(Self.counts(found, "category") == ["Shoes": 1, "Bags": 1], "\(search)")
            }
            let typo = try await shop.call(.get, "/api/products/?facets=true&search=gren%20shoe")
            #expect(Self.counts(typo, "category") == ["Shoes": 1] && typo["count"] == .number("1"))
            for query in ["search=%25", "category=nowhere", "vendor=nobody"] {
                let none = try await shop.call(.get, "/api/products/?facets=1&\(query)")
                #expect(none.status == 200 && none["count"] == .number("0"), "\(query)")
                #expect(none["facets"]?["price"]?["ranges"]?.elements.isEmpty != nil)
            }
            #expect(try await shop.call(.get, "/api/products/?facets=perhaps").status == 400)
        }
    }

    @Test func `prices are cut at round amounts, into six ranges at most`() {
        for (lowest, highest) in [(0, 0), (1_000, 1_000), (999, 1_001), (1, 999_999_999_999), (1_050, 9_900)]
            as [(Int64, Int64)]
        {
            let starts = PriceSteps.starts(from: Money(minorUnits: lowest), to: Money(minorUnits: highest))
            #expect((1...6).contains(starts.count), "\(lowest)...\(highest): \(starts.count)")
            #expect(starts[0].minorUnits <= lowest && starts[starts.count - 1].minorUnits <= highest)
        }
    }

    private static func counts(_ answer: CatalogFixture.Answer, _ facet: String) -> [String: Int] {
        Dictionary(
            (answer["facets"]?[facet]?.elements ?? []).map { ($0.text("name"), $0.int("count")) }
        ) { $1 }
    }

    private static func list(_ answer: CatalogFixture.Answer, _ facet: String) -> [Int] {
        (answer["facets"]?[facet]?.elements ?? []).map { $0.int("count") }
    }
}

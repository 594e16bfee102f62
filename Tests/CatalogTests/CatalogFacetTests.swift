import AppHarness
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
                tx.catalogChanged()
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

    @Test(arguments: Backend.available)
    func `facets of a search are read once and again when the catalog has changed`(
        _ backend: Backend
    ) async throws {
        try await withShelf(backend) { (shop) async throws in
            let first = try await shop.call(.get, "/api/products/?facets=1&search=shoe&min_price=20")
            #expect(Self.counts(first, "vendor").isEmpty && Self.list(first, "rating") == [0, 0, 1, 1])
            let meter = StatementMeter()
            let second = try await StatementMeter.$current.withValue(meter) {
                try await shop.call(.get, "/api/products/?facets=1&search=shoe&vendor=vera")
            }
            #expect(Self.counts(second, "vendor") == ["Vera": 1])
            // The list's revision, order and page, and the revision of the facets.
            #expect(meter.statements <= 4)
            let _: Void = try await shop.database.write { tx in
                try tx.execute("UPDATE products SET vendor_id = 7 WHERE name = 'Green shoe'")
                tx.catalogChanged()
            }
            let third = try await shop.call(.get, "/api/products/?facets=1&search=shoe&vendor=vera")
            #expect(Self.counts(third, "vendor") == ["Vera": 2] && third["count"] == .number("2"))
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

/// Facets against counting each of them by itself.
@Suite struct FacetTableTests {
    private static let categories = (1...4).map {
        Facets.Named<CategoryID>(id: .init($0), name: "C\($0)", slug: "c\($0)")
    }
    private static let vendors = (1...3).map { Facets.Named<VendorID>(id: .init($0), name: "V\($0)", slug: "v\($0)") }

    private static func table(_ random: inout some RandomNumberGenerator) -> FacetTable {
        let rows = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            FacetTable.Row(
                price: .random(in: 0...5_000, using: &random), category: .random(in: -1...3, using: &random),
                vendor: .random(in: -1...2, using: &random), rating: .random(in: 0...500, using: &random),
                isInStock: .random(using: &random))
        }
        return FacetTable(rows: rows, categories: categories, vendors: vendors)
    }

    private static func filter(_ random: inout some RandomNumberGenerator) -> (ProductFilter, Set<CategoryID>?) {
        var filter = ProductFilter()
        if Bool.random(using: &random) { filter.minPrice = Money(minorUnits: .random(in: 0...4_000, using: &random)) }
        if Bool.random(using: &random) { filter.maxPrice = Money(minorUnits: .random(in: 0...5_000, using: &random)) }
        if Bool.random(using: &random) { filter.vendor = .id(.random(in: 1...4, using: &random)) }
        if Bool.random(using: &random) { filter.inStock = .random(using: &random) }
        if Bool.random(using: &random) { filter.minRating = .random(in: 0...500, using: &random) }
        return (filter, Bool.random(using: &random) ? [.init(.random(in: 1...5, using: &random))] : nil)
    }

    @Test func `a pass counts what counting facet by facet counts`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let table = Self.table(&random)
            let (filter, scope) = Self.filter(&random)
            let facets = table.facets(filter, in: scope, .usd)
            let truth = SlowFacets(table: table, filter: filter, scope: scope)
            for category in Self.categories {
                let expected = truth.count(but: "category") { table.category(of: $0) == category.id }
                #expect((facets.category.first { $0.id == category.id }?.count ?? 0) == expected)
            }
            for vendor in Self.vendors {
                let expected = truth.count(but: "vendor") { table.vendor(of: $0) == vendor.id }
                #expect((facets.vendor.first { $0.id == vendor.id }?.count ?? 0) == expected)
            }
            #expect(
                facets.stock.map(\.count)
                    == [true, false].map { wanted in
                        truth.count(but: "stock") { $0.isInStock == wanted }
                    })
            #expect(facets.rating.map(\.minRating) == [4, 3, 2, 1])
            for stars in facets.rating {
                #expect(stars.count == truth.count(but: "rating") { Int($0.rating) >= stars.minRating * 100 })
            }
            let priced = truth.count(but: "price") { _ in true }
            #expect(facets.price.ranges.reduce(0) { $0 + $1.count } == priced && facets.areOfNothing == (priced == 0))
        }
    }
}

/// The products of a table that meet all filters but one.
private struct SlowFacets {
    let table: FacetTable
    let filter: ProductFilter
    let scope: Set<CategoryID>?

    func count(but facet: String, _ isCounted: (FacetTable.Row) -> Bool) -> Int {
        table.rows.filter { row in
            (facet == "category" || scope?.contains(table.category(of: row) ?? CategoryID(99)) ?? true)
                && (facet == "vendor" || filter.vendor.map { .id(table.vendor(of: row)?.rawValue ?? 99) == $0 } ?? true)
                && (facet == "price" || row.price >= filter.minPrice?.minorUnits ?? 0)
                && (facet == "price" || row.price <= filter.maxPrice?.minorUnits ?? .max)
                && (facet == "stock" || row.isInStock == filter.inStock ?? row.isInStock)
                && (facet == "rating" || Int64(row.rating) >= filter.minRating ?? 0) && isCounted(row)
        }.count
    }
}

extension FacetTable {
    fileprivate func category(of row: Row) -> CategoryID? {
        row.category < 0 ? nil : categories[Int(row.category)].id
    }

    fileprivate func vendor(of row: Row) -> VendorID? { row.vendor < 0 ? nil : vendors[Int(row.vendor)].id }
}

import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Storefront

/// The plans of the hot statements, on a table large enough for the databases to mind.
@Suite struct CatalogPlanTests {
    /// Writes `count` listed products in three categories.
    private func fill(_ shop: CatalogFixture, _ count: Int) async throws {
        var categories: [Int] = []
        for name in ["One", "Two", "Three"] { categories.append(try await shop.category(name)) }
        let rows: [[SQLValue]] = (0..<count).map { number in
            let (name, price) = ("product \(number)", 100 + number * 37 % 5_000)
            return [
                .integer(Int64(categories[number % 3])), .text(name), .text(name), .text("slug-\(number)"),
                .text("SKU-\(number)"), .integer(Int64(price)), .integer(Int64(price)), .integer(Int64(price)),
                .integer(Int64(number)),
            ] + [.text(""), .text(""), .text("standard"), .text("approved"), .integer(0)]
                + Array(repeating: .integer(1), count: 2)
                + [.integer(number % 50 == 0 ? 1 : 0)]
        }
        for start in stride(from: 0, to: count, by: 500) {
            let chunk = Array(rows[start..<min(start + 500, count)])
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO products (category_id, name, name_key, slug, sku, price, price_low, price_high, created_at, short_description,
                    description, tax_class, approval_status, updated_at, is_active, is_listed, is_featured)
                    VALUES \(rows: chunk)
                    """)
            }
        }
        _ = try await shop.database.write { tx in
            if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE products") }
        }
    }

    /// Returns what the database says of how it runs `query`: one text a step.
    private func plan(_ query: Query, _ connection: Connection) throws -> [String] {
        switch connection.dialect {
        case .sqlite:
            return try connection.tuples("EXPLAIN QUERY PLAN \(query)", as: (Int, Int, Int, String).self).map(\.3)
        case .mysql:
            return try connection.rows("EXPLAIN FORMAT=TRADITIONAL \(query)").map { row in
                (0..<row.count).map { if case .text(let text) = row.raw($0) { text } else { "" } }.joined(
                    separator: " ")
            }
        }
    }

    private func hotLists() -> [(ProductList, index: String)] {
        var featured = ProductList()
        featured.filter.featured = true
        var cheap = ProductList()
        cheap.filter.maxPrice = Money(minorUnits: 4_000)
        var cheapest = ProductList(ordering: Ordering(.price))
        cheapest.filter.minPrice = Money(minorUnits: 4_000)
        return [
            (ProductList(), "ix_products_newest"), (cheap, "ix_products_newest"), (cheapest, "ix_products_price"),
            (ProductList(ordering: Ordering(.price, descending: true)), "ix_products_price"),
            (ProductList(ordering: Ordering(.name)), "ix_products_name"), (featured, "ix_products_featured"),
        ]
    }

    @Test(arguments: Backend.available)
    func `lists walk the index of their order and sort nothing`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 3_000)
            for (list, index) in hotLists() {
                let steps = try await shop.database.read { connection in
                    let parts = ProductListQueries.Parts(list, nil, connection.dialect)
                    return try plan(
                        "SELECT p.id FROM \(parts.source) WHERE \(parts.condition) ORDER BY \(parts.order) LIMIT 20",
                        connection)
                }
                #expect(steps.count == 1 && steps.allSatisfy { $0.contains(index) }, "\(steps)")
                #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.contains("filesort") }, "\(steps)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a range of prices walks the order's index and looks other prices up by key`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 3_000)
            // An empty table is read whole by the newest planners, which costs nothing.
            _ = try await shop.database.write { tx in
                try tx.execute("INSERT INTO prices_between (product_id, price) SELECT id, 4500 FROM products")
            }
            if backend == .mysql {
                _ = try await shop.database.read { try $0.rows("ANALYZE TABLE prices_between") }
            }
            for (ordering, index) in [(nil, "ix_products_newest"), (Ordering(.price), "ix_products_price")]
                as [(Ordering<ProductSortKey>?, String)]
            {
                var list = ProductList(ordering: ordering)
                (list.filter.minPrice, list.filter.maxPrice) = (Money(minorUnits: 4_000), Money(minorUnits: 4_900))
                let wanted = list
                let steps = try await shop.database.read { connection in
                    let parts = ProductListQueries.Parts(wanted, nil, connection.dialect)
                    return try plan(
                        "SELECT p.id FROM \(parts.source) WHERE \(parts.condition) ORDER BY \(parts.order) LIMIT 20",
                        connection)
                }
                #expect(steps.first?.contains(index) == true, "\(steps)")
                #expect(
                    !steps.contains {
                        $0.contains("TEMP B-TREE") || $0.contains("filesort") || $0.contains("SCAN b")
                            || $0.contains(" b ALL ")
                    }, "\(steps)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `each order of products for staff walks an index that has what its filters compare`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 3_000)
            var waiting = StaffCatalogQueries.Filter()
            (waiting.approval, waiting.isActive, waiting.isFeatured) = (.approved, true, false)
            for key in StaffCatalogQueries.SortKey.allCases {
                for filter in [StaffCatalogQueries.Filter(), waiting] {
                    let steps = try await shop.database.read { connection in
                        try plan(
                            """
                            SELECT p.id FROM products p \(filter.walk(by: key, connection)) WHERE \(filter.condition)
                            ORDER BY \(key), p.id LIMIT 20 OFFSET 2000
                            """, connection)
                    }
                    #expect(steps.contains { $0.contains("\(key.index)") }, "\(key): \(steps)")
                    let isCovered = steps.allSatisfy { $0.contains("COVERING") || $0.contains("Using index") }
                    #expect(isCovered && !steps.contains { $0.contains("filesort") }, "\(key): \(steps)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `rows, a detail and a category are found by their keys`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 3_000)
            let queries: [Query] = [
                "SELECT \(ProductRow.columns) FROM products p \(ProductRow.joins) WHERE p.id IN (\(list: [3, 5, 8]))",
                "SELECT \(ProductRow.columns) FROM products p \(ProductRow.joins) WHERE p.slug = \("slug-7")",
                "SELECT COUNT(*) FROM products p WHERE p.is_listed = 1 AND p.category_id IN (\(list: [1]))",
            ]
            for query in queries {
                let steps = try await shop.database.read { try plan(query, $0) }
                #expect(!steps.contains { $0.hasPrefix("SCAN p") || $0.contains(" p ALL ") }, "\(steps)")
            }
        }
    }

    /// Two letters, a word that is everywhere, compounds: each by the index of words, and no product but by its key.
    @Test(arguments: Backend.available)
    func `a search begins with the words`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 3_000)
            try await SearchIndex.rebuild(shop.database)
            _ = try await shop.database.write { tx in
                if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE search_postings") }
            }
            for text in ["12", "oak lamp", "product 12", "pr", "wi-fi 12", "a b c d e f g h"] {
                var list = ProductList()
                list.filter.search = SearchText(text)
                list.filter.category = .slug("one")
                let search = list
                let steps = try await shop.database.read { connection in
                    let parts = ProductListQueries.Parts(search, [CategoryID(1)], connection.dialect)
                    return try plan(
                        "SELECT p.id FROM \(parts.source) WHERE \(parts.condition) ORDER BY \(parts.order)", connection)
                }
                #expect(!steps.isEmpty && steps.allSatisfy { isKeyed($0, backend) }, "\(text): \(steps)")
            }
        }
    }

    /// Returns whether a step reads no table of rows from its beginning to its end.
    private func isKeyed(_ step: String, _ backend: Backend) -> Bool {
        guard backend == .mysql else { return !step.hasPrefix("SCAN p") || step.contains("VIRTUAL TABLE INDEX") }
        let names = Set(["p", "search_postings"] + (0..<12).map { "w\($0)" })
        let table = step.split(separator: " ").first { names.contains(String($0)) }
        return table == nil || ![" ALL ", " index "].contains { step.contains($0) }
    }

    @Test(arguments: Backend.available)
    func `a list that is kept says the same as one that is not`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await fill(shop, 300)
            let random = RandomSource.seeded(11)
            for ordering in ["price", "-price", "name", "-created_at"] {
                for _ in 0..<(ListCache.visitsBeforeKeeping * 3) {
                    let bounds = [100 + random.number(below: 5_000), 100 + random.number(below: 5_000)].sorted()
                    let (low, high) = (bounds[0], bounds[1])
                    let range = "min_price=\(low / 100).\(low % 100 / 10)0&max_price=\(high / 100).\(high % 100 / 10)0"
                    let size = 1 + random.number(below: 30)
                    let answer = try await shop.call(
                        .get, "/api/products/?\(range)&ordering=\(ordering)&page_size=\(size)")
                    let expected = try await shop.database.read { connection in
                        try connection.value(
                            "SELECT COUNT(*) FROM products WHERE price >= \(low / 10 * 10) AND price <= \(high / 10 * 10)",
                            as: Int.self)
                    }
                    #expect(answer.json.int("count") == expected)
                    let prices = answer["results"]?.elements.map { $0.text("price") } ?? []
                    #expect(prices.count == min(size, expected ?? 0))
                    let amounts = prices.compactMap { Currency.usd.amount($0) }
                    if ordering == "price" { #expect(amounts == amounts.sorted()) }
                    if ordering == "-price" { #expect(amounts == amounts.sorted(by: >)) }
                    #expect(amounts.allSatisfy { $0.minorUnits >= low / 10 * 10 && $0.minorUnits <= high / 10 * 10 })
                }
            }
        }
    }
}

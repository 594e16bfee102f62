import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

/// What facets count, against counting product by product.
@Suite struct FacetModelTests {
    private struct Product {
        let cents: Int
        let place: Int
        let stock: Int
    }

    /// Which filters are set; each is left out where its own facet is counted.
    private struct Choice {
        var place: Int?
        var least: Int?
        var most: Int?
        var inStock: Bool?

        var query: String {
            var parts = ["facets=1", "page_size=1"]
            if let place { parts.append("category=\(FacetModelTests.places[place].lowercased())") }
            if let least { parts.append("min_price=\(least).00") }
            if let most { parts.append("max_price=\(most).00") }
            if let inStock { parts.append("in_stock=\(inStock)") }
            return parts.joined(separator: "&")
        }

        func meets(_ product: Product) -> Bool {
            (place == nil || place == product.place) && (least.map { product.cents >= $0 * 100 } ?? true)
                && (most.map { product.cents <= $0 * 100 } ?? true)
                && (inStock.map { $0 == (product.stock > 0) } ?? true)
        }
    }

    fileprivate static let places = ["Shoes", "Bags", "Hats"]

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available)
    func `each facet counts what the other filters leave`(_ backend: Backend) async throws {
        let random = RandomSource.seeded(231)
        try await withCatalog(backend) { shop in
            var ids: [Int] = []
            for place in Self.places { ids.append(try await shop.category(place)) }
            var products: [Product] = []
            for number in 0..<30 {
                let product = Product(
                    cents: (1 + random.number(below: 40)) * 100, place: random.number(below: 3),
                    stock: random.number(below: 2))
                let made = try await shop.product(
                    "P\(number)", sku: "S\(number)", price: "\(product.cents / 100).00", in: ids[product.place],
                    ["stock_quantity": .number(String(product.stock))])
                try #require(made.status == 201, "\(made.json)")
                products.append(product)
            }
            for _ in 0..<30 {
                var choice = Choice()
                if random.number(below: 2) == 0 { choice.place = random.number(below: 3) }
                if random.number(below: 2) == 0 { choice.least = random.number(below: 30) }
                if random.number(below: 2) == 0 { choice.most = 10 + random.number(below: 30) }
                if random.number(below: 2) == 0 { choice.inStock = random.number(below: 2) == 0 }
                let answer = try await shop.call(.get, "/api/products/?" + choice.query)
                #expect(answer.json.int("count") == products.count(where: choice.meets), "\(choice.query)")
                try compare(answer.json, products, choice)
            }
        }
    }

    private func compare(_ answer: JSONValue, _ products: [Product], _ choice: Choice) throws {
        let facets = try #require(answer["facets"])
        var others = choice
        others.place = nil
        for (place, name) in Self.places.enumerated() {
            let told = facets["category"]?.elements.first { $0.text("name") == name }?.int("count") ?? 0
            #expect(told == products.count { others.meets($0) && $0.place == place }, "\(name) of \(choice.query)")
        }
        others = choice
        others.inStock = nil
        for part in facets["in_stock"]?.elements ?? [] {
            let isIn = part["in_stock"] == .bool(true)
            #expect(
                part.int("count") == products.count { others.meets($0) && ($0.stock > 0) == isIn }, "\(choice.query)")
        }
        others = choice
        (others.least, others.most) = (nil, nil)
        let prices = products.filter(others.meets).map(\.cents)
        let written = { (cents: Int?) in cents.map { JSONValue.string("\($0 / 100).00") } ?? .null }
        #expect(facets["price"]?["min"] == written(prices.min()), "\(choice.query)")
        #expect(facets["price"]?["max"] == written(prices.max()), "\(choice.query)")
        let ranges = facets["price"]?["ranges"]?.elements ?? []
        #expect(ranges.map { $0.int("count") }.reduce(0, +) == prices.count, "\(choice.query)")
    }
}

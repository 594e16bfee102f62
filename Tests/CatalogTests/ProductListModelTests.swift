import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

/// Lists of products under random questions, against looking at each product.
@Suite struct ProductListModelTests {
    private struct Product {
        let name: String
        let cents: Int
        let place: Int
        let isFeatured: Bool
        let stock: Int
        let isShown: Bool
    }

    private static let names = ["Oak", "Elm", "Ash", "Fir", "Yew", "Bay", "Box", "Fig", "Gum", "Nut", "Tea", "Teak"]
    /// Home is above chairs, chairs above stools; toys stand apart.
    private static let places = ["home", "chairs", "stools", "toys"]
    private static let within: [String: Set<Int>] = ["home": [0, 1, 2], "chairs": [1, 2], "stools": [2], "toys": [3]]

    private static func products(_ random: RandomSource) -> [Product] {
        (0..<36).map { number in
            Product(
                name: names[number % names.count] + " \(number)", cents: (1 + random.number(below: 12)) * 250,
                place: random.number(below: places.count), isFeatured: random.number(below: 3) == 0,
                stock: random.number(below: 3), isShown: random.number(below: 6) > 0)
        }
    }

    private func fill(_ shop: CatalogFixture, _ products: [Product]) async throws {
        let home = try await shop.category("Home")
        let chairs = try await shop.category("Chairs", under: home)
        let stools = try await shop.category("Stools", under: chairs)
        let ids = [home, chairs, stools, try await shop.category("Toys")]
        for (number, product) in products.enumerated() {
            shop.clock.advance(by: .seconds(1))
            let made = try await shop.product(
                product.name, sku: "S\(number)",
                price: "\(product.cents / 100).\(product.cents % 100 < 10 ? "0" : "")\(product.cents % 100)",
                in: ids[product.place],
                [
                    "is_featured": .bool(product.isFeatured), "is_active": .bool(product.isShown),
                    "stock_quantity": .number(String(product.stock)),
                ])
            try #require(made.status == 201, "\(made.json)")
        }
    }

    private struct Question {
        var query: [String] = []
        var conditions: [(Product) -> Bool] = [{ $0.isShown }]

        init(_ random: RandomSource) {
            if random.number(below: 2) == 0 {
                let place = places[random.number(below: places.count)]
                ask("category=\(place)") { within[place]?.contains($0.place) == true }
            }
            if random.number(below: 3) == 0 {
                let least = (1 + random.number(below: 12)) * 250
                ask("min_price=\(least / 100).\(least % 100 < 10 ? "0" : "")\(least % 100)") { $0.cents >= least }
            }
            if random.number(below: 3) == 0 {
                let most = (1 + random.number(below: 12)) * 250
                ask("max_price=\(most / 100).\(most % 100 < 10 ? "0" : "")\(most % 100)") { $0.cents <= most }
            }
            if random.number(below: 4) == 0 {
                let wanted = random.number(below: 2) == 0
                ask("featured=\(wanted)") { $0.isFeatured == wanted }
            }
            if random.number(below: 4) == 0 {
                let wanted = random.number(below: 2) == 0
                ask("in_stock=\(wanted)") { ($0.stock > 0) == wanted }
            }
            if random.number(below: 5) == 0 {
                let word = names[random.number(below: names.count)]
                // A word is found where another begins with it.
                ask("search=\(word.lowercased())") { $0.name.lowercased().hasPrefix(word.lowercased()) }
            }
        }

        private mutating func ask(_ text: String, _ condition: @escaping (Product) -> Bool) {
            query.append(text)
            conditions.append(condition)
        }

        func meets(_ product: Product) -> Bool { conditions.allSatisfy { $0(product) } }
    }

    /// By price, name or age; where two are alike, in any order.
    private static let orders: [(text: String, key: @Sendable (Int, Product) -> String)] = [
        ("price", { String(1_000_000 + $1.cents) }), ("name", { $1.name.lowercased() }),
        ("created_at", { number, _ in String(1_000 + number) }),
    ]

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available, [1, 2] as [UInt64])
    func `whatever is asked for, a list shows what meets it, whole and in its order`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        let products = Self.products(random)
        try await withCatalog(backend) { shop in
            try await fill(shop, products)
            for _ in 0..<60 {
                let question = Question(random)
                let order = Self.orders[random.number(below: Self.orders.count)]
                let isDescending = random.number(below: 2) == 0
                let size = [3, 7, 100][random.number(below: 3)]
                let query =
                    (question.query + ["ordering=\(isDescending ? "-" : "")\(order.text)", "page_size=\(size)"])
                    .joined(separator: "&")
                let names = try await walk(shop, query)
                let expected = products.filter(question.meets).map(\.name)
                try #require(names.sorted() == expected.sorted(), "\(query)")
                let keys = names.compactMap { name in
                    products.firstIndex { $0.name == name }.map { order.key($0, products[$0]) }
                }
                try #require(keys == (isDescending ? keys.sorted().reversed() : keys.sorted()), "\(query): \(names)")
            }
        }
    }

    /// Returns all pages of a list, one after another.
    private func walk(_ shop: CatalogFixture, _ query: String) async throws -> [String] {
        var (names, target) = ([String](), "/api/products/?" + query)
        while true {
            let answer = try await shop.call(.get, target)
            try #require(answer.status == 200, "\(target): \(answer.json)")
            names += answer["results"]?.elements.map { $0.text("name") } ?? []
            guard let next = answer.json["next"]?.string else {
                try #require(answer.json.int("count") == names.count, "\(target)")
                return names
            }
            target = String(next.dropFirst(CatalogFixture.base.count))
        }
    }
}

extension JSONValue {
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
}

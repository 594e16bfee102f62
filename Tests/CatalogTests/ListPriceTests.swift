import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Storefront

/// The prices that are kept for lists, against what follows from variants and stock.
@Suite struct ListPriceTests {
    @Test(arguments: Backend.available)
    func `whatever changes, what is kept is what follows`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let random = RandomSource.seeded(14)
            for number in 0..<4 {
                let variants = (0..<random.number(below: 4)).map { index in
                    JSONValue.object([
                        "sku": .string("V-\(number)-\(index)"), "price": .string("\(5 + random.number(below: 20)).00"),
                        "stock_quantity": .number("\(random.number(below: 3))"),
                    ])
                }
                _ = try await shop.product(
                    "P\(number)", sku: "P-\(number)", in: category, ["variants": .array(variants)])
            }
            for round in 0..<80 {
                try await shop.change(round, random)
                let (kept, wanted) = try await shop.database.read { (try Self.kept($0), try Self.wanted($0)) }
                try #require(kept == wanted, "round \(round)")
            }
        }
    }

    private static func kept(_ connection: Connection) throws -> [Int64: [Int64]] {
        var found: [Int64: [Int64]] = [:]
        let products: [(Int64, Int64, Int64)] = try connection.tuples(
            "SELECT id, price_low, price_high FROM products WHERE deleted_at IS NULL")
        for (id, low, high) in products { found[id] = Set([low, high]).sorted() }
        let between: [(Int64, Int64)] = try connection.tuples("SELECT product_id, price FROM prices_between")
        for (id, price) in between {
            if let ends = found[id] { found[id] = (ends + [price]).sorted() }
        }
        return found
    }

    /// Computes the same prices from products and variants, product by product.
    private static func wanted(_ connection: Connection) throws -> [Int64: [Int64]] {
        var wanted: [Int64: [Int64]] = [:]
        let products: [(Int64, Int64, Bool)] = try connection.tuples(
            "SELECT id, price, has_variants FROM products WHERE deleted_at IS NULL")
        for (id, base, hasVariants) in products {
            var shown: [(rank: Int, price: Int64)] = []
            let variants: [(Int64?, Int64, Bool, Int)] = try connection.tuples(
                """
                SELECT v.price, v.price_adjustment, v.is_active, COALESCE(t.on_hand - t.reserved, 0)
                FROM product_variants v LEFT JOIN stock_totals t ON t.variant_key = v.id AND t.product_id = v.product_id
                WHERE v.product_id = \(id) AND v.deleted_at IS NULL
                """)
            for (own, moved, isActive, left) in variants {
                let isLost = own == nil && moved < 0 && base + moved <= 0
                shown.append((!isActive || isLost ? 2 : left > 0 ? 0 : 1, own ?? max(0, base + moved)))
            }
            let best = shown.map(\.rank).min()
            let prices = Set(shown.filter { $0.rank == best }.map(\.price)).sorted()
            wanted[id] = hasVariants ? prices : [base]
        }
        return wanted
    }
}

extension CatalogFixture {
    /// Changes something of one product.
    fileprivate func change(_ round: Int, _ random: RandomSource) async throws {
        let target = "/api/products/p\(random.number(below: 4))/"
        let detail = try await call(.get, target)
        let variants = detail["variants"]?.elements ?? []
        let chosen = variants.isEmpty ? nil : variants[random.number(below: variants.count)]
        let path = target + "variants/\(chosen?.int("id") ?? 0)/"
        let price = JSONValue.string("\(1 + random.number(below: 25)).00")
        switch random.number(below: 8) {
        case 0: _ = try await call(.patch, target, .object(["price": price]))
        case 1: _ = try await call(.patch, path, .object(["price": price]))
        case 2:
            let adjustment = JSONValue.string("\(random.number(below: 9) - 5).00")
            _ = try await call(.patch, path, .object(["price": .null, "price_adjustment": adjustment]))
        case 3: _ = try await call(.patch, path, .object(["is_active": .bool(random.number(below: 2) == 0)]))
        case 4 where random.number(below: 3) == 0: _ = try await call(.delete, path)
        case 5:
            let body: [String: JSONValue] = [
                "sku": .string("N-\(round)"), "price": price, "stock_quantity": .number("\(random.number(below: 2))"),
            ]
            _ = try await call(.post, target + "variants/", .object(body))
        default:
            guard let chosen else { return }
            let sellable = SellableID(
                product: Int64(detail.json.int("id")), variantKey: Int64(chosen.int("id")))
            try await count(sellable, random.number(below: 3))
        }
    }

    private func count(_ sellable: SellableID, _ quantity: Int) async throws {
        _ = try await database.write { [stock] tx in
            try stock.apply(
                StockCount(
                    sellable, in: WarehouseID(1), onHand: quantity, reorderLevel: nil, reorderQuantity: nil,
                    overstockLevel: nil), note: "", by: nil, in: tx)
        }
    }
}

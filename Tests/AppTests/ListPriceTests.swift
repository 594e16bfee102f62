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

    @Test(arguments: Backend.available)
    func `prices follow a warehouse that is closed and opened again`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, price: 900, stock: 0, hasVariants: true)
            try await shop.variant(11, of: 1, price: 500, stock: 0)
            try await shop.variant(12, of: 1, price: 700, stock: 1)
            try await shop.warehouse(9, priority: 1)
            try await shop.database.write { [stock = shop.stock] tx in
                let receipt = StockReceipt(
                    SellableID(ProductID(1), VariantID(11)), quantity: 2, warehouse: WarehouseID(9))
                try stock.receive([receipt], by: nil, in: tx)
            }
            #expect(try await shop.ends() == [500, 700])
            for (isOpen, lowest) in [(false, 700), (true, 500)] {
                let answer = try await shop.call(
                    .patch, "/api/inventory/warehouses/9/", #"{"is_active": \#(isOpen)}"#, as: CheckoutHarness.admin)
                #expect(answer.status == 200, "\(answer.json)")
                #expect(try await shop.ends() == [lowest, 700])
            }
        }
    }

    @Test(.timeLimit(.minutes(3)), arguments: Backend.available)
    func `variants that sell out at once leave the right prices`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, price: 900, stock: 0, hasVariants: true)
            for (id, price) in [(11, 500), (12, 600), (13, 700), (14, 800)] as [(Int64, Int64)] {
                try await shop.variant(id, of: 1, price: price, stock: 1)
            }
            for round in 0..<20 {
                // Of four variants three go at once, another one each time is left.
                let gone = (11...14).filter { $0 - 11 != round % 4 }.map { Int64($0) }
                try await shop.atOnce(gone) { stock, variant, tx in
                    let line = StockLine(SellableID(ProductID(1), VariantID(variant)), quantity: 1)
                    try stock.reserve([line], for: OrderID(variant), until: nil, in: tx)
                }
                let left = 500 + round % 4 * 100
                #expect(try await shop.ends() == [left, left], "round \(round)")
                try await shop.atOnce(gone) { stock, variant, tx in try stock.release(OrderID(variant), in: tx) }
                #expect(try await shop.ends() == [500, 800], "round \(round)")
                #expect(try await shop.value("SELECT COUNT(*) FROM prices_between") == 2)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an order costs more statements only where it sells a variant out`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, price: 900, stock: 0, hasVariants: true)
            try await shop.variant(11, of: 1, price: 500, stock: 3)
            try await shop.variant(12, of: 1, price: 700, stock: 3)
            try await shop.product(2, stock: 1)
            var counts: [Int] = []
            for order: Int64 in 1...4 {
                let sellable = order == 4 ? SellableID(ProductID(2)) : SellableID(ProductID(1), VariantID(11))
                let meter = StatementMeter()
                try await StatementMeter.$current.withValue(meter) {
                    try await shop.database.write { [stock = shop.stock] tx in
                        try stock.reserve([StockLine(sellable, quantity: 1)], for: OrderID(order), until: nil, in: tx)
                    }
                }
                counts.append(meter.statements)
            }
            #expect(counts[0] == counts[1])
            // A product of one price has nothing to follow; the last of it opens an alert, as the last of the variant
            // does.
            #expect(counts[2] - counts[3] == 4, "the product, its variants, its prices, those between: \(counts)")
        }
    }

    /// Returns the prices kept of each product that is not deleted, rising, each once.
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

extension CheckoutHarness {
    /// Returns the lowest and the highest price of product 1.
    fileprivate func ends() async throws -> [Int] {
        try await database.read { connection in
            try connection.all("SELECT price_low, price_high FROM products WHERE id = 1") {
                [try $0(Int.self), try $0(Int.self)]
            }.flatMap { $0 }
        }
    }

    /// Does the same for each of these in transactions that run at the same time.
    fileprivate func atOnce(
        _ variants: [Int64], _ work: @escaping @Sendable (StockService, Int64, Transaction) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for variant in variants {
                group.addTask { [stock] in _ = try await database.write { try work(stock, variant, $0) } }
            }
            try await group.waitForAll()
        }
    }
}

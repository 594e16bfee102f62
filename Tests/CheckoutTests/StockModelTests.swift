import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Stock under long random lives, against the plainest books there could be.
@Suite struct StockModelTests {
    /// What a warehouse holds of a product, and what orders hold of it anywhere.
    private struct Books {
        var onHand: [Int64: [Int64: Int]] = [:]
        var reserved: [Int64: [Int64: Int]] = [:]

        func total(_ product: Int64) -> Int { onHand[product, default: [:]].values.reduce(0, +) }

        func held(_ product: Int64) -> Int { reserved.values.reduce(0) { $0 + $1[product, default: 0] } }
    }

    private static let products: [Int64] = [1, 2, 3]

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `whatever happens in whatever order, stock is what came less what went`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await CheckoutHarness.with(backend) { shop in
            for product in Self.products { try await shop.product(product, stock: 0) }
            try await shop.warehouse(9, priority: 5)
            let main = Int64(try await shop.value("SELECT id FROM warehouses WHERE is_default = 1"))
            var books = Books()
            for step in 1...90 {
                let product = Self.products[random.number(below: Self.products.count)]
                let (quantity, order) = (1 + random.number(below: 6), Int64(1 + random.number(below: 12)))
                let place = random.number(below: 2) == 0 ? main : 9
                switch random.number(below: 6) {
                case 0: try await receive(quantity, of: product, in: place, shop, &books)
                case 1, 2: try await reserve(quantity, of: product, for: order, shop, &books)
                case 3: try await release(order, shop, &books)
                case 4: try await fulfill(order, shop, &books)
                default:
                    let correction = random.number(below: 2) == 0 ? quantity : -quantity
                    try await adjust(correction, of: product, in: place, shop, &books)
                }
                for product in Self.products {
                    let stock = try await shop.stockOf(product)
                    try #require(stock.first == books.total(product), "step \(step): on hand of \(product)")
                    try #require(stock.last == books.held(product), "step \(step): held of \(product)")
                }
                try #require(try await shop.stockIsConsistent(), "step \(step)")
            }
        }
    }

    private func receive(
        _ quantity: Int, of product: Int64, in place: Int64, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        let receipt = StockReceipt(SellableID(ProductID(product)), quantity: quantity, warehouse: WarehouseID(place))
        try await shop.database.write { [stock = shop.stock] in try stock.receive([receipt], by: nil, in: $0) }
        books.onHand[product, default: [:]][place, default: 0] += quantity
    }

    private func reserve(
        _ quantity: Int, of product: Int64, for order: Int64, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        guard books.reserved[order] == nil else { return }
        let available = books.total(product) - books.held(product)
        let line = StockLine(SellableID(ProductID(product)), quantity: quantity)
        do {
            try await shop.database.write { [stock = shop.stock] in
                try stock.reserve([line], for: OrderID(order), until: nil, in: $0)
            }
            #expect(quantity <= available, "never more is held than there is")
            books.reserved[order] = [product: quantity]
        } catch let error as InventoryError {
            let shortage = Shortage(SellableID(ProductID(product)), requested: quantity, available: available)
            #expect(error == .insufficientStock([shortage]))
            #expect(quantity > available)
        }
    }

    private func release(_ order: Int64, _ shop: CheckoutHarness, _ books: inout Books) async throws {
        let isReleased = try await shop.database.write { [stock = shop.stock] in
            try stock.release(OrderID(order), in: $0)
        }
        #expect(isReleased == (books.reserved.removeValue(forKey: order) != nil))
    }

    /// Ships an order from the warehouses where it was reserved; which ones that were is read from the rows.
    private func fulfill(_ order: Int64, _ shop: CheckoutHarness, _ books: inout Books) async throws {
        guard let held = books.reserved[order] else {
            await #expect(throws: InventoryError.nothingReserved(OrderID(order))) {
                try await shop.database.write { [stock = shop.stock] in try stock.fulfill(OrderID(order), in: $0) }
            }
            return
        }
        try await shop.database.write { [stock = shop.stock] in try stock.fulfill(OrderID(order), in: $0) }
        books.reserved[order] = nil
        for product in held.keys {
            let rows: [(Int64, Int)] = try await shop.database.read {
                try $0.tuples("SELECT warehouse_id, on_hand FROM stock WHERE product_id = \(product)")
            }
            let left = rows.map(\.1).reduce(0, +)
            #expect(left == books.total(product) - held[product, default: 0])
            books.onHand[product] = Dictionary(uniqueKeysWithValues: rows)
        }
    }

    private func adjust(
        _ quantity: Int, of product: Int64, in place: Int64, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        let reserved = try await shop.value(
            "SELECT COALESCE(SUM(reserved), 0) FROM stock WHERE product_id = \(product) AND warehouse_id = \(place)")
        let answer = try await shop.call(
            .post, "/api/inventory/stock/adjust/",
            #"{"product_id": \#(product), "warehouse_id": \#(place), "quantity": \#(quantity)}"#,
            as: CheckoutHarness.admin)
        let after = books.onHand[product, default: [:]][place, default: 0] + quantity
        guard after >= reserved else {
            #expect(answer.status == 409 && answer.text("code") == "below_reserved", "\(answer.json)")
            return
        }
        #expect(answer.status == 201, "\(answer.json)")
        books.onHand[product, default: [:]][place] = after
    }
}

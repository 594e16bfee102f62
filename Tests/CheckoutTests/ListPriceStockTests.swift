import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing

/// The prices that are kept for lists, as stock comes and goes.
@Suite struct ListPriceStockTests {
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

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available)
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

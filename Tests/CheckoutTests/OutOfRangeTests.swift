import AppHarness
import Commerce
import HTTPTypes
import Orders
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Numbers each within its own limit that are too large together.
@Suite struct OutOfRangeTests {
    private static let huge = Money(minorUnits: .max)

    private static let operations: [(name: String, run: @Sendable () throws -> Void)] = [
        ("sum", { _ = try huge + Money(minorUnits: 1) }),
        ("difference", { _ = try Money(minorUnits: -2) - huge }),
        ("growing", { try Self.change(huge) { amount throws(OutOfRange) in try amount += huge } }),
        ("shrinking", { try Self.change(Money(minorUnits: -2)) { amount throws(OutOfRange) in try amount -= huge } }),
        ("product", { _ = try Money.maximum * 10_000_000 }),
        ("total", { _ = try [huge, huge].total() }),
        ("portion", { _ = try huge.portion(.max, of: 1) }),
        ("portion of the least", { _ = try Money(minorUnits: .min).portion(.min, of: 1) }),
        ("spread", { _ = try huge.spread(over: [huge, huge]) }),
        ("discount", { _ = try Discount.amount(huge).taken(from: [huge, huge], where: [true, true]) }),
        ("tax", { _ = try TaxRate(name: "", millionths: .max).tax(on: huge, isInclusive: false) }),
        ("tax within", { _ = try TaxRate(name: "", millionths: .max).tax(on: huge, isInclusive: true) }),
        ("sum of weights", { _ = try [Int64.max, 1].sum() }),
        ("product of weights", { _ = try Int.max.times(2) }),
        ("difference of counts", { _ = try Int.min.minus(1) }),
        ("order", { _ = try OrderTotals([.init(price: .maximum, quantity: 2)]) }),
        ("order of many", { _ = try OrderTotals([.init(price: huge, quantity: .max)]) }),
        (
            "order by its tax",
            {
                let rates = ["standard": TaxRate(name: "", millionths: 1_000_000)]
                _ = try OrderTotals([.init(price: .maximum, quantity: 1)], taxes: .init(rates: rates))
            }
        ),
    ]

    private static func change(_ amount: Money, _ change: (inout Money) throws(OutOfRange) -> Void) throws {
        var amount = amount
        try change(&amount)
    }

    @Test(arguments: operations.map(\.name))
    func `what does not fit is refused as out of range and ends nothing`(_ name: String) throws {
        let operation = try #require(Self.operations.first { $0.name == name })
        let error = #expect(throws: OutOfRange.self) { try operation.run() }
        #expect(error?.kind == .invalid && error?.message.hasSuffix("out of range.") == true)
    }

    @Test func `the largest order there may be is counted exactly`() throws {
        let totals = try OrderTotals([.init(price: .maximum, quantity: 1)])
        #expect(totals.total == .maximum)
        #expect(try Money.maximum.spread(over: [.maximum, .maximum, .maximum]).total() == .maximum)
    }

    @Test(arguments: Backend.available)
    func `a quote whose shipping by weight is beyond all bounds is refused and the shop goes on`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1, stock: 100_000)
            try await shop.execute("UPDATE products SET weight_grams = 1000000000")
            try await shop.method(
                #""code": "post", "name": "Post", "price": "0.00", "price_per_kg": "9999999999.99""#)
            _ = try await shop.fill(1, 10_000, as: ada)
            for answer in [try await shop.quote(as: ada), try await shop.order(ada)] {
                #expect(answer.status == 400 && answer.text("code") == "out_of_range", "\(answer.json)")
                #expect(answer.text("detail") == "The price of shipping is out of range.")
            }
            try await shop.execute("UPDATE products SET weight_grams = 1")
            #expect(try await shop.order(ada).status == 400)
            try await shop.execute("UPDATE shipping_methods SET price_per_kg = 1")
            #expect(try await shop.order(ada).status == 201)
        }
    }

    @Test(arguments: Backend.available)
    func `orders are never so large that 52 of them could not be summed up`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: Money.maximum.minorUnits, stock: 100_000)
            _ = try await shop.fill(1, 10_000, as: ada)
            let absurd = try await shop.order(ada)
            #expect(absurd.status == 400 && absurd.text("detail") == "The order's total is out of range.")
            #expect(try await shop.value("SELECT COUNT(*) FROM orders") == 0)
            for _ in 0..<52 {
                _ = try await shop.call(.delete, "/api/cart/clear/", as: ada)
                _ = try await shop.fill(1, 1, as: ada)
                #expect(try await shop.order(ada).status == 201)
            }
            for grouping in ["day", "month", "product", "category", "vendor", "coupon"] {
                let report = try await shop.sales(grouping)
                #expect(report["summary"]?["total"]?.text == "519999999999.48", "\(report.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a report over orders that 64 bits do not hold says so, alike on every database`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100_000)
            for _ in 0..<2 {
                _ = try await shop.fill(1, 1, as: ada)
                #expect(try await shop.order(ada).status == 201)
            }
            // From before orders had a limit.
            try await shop.execute("UPDATE orders SET subtotal = 9000000000000000000, total = 9000000000000000000")
            try await shop.execute("UPDATE order_items SET subtotal = 9000000000000000000")
            for grouping in ["day", "product", "vendor"] {
                let report = try await shop.sales(grouping)
                #expect(report.status == 400 && report.text("code") == "out_of_range", "\(report.json)")
                #expect(report.text("detail") == "The sum of these sales is out of range.")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a place takes no more pieces than can be counted`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 1)
            try await shop.warehouse(7, priority: 1)
            let most: Int64 = 1_000_000_000_000
            for table: StaticString in ["stock", "stock_totals"] {
                try await shop.execute("UPDATE \(Query(table)) SET on_hand = \(most)")
            }
            let line = #"{"product_id": 1, "quantity": 1000000000}"#
            for (path, body) in [
                ("stock/adjust", line), ("receipts", #"{"reference": "R", "lines": [\#(line)]}"#),
            ] {
                let answer = try await shop.call(.post, "/api/inventory/\(path)/", body, as: CheckoutHarness.admin)
                #expect(answer.status == 400, "\(answer.json)")
                #expect(answer["quantity"]?.array?.first?.text?.hasPrefix("Out of range") == true, "\(answer.json)")
            }
            #expect(try await shop.value("SELECT SUM(on_hand) FROM stock") == Int(most))
            let less = #"{"product_id": 1, "quantity": -1000000000}"#
            let taken = try await shop.call(.post, "/api/inventory/stock/adjust/", less, as: CheckoutHarness.admin)
            #expect(taken.status == 201, "\(taken.json)")
        }
    }
}

extension CheckoutHarness {
    fileprivate func sales(_ grouping: String) async throws -> Answer {
        try await call(.get, "/api/admin/reports/sales/?group_by=\(grouping)", as: Self.admin)
    }
}

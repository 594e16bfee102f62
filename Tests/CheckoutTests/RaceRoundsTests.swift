import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout

/// What customers and staff do at the same moment; scripts/races runs these for a thousand rounds.
@Suite(.serialized) struct RaceRoundsTests {
    @Test(arguments: Backend.available)
    func `the last unit is sold once`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 1)
            try await field.fill([(number, nil, 1)])
            let statuses = try await field.everyone { client, _ in try await field.shop.order(client).status }
            try #require(statuses.count { $0 == 201 } == 1 && statuses.count { $0 == 409 } == 15, "\(statuses)")
            #expect(try await field.shop.stockOf(number) == [1, 1])
        }
    }

    @Test(arguments: Backend.available)
    func `two lines of one product are sold together or not at all`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, hasVariants: true)
            for variant in [number * 2, number * 2 + 1] {
                try await field.shop.variant(variant, of: number, stock: 9)
            }
            try await field.fill([(number, number * 2, 2), (number, number * 2 + 1, 1)])
            let statuses = try await field.everyone { client, _ in try await field.shop.order(client).status }
            try #require(statuses.count { $0 == 201 } == 4 && statuses.count { $0 == 409 } == 12, "\(statuses)")
            let held: Query = "SELECT SUM(reserved) FROM stock_totals WHERE product_id = \(number)"
            #expect(try await field.shop.value(held) == 12)
        }
    }

    @Test(arguments: Backend.available)
    func `a coupon for one use is used once`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 100)
            let coupon = try await field.shop.coupon(
                #""code": "R\#(number)", "discount_type": "fixed_amount", "discount_value": 1, "usage_limit": 1"#)
            try await field.fill([(number, nil, 1)])
            let statuses = try await field.everyone { client, _ in
                try await field.shop.order(client, more: #", "coupon_code": "R\#(number)""#).status
            }
            try #require(statuses.count { $0 == 201 } == 1 && statuses.count { $0 == 400 } == 15, "\(statuses)")
            let uses: Query = "SELECT used_count FROM coupons WHERE id = \(coupon.id)"
            #expect(try await field.shop.value(uses) == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an order holds what its cart held at one moment`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            let ada = field.clients[0]
            for product in [number * 2, number * 2 + 1] { try await field.shop.product(product, stock: 100) }
            try await field.fill([(number * 2, nil, 1)])
            let answers = try await field.everyone { _, index in
                index % 4 == 0
                    ? try await field.shop.order(ada)
                    : try await field.shop.fill(number * 2 + Int64(index % 2), 1, as: ada)
            }
            let orders = answers.enumerated().filter { $0.offset % 4 == 0 && $0.element.status == 201 }.map(\.element)
            try #require(!orders.isEmpty)
            var pieces = 0
            for order in orders {
                let lines = order.items.compactMap { $0["quantity"]?.integer }
                pieces += Int(lines.reduce(0, +))
                #expect(order.text("total") == "\(lines.reduce(0, +) * 10).00")
            }
            let left = try await field.shop.call(.get, "/api/cart/", as: ada)["item_count"]?.integer ?? 0
            #expect(pieces + Int(left) == 1 + 12)
        }
    }

    @Test(arguments: Backend.available)
    func `a double click makes one order`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 100)
            try await field.fill([(number, nil, 1)])
            let ada = field.clients[0]
            let answers = try await field.everyone { _, _ in try await field.shop.order(ada) }
            try #require(answers.count { $0.status == 201 } == 1)
            let made = answers.first { $0.status == 201 }?["order_number"]
            for answer in answers where answer.status != 201 {
                #expect(answer.status == 409 && answer.text("code") == "cart_already_ordered")
                #expect(answer["order_number"] == made)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an order is cancelled or shipped`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 16)
            let orders = try await field.taken(number)
            let ends = try await field.everyone { client, index in
                async let cancelled = field.shop.call(.put, "/api/orders/\(orders[index].id)/cancel/", as: client)
                async let shipped = field.status(orders[index].id, "shipped")
                return try await [cancelled.status, shipped.status].sorted()
            }
            #expect(ends.allSatisfy { $0 == [200, 409] }, "\(ends)")
            let state: Query = "SELECT COUNT(*) FROM orders WHERE status NOT IN ('cancelled', 'shipped')"
            #expect(try await field.shop.value(state) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `corrections and orders never take the same piece`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 10)
            try await field.fill([(number, nil, 1)])
            let statuses = try await field.everyone { client, index in
                guard index % 2 == 0 else { return try await field.shop.order(client).status }
                let body = #"{"product_id": \#(number), "quantity": -2}"#
                return try await field.shop.call(
                    .post, "/api/inventory/stock/adjust/", body, as: CheckoutHarness.admin
                ).status
            }
            #expect(statuses.allSatisfy { [201, 409].contains($0) }, "\(statuses)")
            let taken = statuses.enumerated().filter { $0.element == 201 }.reduce(0) {
                $0 + ($1.offset % 2 == 0 ? 2 : 1)
            }
            let stock = try await field.shop.stockOf(number)
            #expect(taken <= 10 && stock[0] - stock[1] == 10 - taken)
        }
    }

    @Test(arguments: Backend.available)
    func `an order whose time is over is cancelled or taken on`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 16)
            try await field.fill([(number, nil, 1)])
            let orders = try await field.everyone { client, _ in try await field.shop.order(client).id }
            field.shop.clock.advance(by: .minutes(31))
            let taken = try await field.everyone { _, index in
                async let paid = field.status(orders[index], "processing").status
                let checkout = field.shop.checkout
                try await field.shop.database.write { try checkout.expire(OrderID(orders[index]), in: $0) }
                return try await paid
            }
            #expect(taken.allSatisfy { [200, 409].contains($0) }, "\(taken)")
            let live = taken.count { $0 == 200 }
            #expect(try await field.shop.stockOf(number) == [16, live])
            let pending: Query = "SELECT COUNT(*) FROM orders WHERE status = 'pending'"
            #expect(try await field.shop.value(pending) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `money that comes as an order expires buys what is there and never more`(_ backend: Backend) async throws {
        try await RaceField.run(backend) { field, number in
            try await field.shop.product(number, stock: 16)
            try await field.fill([(number, nil, 1)])
            let orders = try await field.everyone { client, _ in try await field.shop.order(client) }
            field.shop.clock.advance(by: .minutes(31))
            let statuses = try await field.everyone { client, index in
                async let paid = field.shop.pay(orders[index]).status
                async let taken = field.shop.call(
                    .post, "/api/inventory/stock/adjust/", #"{"product_id": \#(number), "quantity": -1}"#,
                    as: CheckoutHarness.admin
                ).status
                let checkout = field.shop.checkout
                try await field.shop.database.write { try checkout.expire(OrderID(orders[index].id), in: $0) }
                return try await [paid, taken]
            }
            #expect(statuses.allSatisfy { $0[0] == 200 && [201, 409].contains($0[1]) }, "\(statuses)")
            let taken = statuses.count { $0[1] == 201 }
            let live: Query = "SELECT COUNT(*) FROM orders WHERE status = 'processing' AND payment_status = 'paid'"
            let parked: Query = "SELECT COUNT(*) FROM orders WHERE status = 'cancelled' AND payment_status = 'paid'"
            let sold = try await field.shop.value(live)
            #expect(sold + (try await field.shop.value(parked)) == 16 * Int(number))
            #expect(try await field.shop.value("SELECT COUNT(*) FROM invoices") == sold)
            let stock = try await field.shop.stockOf(number)
            #expect(stock[0] == 16 - taken && stock[1] <= stock[0])
        }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Marketplace
@testable import Payments

/// What vendors earn of their sales, and lose of it again.
@Suite struct VendorBooksTests {
    @Test(arguments: Backend.available)
    func `a sale earns its base less commission, and waits until two weeks after delivery`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            try await market.vendor(3)
            try await market.product(31, of: 3, price: 1_999)
            let order = try await market.order(ada, [(31, 3), (1, 1)])
            #expect(try await market.entries(3) == [])
            try await market.pay(order)
            // Net of tax, without shipping: 3 × 19.99; a tenth of it, half-up, is 6.00.
            #expect(try await market.entries(3) == ["sale 5997", "commission -600"])
            #expect(try await market.balance(3) == [5_397, 0])
            try await market.deliver(order)
            market.shop.clock.advance(by: .seconds(14 * 86_400 - 1))
            #expect(try await market.balance(3) == [5_397, 0])
            market.shop.clock.advance(by: .seconds(1))
            #expect(try await market.balance(3) == [5_397, 5_397])
        }
    }

    @Test(arguments: Backend.available)
    func `the rate is a rule of the vendor, else the deepest category's, else one for all, and stays what it was`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            try await market.category(5, path: "/5/")
            try await market.category(6, path: "/5/6/")
            for vendor in 3...4 { try await market.vendor(Int64(vendor)) }
            try await market.product(31, of: 3, price: 10_000, category: 6)
            try await market.product(41, of: 4, price: 10_000, category: 6)
            try await rule(market, #""rate": "0.3""#)
            try await rule(market, #""category": 5, "rate": "0.2""#)
            try await rule(market, #""vendor": 4, "rate": "0.05""#)
            try await rule(market, #""vendor": 4, "rate": "0.9", "valid_from": "2100-01-01T00:00:00Z""#)
            try await market.pay(market.order(ada, [(31, 1), (41, 1)]))
            #expect(try await market.entries(3) == ["sale 10000", "commission -2000"])
            #expect(try await market.entries(4) == ["sale 10000", "commission -500"])
            try await rule(market, #""category": 6, "rate": "0.125""#)
            try await market.pay(market.order(ada, [(31, 1)]))
            #expect(try await market.entries(3).suffix(2) == ["sale 10000", "commission -1250"])
            let both = try await market.call(
                .post, "/api/admin/commission-rules/", #"{"vendor": 3, "category": 5, "rate": "0.1"}"#)
            #expect(both.status == 400 && both["category"] != nil)
            let rules = try await market.call(.get, "/api/admin/commission-rules/")
            let names = Set(rules.results.compactMap { $0["vendor_name"]?.text })
            #expect(names == ["Vendor 4"] && rules.statements <= 4, "\(rules.json)")
            #expect(rules.results.allSatisfy { ($0["category"] == .null) == ($0["category_name"] == .null) })
        }
    }

    private func rule(_ market: MarketField, _ members: String) async throws {
        let made = try await market.call(.post, "/api/admin/commission-rules/", "{\(members)}")
        try #require(made.status == 201, "\(made.json)")
    }

    @Test(arguments: Backend.available)
    func `commission is rounded once over a vendor's lines of an order, and spread over them`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            try await market.vendor(3)
            for id in 31...33 { try await market.product(Int64(id), of: 3, price: 115) }
            try await market.pay(market.order(ada, [(31, 1), (32, 1), (33, 1)]))
            // A tenth of 3.45 is 0.35, not three times 0.12.
            let parts = try await market.shop.database.read {
                try $0.column("SELECT commission FROM line_commissions ORDER BY order_item_id", as: Int64.self)
            }
            #expect(parts == [12, 12, 11])
        }
    }

    @Test(arguments: Backend.available)
    func `a return takes its units back with their commission, and touches no other vendor`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            for vendor in 3...4 {
                try await market.vendor(Int64(vendor))
                try await market.product(Int64(vendor * 10), of: Int64(vendor), price: 1_005)
            }
            let order = try await market.order(ada, [(30, 3), (40, 1)])
            try await market.pay(order)
            try await market.deliver(order)
            _ = try await market.field.sendBack(order, line: 0, 1, shipping: false, as: ada)
            // 30.15 with a commission of 3.02; a third of it is 1.01.
            #expect(try await market.entries(3).suffix(2) == ["commission 101", "refund -1005"])
            _ = try await market.field.sendBack(order, line: 0, 2, shipping: true, as: ada)
            #expect(try await market.balance(3)[0] == 0)
            // The money that is owed for it changes nothing more.
            let refunds = try await market.shop.database.read {
                try $0.column("SELECT id FROM refunds WHERE status = 'requested'", as: Int64.self)
            }
            for id in refunds {
                let made = try await market.field.call(.post, "/api/admin/refunds/\(id)/approve/")
                try #require(made.status == 200, "\(made.json)")
            }
            #expect(try await market.balance(3)[0] == 0)
            #expect(try await market.entries(4) == ["sale 1005", "commission -101"])
        }
    }

    @Test(arguments: Backend.available)
    func `a refund by staff is taken from the lines that it names, else from all, and of a canceled order all`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            for vendor in 3...4 {
                try await market.vendor(Int64(vendor))
                try await market.product(Int64(vendor * 10), of: Int64(vendor), price: 1_000)
            }
            let order = try await market.order(ada, [(30, 1), (40, 1)])
            try await market.pay(order)
            let (payment, line) = (try await market.payment(of: order), order.items[0]["id"]?.integer ?? 0)
            let named = try await market.field.call(
                .post, "/api/admin/payments/\(payment)/refund/",
                #"{"amount": "6.00", "reason": "x", "items": [{"order_item_id": \#(line), "quantity": 1}]}"#)
            try #require(named.status == 201, "\(named.json)")
            // Half of 12.00 with tax is half of 10.00 without.
            #expect(try await market.entries(3).suffix(2) == ["commission 50", "refund -500"])
            #expect(try await market.entries(4) == ["sale 1000", "commission -100"])
            // 21.60 is left: 6.00, 12.00 and 3.60 for shipping.
            let whole = try await market.field.refund(payment, "5.40")
            try #require(whole.status == 201, "\(whole.json)")
            #expect(try await market.balance(3)[0] == 450 - 112)
            #expect(try await market.balance(4)[0] == 900 - 225)
            _ = try await market.field.move(order, to: "cancelled")
            #expect(try await market.balance(3) == [0, 0])
            #expect(try await market.balance(4) == [0, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `a lost dispute claws back, an open or won one does not`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            try await market.vendor(3)
            try await market.product(30, of: 3)
            for (status, left) in [(GatewayDispute.Status.open, 900), (.won, 900), (.lost, 0)] {
                let order = try await market.order(ada, [(30, 1)])
                try await market.pay(order)
                let before = try await market.balance(3)[0] - 900
                try await market.dispute(market.payment(of: order), 1_560, status)
                #expect(try await market.balance(3)[0] - before == Int64(left), "\(status)")
            }
        }
    }
}

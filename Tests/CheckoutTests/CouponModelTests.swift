import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What coupons take off carts, against adding it up by hand.
@Suite struct CouponModelTests {
    private struct Line {
        let product: Int64
        let quantity: Int

        var cents: Int { quantity * CouponModelTests.prices[Int(product) - 1] }
    }

    /// The cents of the products one after another; the third is on sale.
    private static let prices = [999, 2_500, 101, 10]

    private struct Deal: Sendable {
        let members: String
        /// What it takes off the lines, all together; nil where it does nothing for them.
        let taken: @Sendable ([Line]) -> Int?
    }

    private static func sum(_ lines: [Line]) -> Int { lines.reduce(0) { $0 + $1.cents } }

    /// Returns the percentage of `cents`, rounded half up.
    private static func percent(_ basisPoints: Int, of cents: Int) -> Int { (cents * basisPoints + 5_000) / 10_000 }

    private static let deals = [
        Deal(members: #""discount_type": "percentage", "discount_value": "12.5""#) { percent(1_250, of: sum($0)) },
        Deal(members: #""discount_type": "percentage", "discount_value": 100"#) { sum($0) },
        Deal(members: #""discount_type": "percentage", "discount_value": "33.33", "maximum_discount_amount": "5.00""#) {
            min(500, percent(3_333, of: sum($0)))
        },
        Deal(members: #""discount_type": "fixed_amount", "discount_value": "15.00""#) { min(1_500, sum($0)) },
        Deal(members: #""discount_type": "fixed_amount", "discount_value": "1", "minimum_order_amount": "30.00""#) {
            sum($0) >= 3_000 ? min(100, sum($0)) : nil
        },
        Deal(
            members:
                """
                "discount_type": "fixed_amount", "discount_value": "7.77", "applicable_to": "specific_products",
                "products": [2, 4]
                """
        ) { lines in
            let those = lines.filter { [2, 4].contains($0.product) }
            return those.isEmpty ? nil : min(777, sum(those))
        },
        Deal(members: #""discount_type": "percentage", "discount_value": "50", "exclude_sale_items": true"#) { lines in
            let those = lines.filter { $0.product != 3 }
            return those.isEmpty ? nil : percent(5_000, of: sum(those))
        },
        Deal(members: #""discount_type": "free_shipping""#) { _ in 0 },
    ]

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available)
    func `a coupon takes off what its words say, of the lines that it applies to, and never more`(
        _ backend: Backend
    ) async throws {
        let random = RandomSource.seeded(191)
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for (index, price) in Self.prices.enumerated() {
                try await shop.product(Int64(index + 1), price: Int64(price), stock: 100)
            }
            try await shop.execute("UPDATE products SET compare_at_price = 200 WHERE id = 3")
            for (index, deal) in Self.deals.enumerated() {
                let made = try await shop.coupon(#""code": "D\#(index)", \#(deal.members)"#)
                try #require(made.status == 201, "\(made.json)")
            }
            for _ in 0..<12 {
                _ = try await shop.call(.delete, "/api/cart/clear/", as: ada)
                let lines = (1...4).filter { _ in random.number(below: 2) == 0 }
                    .map { Line(product: Int64($0), quantity: 1 + random.number(below: 9)) }
                if lines.isEmpty { continue }
                for line in lines { _ = try await shop.fill(line.product, line.quantity, as: ada) }
                for (index, deal) in Self.deals.enumerated() {
                    try await compare(shop, ada, lines, deal, "D\(index)")
                }
            }
        }
    }

    private func compare(
        _ shop: CheckoutHarness, _ ada: Identity, _ lines: [Line], _ deal: Deal, _ code: String
    ) async throws {
        // Trying codes is limited by the minute.
        shop.clock.advance(by: .minutes(2))
        let check = try await shop.call(.post, "/api/coupons/validate/", #"{"code": "\#(code)"}"#, as: ada)
        let cart = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "\#(code)"}"#, as: ada)
        let text = { (cents: Int) in Currency.usd.text(Money(minorUnits: Int64(cents))) }
        guard let taken = deal.taken(lines) else {
            #expect(check["valid"] == .bool(false) && cart.status == 400, "\(deal.members): \(cart.json)")
            return
        }
        #expect(check["valid"] == .bool(true), "\(deal.members): \(check.json)")
        #expect(cart.status == 200, "\(deal.members): \(cart.json)")
        #expect(cart.text("discount_amount") == text(taken), "\(deal.members) of \(lines)")
        #expect(cart.text("total") == text(Self.sum(lines) - taken), "\(deal.members) of \(lines)")
        let quote = try await shop.quote(as: ada)
        let parts = quote.items.compactMap { $0["discount_amount"]?.text.flatMap(Currency.usd.amount) }
        #expect(try parts.total() == Money(minorUnits: Int64(taken)), "\(deal.members): \(quote.json)")
    }

    private struct Moment: Sendable {
        let seconds: Int64
        let reason: String?
    }

    @Test(arguments: Backend.available)
    func `a coupon is good from its first second to the one before its end`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_000)
            _ = try await shop.fill(1, 1, as: ada)
            let (from, until) = (CheckoutHarness.start + .hours(1), CheckoutHarness.start + .hours(2))
            let made = try await shop.coupon(
                """
                "code": "HOUR", "discount_type": "fixed_amount", "discount_value": 1, "valid_from": "\(from)",
                "valid_until": "\(until)"
                """
            )
            try #require(made.status == 201, "\(made.json)")
            let moments = [
                Moment(seconds: 0, reason: "not_yet_valid"), Moment(seconds: 3_599, reason: "not_yet_valid"),
                Moment(seconds: 3_600, reason: nil), Moment(seconds: 7_199, reason: nil),
                Moment(seconds: 7_200, reason: "expired"), Moment(seconds: 90_000, reason: "expired"),
            ]
            for moment in moments {
                shop.clock.advance(by: CheckoutHarness.start + .seconds(moment.seconds) - shop.clock.source.now)
                let check = try await shop.call(.post, "/api/coupons/validate/", #"{"code": "hour"}"#, as: ada)
                #expect(check["valid"] == .bool(moment.reason == nil), "\(moment): \(check.json)")
                #expect(check.text("reason") == moment.reason, "\(moment): \(check.json)")
            }
        }
    }
}

import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Marketplace
@testable import Payments

/// Scripted histories of marketplaces: several vendors, coupons, partial refunds, returns, changed rates, disputes, payouts
/// between. What everyone is owed in the end is reckoned a second time, in Python.
@Suite struct MarketHistoryTests {
    /// `KONTOR_HISTORIES`; 200 are run before a release.
    static let count = ProcessInfo.processInfo.environment["KONTOR_HISTORIES"].flatMap { Int($0) } ?? 24

    @Test(.timeLimit(.minutes(15)), arguments: Backend.available)
    func `what vendors are owed is what a second reckoning comes to, to the minor unit`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            try await market.category(5, path: "/5/")
            try await market.category(6, path: "/5/6/")
            for (category, rate) in [(5, 220_000), (6, 50_001)] {
                try await market.shop.execute(
                    """
                    INSERT INTO commission_rules (category_id, rate, valid_from, created_at, updated_at)
                    VALUES (\(category), \(rate), 0, 0, 0)
                    """)
            }
            for percent in [7, 15] {
                let made = try await market.shop.call(
                    .post, "/api/admin/coupons/",
                    #"{"code": "C\#(percent)", "discount_type": "percentage", "discount_value": "\#(percent)"}"#,
                    as: MarketField.admin)
                try #require(made.status == 201, "\(made.json)")
            }
            var told: [(history: MarketHistory, ours: MarketHistory.Reckoning, story: [String])] = []
            for number in 1...Self.count {
                var life = MarketLife(market, number)
                told.append(try await life.run())
            }
            let found = try await Self.reckon(told.map(\.history))
            for (index, (_, ours, story)) in told.enumerated() {
                try #require(found[index] == ours, "history \(index + 1): \(story.joined(separator: ", "))")
            }
            let kinds = try await market.shop.database.read {
                try $0.column("SELECT DISTINCT entry_type FROM vendor_ledger_entries", as: String.self)
            }
            #expect(kinds.count == VendorEntry.Kind.allCases.count, "\(kinds)")
            let payouts = try await market.shop.value("SELECT COUNT(*) FROM vendor_payouts")
            #expect(payouts > Self.count, "\(payouts)")
        }
    }

    private static func reckon(_ histories: [MarketHistory]) async throws -> [MarketHistory.Reckoning] {
        try await withTemporaryFolder { folder in
            let path = folder + "/histories"
            let lines = try histories.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
            try Data(lines.joined()).write(to: URL(filePath: path))
            let printed = try await TestPython.output(ofPeer: "vendor_reckoning.py", path)
            return try printed.split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(MarketHistory.Reckoning.self, from: Data($0))
            }
        }
    }
}

/// One history, deed by deed, with vendors and goods of its own.
private struct MarketLife {
    let market: MarketField
    let number: Int
    let random: RandomSource
    let vendors: [Int64]
    let products: [Int64]
    private var history: MarketHistory
    private var ours = MarketHistory.Reckoning()
    private var story: [String] = []
    private var orders: [MarketField.Answer] = []
    private var runs = 0

    private enum Deed: CaseIterable {
        case order, order2, pay, pay2, deliver, deliver2, cancelPart, sendBack, sendBack2, refund, refundNamed,
            refundUnits, refundUnits2, approve,
            dispute, cancel, rule, adjust, run, run2, fail, wait, wait2
    }

    init(_ market: MarketField, _ number: Int) {
        self.market = market
        self.number = number
        random = .seeded(UInt64(7_000 + number))
        vendors = (1...3).map { Int64(number * 100 + $0) }
        products = (1...6).map { Int64(number * 100 + $0 * 10) }
        let approved = vendors.compactMap { vendor in
            MarketField.approvedRate(VendorID(vendor)).map { (String(vendor), $0) }
        }
        history = MarketHistory(
            vendors: vendors, hold: 14 * 86_400_000_000, standard: 100_000,
            approved: Dictionary(uniqueKeysWithValues: approved))
    }

    private var now: Int64 { market.shop.clock.source.now.microseconds }

    mutating func run() async throws -> (MarketHistory, MarketHistory.Reckoning, [String]) {
        let buyer = try await market.shop.user(Int64(number * 100))
        for vendor in vendors { try await market.vendor(vendor) }
        for (index, product) in products.enumerated() {
            // The last is the shop's own.
            let owner = index == products.count - 1 ? nil : vendors[index % vendors.count]
            try await market.product(
                product, of: owner, price: Int64(1 + random.number(below: 5_000)),
                category: [nil, 5, 6][random.number(below: 3)])
        }
        for (category, rate) in [(5, 220_000), (6, 50_001)] as [(Int64, Int64)] {
            history.events.append(.init(t: 0, kind: "rule", rule: .init(vendor: 0, category: category, rate: rate)))
        }
        try await order(buyer)
        try await live(8 + random.number(below: 14), buyer)
        for order in orders {
            if random.number(below: 4) > 0 { try await change(order, .pay, buyer) }
            try await change(order, .deliver, buyer)
            try await note(order)
        }
        // Until what was sold is no longer held, and on from there: what comes back now has been paid out.
        market.shop.clock.advance(by: .days(Int64(23 + random.number(below: 6))))
        try await payOut()
        try await live(random.number(below: 6), buyer)
        try await finish()
        return (history, ours, story)
    }

    private mutating func live(_ deeds: Int, _ buyer: Identity) async throws {
        for _ in 0..<deeds {
            let deed = Deed.allCases[random.number(below: Deed.allCases.count)]
            story.append("\(deed)")
            try await perform(deed, buyer)
        }
    }

    private mutating func perform(_ deed: Deed, _ buyer: Identity) async throws {
        switch deed {
        case .order, .order2: try await order(buyer)
        case .rule: try await rule()
        case .adjust: try await adjust()
        case .run, .run2: try await payOut()
        case .fail: try await fail()
        case .wait, .wait2: market.shop.clock.advance(by: .days(Int64(1 + random.number(below: 12))))
        case .pay, .pay2, .deliver, .deliver2, .cancelPart, .sendBack, .sendBack2, .refund, .refundNamed,
            .refundUnits, .refundUnits2, .approve, .dispute, .cancel:
            let order = orders[random.number(below: orders.count)]
            try await change(order, deed, buyer)
            try await note(order)
        }
    }

    private mutating func order(_ buyer: Identity) async throws {
        var wanted: [Int64: Int] = [:]
        for _ in 0..<(1 + random.number(below: 4)) {
            wanted[products[random.number(below: products.count)]] = 1 + random.number(below: 4)
        }
        let coupon = ["", #", "coupon_code": "C7""#, #", "coupon_code": "C15""#][random.number(below: 3)]
        let order = try await market.order(
            buyer, wanted.sorted { $0.key < $1.key }.map { (product: $0.key, quantity: $0.value) }, more: coupon)
        orders.append(order)
        try await note(order)
        if random.number(below: 3) > 0 {
            try await market.pay(order)
            try await note(order)
        }
    }

    private func change(_ order: MarketField.Answer, _ deed: Deed, _ buyer: Identity) async throws {
        let line = random.number(below: order.items.count)
        switch deed {
        case .pay, .pay2:
            _ = try await market.field.staff(order, "payment", #"{"amount": "\#(order.text("total") ?? "")"}"#)
        case .deliver, .deliver2:
            _ = try await market.field.move(order, to: "shipped")
            if random.number(below: 4) > 0 { _ = try await market.field.move(order, to: "delivered") }
        case .cancelPart: _ = try await market.field.cancel(order, line: line, 1 + random.number(below: 2))
        case .sendBack, .sendBack2:
            _ = try await market.field.sendBack(
                order, line: line, 1 + random.number(below: 3), shipping: random.number(below: 4) == 0, as: buyer)
        case .refund, .refundNamed: try await refund(order, named: deed == .refundNamed ? line : nil)
        case .refundUnits, .refundUnits2: try await refundUnits(order)
        case .approve:
            let id = try await market.field.refund(of: order, "requested")
            if id > 0 { _ = try await market.field.call(.post, "/api/admin/refunds/\(id)/approve/") }
        case .dispute:
            let payment = try await market.payment(of: order)
            if payment > 0 {
                let status: GatewayDispute.Status = [.lost, .lost, .won][random.number(below: 3)]
                try await market.dispute(payment, Int64(1 + random.number(below: 4_000)), status)
            }
        case .cancel: _ = try await market.field.move(order, to: "cancelled")
        default: break
        }
    }

    private func refund(_ order: MarketField.Answer, named line: Int?) async throws {
        let payment = try await market.payment(of: order)
        guard payment > 0 else { return }
        let amount = Currency.usd.text(Money(minorUnits: Int64(1 + random.number(below: 2_000))))
        let item = line.map { order.items[$0]["id"]?.integer ?? 0 }
        let items = item.map { #", "items": [{"order_item_id": \#($0), "quantity": 1}]"# } ?? ""
        _ = try await market.field.call(
            .post, "/api/admin/payments/\(payment)/refund/", #"{"amount": "\#(amount)", "reason": "x"\#(items)}"#)
    }

    /// Refunds what units of one or two lines cost, some of which go back into stock.
    private func refundUnits(_ order: MarketField.Answer) async throws {
        let payment = try await market.payment(of: order)
        guard payment > 0 else { return }
        let lines = Set((0...1).map { _ in random.number(below: order.items.count) }).sorted()
        let units = lines.map {
            #"{"order_item_id": \#(order.items[$0]["id"]?.integer ?? 0), "quantity": \#(1 + random.number(below: 2))}"#
        }
        let restock = random.number(below: 2) == 0
        _ = try await market.field.call(
            .post, "/api/admin/payments/\(payment)/refund/",
            #"{"reason": "x", "items": [\#(units.joined(separator: ", "))], "restock": \#(restock)}"#)
    }

    /// Tells what is known of an order now.
    private mutating func note(_ order: MarketField.Answer) async throws {
        let facts = try await market.shop.database.read { try MarketHistory.OrderFacts.read(order.id, $0) }
        history.events.append(.init(t: now, kind: "order", order: facts))
    }

    private mutating func rule() async throws {
        let rule = MarketHistory.Rule(
            vendor: vendors[random.number(below: 3)], category: 0, rate: Int64(random.number(below: 400_000)))
        try await market.shop.execute(
            """
            INSERT INTO commission_rules (vendor_id, category_id, rate, valid_from, created_at, updated_at) VALUES
            (\(rule.vendor), NULL, \(rule.rate), \(market.shop.clock.source.now), 0, 0)
            """)
        history.events.append(.init(t: now, kind: "rule", rule: rule))
    }

    private mutating func adjust() async throws {
        let change = MarketHistory.Change(
            vendor: vendors[random.number(below: 3)], amount: Int64(random.number(below: 4_000) - 2_500))
        let amount = Currency.usd.text(Money(minorUnits: change.amount))
        let made = try await market.call(
            .post, "/api/admin/vendors/\(change.vendor)/adjustments/", #"{"amount": "\#(amount)", "reason": "x"}"#)
        if made.status == 201 { history.events.append(.init(t: now, kind: "adjust", adjust: change)) }
    }

    private mutating func payOut() async throws {
        runs += 1
        let today = TimeZoneRules.utc.day(of: market.shop.clock.source.now)
        let end = CivilDate(daysSinceEpoch: today.daysSinceEpoch - random.number(below: 3) * 4)
        let period = PayoutPeriod(start: CivilDate(daysSinceEpoch: number * 100 + runs), end: end)
        let made = try await market.payouts.run(
            period, among: vendors.map { VendorID($0) }, by: nil, market.shop.database
        ) { _ in
        } record: { _, _ in
        }
        ours.payouts += made.map { [$0.vendor.rawValue, $0.amount.minorUnits] }
        let cutoff = period.cutoff(at: market.shop.clock.source.now, in: .utc).microseconds
        history.events.append(.init(t: now, kind: "payout", payout: .init(vendors: vendors, cutoff: cutoff)))
    }

    private mutating func fail() async throws {
        let vendors = vendors
        let open: (Int64, Int64, Int64)? = try await market.shop.database.read { connection in
            try connection.tuple(
                """
                SELECT id, vendor_id, amount FROM vendor_payouts WHERE status = 'pending'
                AND vendor_id IN (\(list: vendors)) ORDER BY id DESC LIMIT 1
                """)
        }
        guard let open else { return }
        _ = try await market.call(.put, "/api/admin/payouts/\(open.0)/fail/", #"{"reason": "x"}"#)
        history.events.append(.init(t: now, kind: "fail", fail: .init(vendor: open.1, amount: open.2)))
    }

    private mutating func finish() async throws {
        history.until = now
        for vendor in vendors { ours.balances[String(vendor)] = try await market.balance(vendor) }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Marketplace

/// Payouts: what is due, once a period, and what becomes of it.
@Suite struct PayoutTests {
    /// A vendor with 90.00 that are available and 9.00 that are not.
    private func sold(_ market: MarketField, _ vendor: Int64, status: String = "approved") async throws {
        let buyer = try await market.shop.user(100 + vendor)
        let user = try await market.shop.user(200 + vendor, role: .vendor)
        try await market.vendor(vendor, user: user.userID.rawValue, status: status)
        try await market.product(vendor * 10, of: vendor, price: 1_000)
        let order = try await market.order(buyer, [(vendor * 10, 10)])
        try await market.pay(order)
        try await market.deliver(order)
        market.shop.clock.advance(by: .days(15))
        try await market.pay(market.order(buyer, [(vendor * 10, 1)]))
    }

    @Test(arguments: Backend.available)
    func `a run pays what is available, once for a period, and a failed payout comes back`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            try await sold(market, 3)
            try await sold(market, 5, status: "suspended")
            #expect(try await market.balance(3) == [9_900, 9_000])
            let run = try await market.process()
            #expect(run.status == 201, "\(run.json)")
            let payouts = run["payouts"]?.array ?? []
            #expect(payouts.map { $0["amount"]?.text } == ["90.00"] && payouts[0]["vendor_id"]?.integer == 3)
            #expect(try await market.balance(3) == [900, 0])
            let again = try await market.process()
            #expect(again.status == 200 && again["payouts"]?.array?.isEmpty == true)
            let id = payouts[0]["id"]?.integer ?? 0
            let failed = try await market.call(.put, "/api/admin/payouts/\(id)/fail/", #"{"reason": "No account"}"#)
            #expect(failed.status == 200 && failed.text("status") == "failed")
            #expect(try await market.balance(3) == [9_900, 9_000])
            #expect(try await market.process().status == 200)
            let next = try await market.process(start: "2020-02-01")
            let second = next["payouts"]?[0]?["id"]?.integer ?? 0
            let done = try await market.call(
                .put, "/api/admin/payouts/\(second)/complete/", #"{"transaction_reference": "TX 1"}"#)
            #expect(done.text("status") == "completed" && done.text("transaction_reference") == "TX 1")
            let refused = try await market.call(.put, "/api/admin/payouts/\(second)/fail/", #"{"reason": "x"}"#)
            #expect(refused.status == 409 && refused.text("code") == "invalid_payout_status")
            #expect(try await market.balance(3) == [900, 0])
            let mails = try await market.shop.database.read {
                try $0.column("SELECT payload FROM jobs WHERE kind = 'mail.send' ORDER BY id", as: String.self)
            }
            for template in ["vendor_payout_failed", "vendor_payout_completed"] {
                #expect(mails.count { $0.contains(template) } == 1)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a period takes what was available at its end, and never more than is now`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            try await sold(market, 3)
            let yesterday = TimeZoneRules.utc.day(of: market.shop.clock.source.now)
            market.shop.clock.advance(by: .days(40))
            let adjusted = try await market.call(
                .post, "/api/admin/vendors/3/adjustments/", #"{"amount": "5.00", "reason": "Thanks"}"#)
            #expect(adjusted.status == 201 && adjusted.text("available_balance") == "95.00", "\(adjusted.json)")
            let past = try await market.call(
                .post, "/api/admin/vendors/payouts/process/",
                #"{"period_start": "2020-01-01", "period_end": "\#(yesterday)", "vendors": [3]}"#)
            #expect(past["payouts"]?[0]?["amount"]?.text == "90.00", "\(past.json)")
            _ = try await market.call(
                .post, "/api/admin/vendors/3/adjustments/", #"{"amount": "-25.00", "reason": "Damage"}"#)
            #expect(try await market.balance(3)[1] == -2_000)
            let owed = try await market.call(.get, "/api/admin/vendors/3/balance/")
            #expect(owed.text("available_balance") == "-20.00" && owed["vendor_id"]?.integer == 3, "\(owed.json)")
            #expect(try await market.call(.get, "/api/admin/vendors/999/balance/").status == 404)
            #expect(try await market.process().status == 200)
            let ledger = try await market.call(.get, "/api/admin/vendors/3/ledger/?entry_type=adjustment")
            #expect(ledger.results.map { $0["amount"]?.text } == ["-25.00", "5.00"])
            #expect(ledger.statements <= 4)
            let sales = try await market.call(.get, "/api/admin/vendors/3/ledger/?entry_type=sale")
            #expect(!sales.results.isEmpty && sales.results.allSatisfy { $0["order_number"]?.text?.isEmpty == false })
        }
    }

    @Test(arguments: Backend.available)
    func `vendors see their own payouts, ledger and sales, and nothing of others`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            try await sold(market, 3)
            try await sold(market, 5)
            let run = try await market.process()
            let own = Identity(
                userID: UserID(203), sessionID: SessionID(1), email: "", role: .vendor, permissions: [],
                isEmailVerified: true)
            let list = try await market.call(.get, "/api/vendors/payouts/", as: own)
            #expect(list.results.map { $0["vendor_id"]?.integer } == [3] && list.statements <= 4)
            let ids = run["payouts"]?.array?.map { $0["id"]?.integer ?? 0 } ?? []
            let paper = try await market.call(.get, "/api/vendors/payouts/\(ids[0])/statement/", as: own)
            #expect(paper.status == 200 && paper.bytes.starts(with: Array("%PDF".utf8)))
            #expect(try await market.call(.get, "/api/vendors/payouts/\(ids[1])/statement/", as: own).status == 404)
            let entries = try await market.call(.get, "/api/vendors/ledger/", as: own)
            #expect(entries["count"]?.integer == 5)
            let board = try await market.call(.get, "/api/vendors/dashboard/", as: own)
            #expect(board.status == 200 && board.statements <= 8, "\(board.statements)")
            #expect(board.text("total_sales") == "110.00" && board["orders_count"]?.integer == 2)
            #expect(board.text("balance") == "9.00" && board.text("available_balance") == "0.00")
            #expect(board["recent_orders"]?.array?.count == 2 && board["products_count"]?.integer == 1)
            for group in ["day", "product", "category"] {
                let sales = try await market.call(
                    .get, "/api/vendors/analytics/?group_by=\(group)&from=2027-01-01", as: own)
                #expect(sales.status == 200 && sales["total"]?["net"]?.text == "110.00", "\(sales.json)")
                #expect(sales["total"]?["earnings"]?.text == "99.00" && sales["total"]?["quantity"]?.integer == 11)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a run that dies between its transactions is ended by the next one`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            let (shop, count) = (market.shop, 2 * PayoutService.chunk + 50)
            try await Self.fill(market, count)
            let today = TimeZoneRules.utc.day(of: shop.clock.source.now)
            let period = PayoutPeriod(start: today, end: today)
            // Before anything is written, after the first transaction, before the last one.
            for moment in 1...3 {
                let mortal = MortalDatabase(shop.database, Mortality(diesAt: moment))
                await #expect(throws: ProcessDied.self) {
                    _ = try await market.payouts.run(
                        period, among: nil, by: nil, mortal, confirm: { _ in }, record: { _, _ in })
                }
                #expect(try await shop.accounts().isEmpty)
            }
            _ = try await market.payouts.run(
                period, among: nil, by: nil, shop.database, confirm: { _ in }, record: { _, _ in })
            #expect(try await shop.value("SELECT COUNT(*) FROM vendor_payouts") == count)
            #expect(try await shop.value("SELECT CAST(SUM(balance) AS SIGNED) FROM vendor_accounts") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `an adjustment that is asked for twice under one key is booked once`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            try await market.vendor(3)
            let payouts = market.payouts
            for (key, sum) in [("a", 500), ("a", 500), ("b", 1_000), (nil, 1_500), (nil, 2_000)] as [(String?, Int64)] {
                try await market.shop.database.write { tx in
                    try payouts.adjust(
                        VendorID(3), by: Money(minorUnits: 500), reason: "x", user: MarketField.admin.userID,
                        requestKey: key, in: tx)
                }
                #expect(try await market.balance(3) == [sum, sum], "\(key ?? "none")")
            }
        }
    }

    /// Makes vendors to whom 5.00 are due each.
    static func fill(_ market: MarketField, _ count: Int) async throws {
        let payouts = market.payouts
        for start in stride(from: 1, through: count, by: 500) {
            try await market.shop.database.write { tx in
                for id in start..<min(start + 500, count + 1) {
                    try tx.execute(
                        """
                        INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                        VALUES (\(id), \("Vendor \(id)"), \("vendor-\(id)"), 'approved', 0, 0)
                        """)
                    try payouts.adjust(
                        VendorID(Int64(id)), by: Money(minorUnits: 500), reason: "x", user: MarketField.admin.userID,
                        in: tx)
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `no page of payouts or entries reads a whole table`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            try await Self.fill(market, 600)
            _ = try await market.process()
            let found = try await PlanReader(database: market.shop.database).findings {
                let narrowings = ["", "status=pending", "vendor=7", "vendor=7&status=pending", "from=2020-01-01"]
                let orders = ["created_at", "amount"].flatMap { [$0, "-" + $0] }
                let lists = narrowings.flatMap { narrowing in
                    orders.map { "/api/admin/payouts/?\(narrowing)&ordering=\($0)" }
                }
                for target in lists + ["/api/admin/payouts/", "/api/admin/vendors/7/ledger/"] {
                    let page = try await market.call(.get, target)
                    #expect(page.status == 200 && page.statements <= 4, "\(target)")
                }
            }
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test(arguments: Backend.available)
    func `payouts are found by vendor, and by the references of the bank`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            try await Self.fill(market, 300)
            _ = try await market.process()
            let payouts = try await market.call(.get, "/api/admin/payouts/?vendor=7")
            let id = try #require(payouts.json["results"]?.elements.first?["id"]?.number)
            try await market.shop.execute(
                "UPDATE vendor_payouts SET transaction_reference = 'TX 7', bank_message_id = 'MSG7' WHERE id = \(id)")
            let searches = [
                ("vendor%207", 11), ("VENDOR%20300", 1), ("vendor", 300), ("TX%207", 1), ("MSG7", 1), ("x", 0),
            ]
            for (search, count) in searches {
                let found = try await PlanReader(database: market.shop.database).findings {
                    for ordering in ["", "&ordering=amount"] {
                        let page = try await market.call(.get, "/api/admin/payouts/?search=\(search)\(ordering)")
                        #expect(page.json.int("count") == count, "\(search): \(page.json)")
                    }
                }
                // Vendors (`v`) are few: their names are all looked through. What is found is put together and sorted. Where a vendor
                // has one payout, as here, MariaDB reads payouts from end to end rather than by their vendors.
                let whole = ["v", "found"] + (backend == .mysql ? ["vendor_payouts"] : [])
                let faults = found.filter { !$0.isSort && !whole.contains($0.table) }
                #expect(faults.isEmpty, "\(search): \(faults)")
            }
        }
    }
}

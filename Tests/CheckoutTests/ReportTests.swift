import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct ReportTests {
    @Test(arguments: Backend.available)
    func `sales are summed by the shop's own days, also where a day has 25 hours`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await Self.fill(shop)
            let days = try await shop.sales("group_by=day&from=2026-10-24&to=2026-10-26")
            #expect(days.status == 200 && days.text("time_zone") == "Europe/Berlin", "\(days.json)")
            let lines = days["results"]?.array ?? []
            #expect(lines.map { $0["key"]?.text } == ["2026-10-24", "2026-10-25", "2026-10-26"])
            // 21:59 and 22:00 UTC on the 24th lie on either side of midnight; so do 22:59 and 23:00 on the 25th.
            #expect(lines.map { $0["sums"]?["orders"] } == [.number("1"), .number("2"), .number("1")])
            #expect(lines.map { $0["sums"]?["total"]?.text } == ["10.00", "50.00", "40.00"])
            #expect(lines.map { $0["sums"]?["units"] } == [.number("1"), .number("5"), .number("4")])
            #expect(days["summary"]?["total"]?.text == "100.00" && days.text("average_order_value") == "25.00")
            let weeks = try await shop.sales("group_by=week&from=2026-10-24&to=2026-10-26")
            #expect(weeks["results"]?.array?.map { $0["sums"]?["total"]?.text } == ["60.00", "40.00"])
            let months = try await shop.sales("group_by=month&from=2026-09-15&to=2026-11-15")
            #expect(months["results"]?.array?.map { $0["sums"]?["total"]?.text } == ["0.00", "100.00", "0.00"])
            #expect(months["carts"] == .number("5") && months["carts_ordered"] == .number("4"))
            #expect(months.text("conversion") == "0.8000")
        }
    }

    @Test(arguments: Backend.available)
    func `sales are summed by product, category, vendor and coupon, as JSON and as CSV`(_ backend: Backend) async throws
    {
        try await CheckoutHarness.with(backend) { shop in
            try await Self.fill(shop)
            for (group, keys, totals) in [
                ("product", ["1"], ["100.00"]), ("category", ["7"], ["100.00"]), ("vendor", ["0"], ["100.00"]),
                ("coupon", ["SPRING"], ["10.00"]),
            ] {
                let report = try await shop.sales("group_by=\(group)&from=2026-10-01&to=2026-10-31")
                let lines = report["results"]?.array ?? []
                #expect(lines.map { $0["key"]?.text } == keys && report.statements <= 8, "\(group): \(report.json)")
                #expect(lines.map { $0["sums"]?["total"]?.text } == totals)
            }
            let few = try await shop.sales("group_by=product&from=2026-10-01&to=2026-10-31&limit=1")
            #expect(few["results"]?.array?.count == 1 && few["summary"]?["total"]?.text == "100.00", "\(few.json)")
            let csv = try await shop.sales("group_by=category&from=2026-10-01&to=2026-10-31&format=csv")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            let text = String(decoding: csv.bytes, as: UTF8.self)
            #expect(
                text == "category,name,orders,units,gross,discount,tax,shipping,total\r\n"
                    + "7,'=cmd,,10,100.00,0.00,0.00,,100.00\r\n")
            for query in [
                "group_by=moon", "from=yesterday", "from=2026-02-02&to=2026-02-01", "from=2000-01-01&to=2026-01-01",
                "limit=0", "limit=1001",
            ] {
                #expect(try await shop.sales(query).status == 400, "\(query)")
            }
            #expect(shop.access(.get, "/api/admin/reports/sales/") == .staff("reports.view"))
        }
    }

    /// Writes orders of 1, 2, 3 and 4 pieces around two midnights in Berlin, one that was cancelled, and a cart.
    private static func fill(_ shop: CheckoutHarness) async throws {
        try await shop.product(1)
        try await shop.execute(
            """
            INSERT INTO categories (id, name, slug, description, path, is_active, is_visible, created_at, updated_at)
            VALUES (7, '=cmd', 'c', '', '/7/', 1, 1, 0, 0)
            """)
        try await shop.execute("UPDATE products SET category_id = 7")
        let moments = [
            "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z",
            "2026-10-25T12:00:00Z",
        ]
        for (index, text) in moments.enumerated() {
            let buyer = try await shop.user(Int64(index + 1))
            _ = try await shop.fill(1, index == 4 ? 1 : index + 1, as: buyer)
            let moment = try #require(Timestamp(text))
            if index == 4 {
                try await shop.execute("UPDATE carts SET created_at = \(moment) WHERE status = 'open'")
                continue
            }
            try await shop.execute("UPDATE stock SET on_hand = 100")
            try await shop.execute("UPDATE stock_totals SET on_hand = 100")
            let order = try await shop.order(buyer)
            try await shop.execute("UPDATE orders SET created_at = \(moment) WHERE id = \(order.id)")
            if index == 0 { try await shop.execute("UPDATE orders SET coupon_code = 'SPRING'") }
        }
        let moment = try #require(Timestamp("2026-10-25T12:00:00Z"))
        try await shop.execute("UPDATE carts SET created_at = \(moment)")
        let late = try await shop.user(50)
        _ = try await shop.fill(1, 9, as: late)
        let off = try await shop.order(late)
        try await shop.execute("UPDATE orders SET status = 'cancelled', created_at = \(moment) WHERE id = \(off.id)")
    }
}

extension CheckoutHarness {
    fileprivate func sales(_ query: String) async throws -> Answer {
        try await call(.get, "/api/admin/reports/sales/?\(query)", as: Self.admin)
    }
}

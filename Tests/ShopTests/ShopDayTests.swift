import Primitives
import TestSupport
import Testing

/// Dates are the shop's days, wherever they are asked for.
@Suite(.timeLimit(.minutes(10)))
struct ShopDayTests {
    /// Ten in the morning of 30 November in Auckland, thirteen hours ahead of UTC: there it is the 29th still.
    private static let morning = Timestamp("2026-11-29T21:00:00Z") ?? Timestamp(seconds: 0)

    private static func withShopInAuckland(
        _ backend: Backend, _ body: @escaping @Sendable (ShopHarness, HTTPProbe, MovableClock) async throws -> Void
    ) async throws {
        let clock = MovableClock(startingAt: morning)
        try await withShop(backend, settings: ["TIME_ZONE": "Pacific/Auckland"], time: clock.source) { stand in
            try await body(stand, try await stand.admin(), clock)
        }
    }

    @Test(arguments: Backend.available)
    func `a coupon that is valid until today is good until the shop's day ends`(_ backend: Backend) async throws {
        try await Self.withShopInAuckland(backend) { stand, admin, clock in
            let made = try await admin.send(
                "POST", "/api/admin/coupons/",
                json: [
                    "code": "TODAY", "discount_type": "percentage", "discount_value": "10", "is_public": .bool(true),
                    "valid_from": "2026-11-30", "valid_until": "2026-11-30",
                ])
            #expect(made.status == 201, "\(made.text)")
            #expect(made["valid_from"]?.text == "2026-11-29T11:00:00Z")
            #expect(made["valid_until"]?.text == "2026-11-30T11:00:00Z")
            let id = try #require(made["id"]?.number)
            // What was answered can be sent again and is the same.
            let same = try await admin.send(
                "PATCH", "/api/admin/coupons/\(id)/", json: ["valid_until": try #require(made["valid_until"])])
            #expect(same["valid_until"] == made["valid_until"])
            let local = try await admin.send(
                "PATCH", "/api/admin/coupons/\(id)/", json: ["valid_until": "2026-11-30T23:30"])
            #expect(local["valid_until"]?.text == "2026-11-30T10:30:00Z")
            _ = try await admin.send("PATCH", "/api/admin/coupons/\(id)/", json: ["valid_until": "2026-11-30"])

            let product = try await stand.product("Hat", stock: 5, by: admin)
            let customer = try await stand.customer()
            _ = try await customer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 1])
            clock.advance(by: .minutes(839))
            let customerNow = try await Self.again(stand)
            let good = try await customerNow.send("POST", "/api/coupons/apply/", json: ["code": "TODAY"])
            #expect(good.status == 200, "\(good.text)")
            clock.advance(by: .minutes(1))
            let late = try await customerNow.send("POST", "/api/coupons/validate/", json: ["code": "TODAY"])
            #expect(late.text.contains("expired"), "\(late.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `from and until of one day list that day, and an export of a month has its last`(
        _ backend: Backend
    ) async throws {
        try await Self.withShopInAuckland(backend) { stand, admin, _ in
            _ = try await stand.product("Hat", stock: 5, by: admin)
            let product = try await stand.product("Cap", stock: 5, by: admin)
            let customer = try await stand.customer()
            let address = try await stand.address(of: customer)
            _ = try await customer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 1])
            let order = try await customer.send(
                "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": "cod"])
            try #require(order.status == 201, "\(order.text)")
            let number = try #require(order["order_number"]?.text)
            for path in ["/api/admin/orders/", "/api/inventory/movements/", "/api/admin/audit/"] {
                let count = { (from: String, until: String) in
                    try await admin.send("GET", "\(path)?from=\(from)&until=\(until)")["count"]?.number
                }
                #expect(try await count("2026-11-30", "2026-11-30") ?? 0 > 0, "\(path)")
                #expect(try await count("2026-11-01", "2026-11-30") ?? 0 > 0, "\(path)")
                #expect(try await count("2026-11-29", "2026-11-29") == 0, "\(path)")
                #expect(try await count("2026-12-01", "2026-12-31") == 0, "\(path)")
                #expect(try await count("2026-11-30T09:59", "2026-11-30T10:01") ?? 0 > 0, "\(path)")
                #expect(try await count("2026-11-30T10:01", "2026-11-30T10:02") == 0, "\(path)")
                #expect(try await count("2026-11-29T21:59:00%2B0100", "2026-11-29T22:01%2B01:00") ?? 0 > 0, "\(path)")
                let wrong = try await admin.send("GET", "\(path)?until=2026-11-31")
                #expect(wrong.status == 400 && wrong["until"] != nil, "\(path)")
                let skipped = try await admin.send("GET", "\(path)?from=2026-09-27T02:30")
                #expect(skipped["from"]?[0]?.text == "Invalid datetime for the timezone \"Pacific/Auckland\".")
            }
            let export = "/api/admin/orders/export/"
            #expect(try await admin.send("GET", "\(export)?from=2026-11-01&until=2026-11-30").text.contains(number))
            #expect(try await !admin.send("GET", "\(export)?from=2026-10-01&until=2026-11-29").text.contains(number))
            let sales = "/api/admin/reports/sales/?from=2026-11-30&to=2026-11-30"
            let report = try await admin.send("GET", sales)
            #expect(report.status == 200 && report["time_zone"]?.text == "Pacific/Auckland", "\(report.text)")
        }
    }

    /// Returns the customer with a token that is good now.
    private static func again(_ stand: ShopHarness) async throws -> HTTPProbe {
        let answer = try await stand.anonymous.send(
            "POST", "/api/auth/login/",
            json: ["email": "customer@example.com", "password": .string(ShopHarness.password)])
        return stand.anonymous.bearing(try #require(answer["access"]?.text))
    }
}

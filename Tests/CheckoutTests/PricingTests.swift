import AppHarness
import Checkout
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct PricingTests {
    @Test(arguments: Backend.available)
    func `a quote says what the order then costs, with every part of it`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_999)
            try await shop.product(2, price: 333)
            try await shop.execute("UPDATE products SET tax_class = 'reduced', weight_grams = 1500 WHERE id = 2")
            try await shop.rate(#""name": "VAT 20 %", "country": "gb", "rate": "0.2""#)
            try await shop.rate(#""name": "VAT 5 %", "country": "GB", "rate": "0.05", "tax_class": "reduced""#)
            try await shop.method(
                #""code": "post", "name": "Post", "countries": ["GB"], "price": "3.00", "price_per_kg": "1.01""#)
            _ = try await shop.coupon(#""code": "TEN", "discount_type": "percentage", "discount_value": 10"#)
            _ = try await shop.fill(1, 2, as: ada)
            _ = try await shop.fill(2, 3, as: ada)
            _ = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "TEN"}"#, as: ada)
            let quote = try await shop.quote(as: ada)
            #expect(quote.status == 200 && quote.text("shipping_method") == "post")
            let order = try await shop.order(ada)
            #expect(order.status == 201, "\(order.json)")
            for name in ["subtotal", "discount_amount", "shipping_cost", "tax", "total", "coupon", "shipping_method"] {
                #expect(quote[name] == order[name], "\(name)")
            }
            #expect(quote["tax_lines"] == order["tax_lines"])
            // 39.98 + 9.99 - 5.00 (4.00 and 1.00) + 3.00 + 4.5 kg at 1.01 = 7.55; 20 % of 35.98 and 7.55, 5 % of 8.99
            #expect(order.text("discount_amount") == "5.00" && order.text("shipping_cost") == "7.55")
            #expect(order.text("tax") == "9.16" && order.text("total") == "61.68")
            #expect(order["tax_lines"]?.array?.map { $0["amount"]?.text } == ["8.71", "0.45"])
        }
    }

    @Test(arguments: Backend.available)
    func `with inclusive prices the tax is the part that is in them`(_ backend: Backend) async throws {
        let settings = CheckoutSettings(isTaxInclusive: true)
        try await CheckoutHarness.with(backend, settings: settings) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 11_900)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.19""#)
            try await shop.method(#""code": "post", "name": "Post", "countries": [], "price": "4.99""#)
            _ = try await shop.coupon(#""code": "SHIP", "discount_type": "free_shipping""#)
            _ = try await shop.fill(1, 1, as: ada)
            let plain = try await shop.quote(as: ada)
            #expect(plain.text("total") == "123.99" && plain.text("tax") == "19.80")
            #expect(plain["tax_inclusive"] == .bool(true))
            let free = try await shop.quote(#""coupon_code": "ship""#, as: ada)
            #expect(free.text("total") == "119.00" && free.text("tax") == "19.00")
            #expect(free.text("shipping_cost") == "0.00" && free.text("discount_amount") == "0.00")
        }
    }

    @Test(arguments: Backend.available)
    func `a state's rate comes before its country's, class by class`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 10_000)
            try await shop.rate(#""name": "US", "country": "US", "rate": "0.01""#)
            try await shop.rate(#""name": "NY", "country": "US", "state": "us-ny", "rate": "0.08875""#)
            try await shop.rate(#""name": "NY books", "country": "US", "state": "NY", "rate": 0, "tax_class": "books""#)
            _ = try await shop.fill(1, 1, as: ada)
            for (country, state, tax) in [
                ("US", "NY", "8.88"), ("us", "us-ny", "8.88"), ("US", "CA", "1.00"), ("US", "AE", "1.00"),
                ("CA", "NS", "0.00"), ("CA", "", "0.00"),
            ] {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "\#(country)", "state": "\#(state)"}"#, as: ada)
                #expect(quote.text("tax") == tax, "\(country) \(state)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `the cheapest method that serves is taken, and one that does not is refused`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_000)
            try await shop.execute("UPDATE products SET weight_grams = 2000 WHERE id = 1")
            _ = try await shop.fill(1, 2, as: ada)
            #expect(try await shop.quote(as: ada)["shipping_method"] == .null)
            try await shop.method(#""code": "fast", "name": "Fast", "countries": ["GB"], "price": "9.00""#)
            try await shop.method(
                #""code": "slow", "name": "Slow", "countries": ["GB"], "price": "5.00", "free_above": "20.00""#)
            try await shop.method(
                #""code": "letter", "name": "Letter", "countries": ["GB"], "price": "1.00", "max_weight": "3.999""#)
            try await shop.method(
                #""code": "cal", "name": "California", "countries": ["US"], "states": ["CA"], "price": "7.00""#)
            let free = try await shop.quote(as: ada)
            #expect(free.text("shipping_method") == "slow" && free.text("shipping_cost") == "0.00")
            #expect(free["shipping_methods"]?.array?.map { $0["code"]?.text } == ["slow", "fast"])
            let named = try await shop.quote(#""shipping_method": "fast""#, as: ada)
            #expect(named.text("shipping_cost") == "9.00" && named.text("total") == "29.00")
            for (members, status) in [
                (#""shipping_method": "letter""#, 400), (#""shipping_method": "no""#, 400),
                (#""shipping_address": {"country": "US", "state": "TX"}"#, 400),
                (#""shipping_address": {"country": "US", "state": "ca"}"#, 200),
                (#""shipping_address": {"country": "XX"}"#, 400),
            ] {
                let quote = try await shop.quote(members, as: ada)
                #expect(quote.status == status, "\(members): \(quote.json)")
            }
            let order = try await shop.order(ada, more: #", "shipping_method": "letter""#)
            #expect(order.status == 400 && order["shipping_method"] != nil)
            #expect(try await shop.order(ada, more: #", "expected_total": "29.00""#).status == 409)
            #expect(try await shop.order(ada, more: #", "expected_total": "20.00""#).text("total") == "20.00")
        }
    }

    @Test(arguments: Backend.available)
    func `an order with a coupon, taxes and shipping costs no more statements with twenty lines`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            try await shop.method(#""code": "post", "name": "Post", "price": "3.00""#)
            _ = try await shop.coupon(
                #""code": "TEN", "discount_type": "percentage", "discount_value": 10, "usage_limit_per_user": 5"#)
            var counts: [Int] = []
            for lines in [1, 20] {
                for id in 1...Int64(lines) {
                    if counts.isEmpty || id > 1 { try await shop.product(id) }
                    _ = try await shop.fill(id, 1, as: ada)
                }
                let applied = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "TEN"}"#, as: ada)
                #expect(applied.status == 200)
                #expect(try await shop.quote(as: ada).statements <= 10)
                let order = try await shop.order(ada)
                #expect(order.status == 201)
                counts.append(order.statements)
            }
            #expect(counts[0] == counts[1] && counts[1] <= 24, "\(counts)")
        }
    }

    /// What staff may not write, and the field that is told.
    static let refused: [(path: String, body: String, field: String)] = [
        ("tax-rates", #"{"country": "DE", "rate": "0.19"}"#, "name"),
        ("tax-rates", #"{"name": "VAT", "country": "Germany", "rate": "0.19"}"#, "country"),
        ("tax-rates", #"{"name": "VAT", "country": "DE", "rate": "-0.19"}"#, "rate"),
        ("tax-rates", #"{"name": "VAT", "country": "DE", "rate": "0.1234567"}"#, "rate"),
        ("tax-rates", #"{"name": "VAT", "country": "FR", "rate": "0.2"}"#, "non_field_errors"),
        ("shipping-methods", #"{"code": "a b", "name": "A", "price": "1.00"}"#, "code"),
        ("shipping-methods", #"{"code": "taken", "name": "A", "price": "1.00"}"#, "code"),
        ("shipping-methods", #"{"code": "a", "name": "A", "price": "1.001"}"#, "price"),
        ("shipping-methods", #"{"code": "a", "name": "A", "price": "1", "countries": ["DE", "Mars"]}"#, "countries"),
        ("shipping-methods", #"{"code": "a", "name": "A", "price": "1", "max_weight": 0}"#, "max_weight"),
        ("coupons", #"{"code": "a", "discount_type": "percentage"}"#, "discount_value"),
        ("coupons", #"{"code": "a", "discount_type": "percentage", "discount_value": "100.01"}"#, "discount_value"),
        ("coupons", #"{"code": "a", "discount_type": "fixed_amount", "discount_value": "1.001"}"#, "discount_value"),
        ("coupons", #"{"code": "a", "discount_type": "bogus", "discount_value": "1"}"#, "discount_type"),
        ("coupons", #"{"code": "a/b", "discount_type": "free_shipping"}"#, "code"),
        ("coupons", #"{"code": "Taken", "discount_type": "free_shipping"}"#, "code"),
        ("coupons", #"{"code": "a", "discount_type": "free_shipping", "usage_limit": 0}"#, "usage_limit"),
        (
            "coupons", #"{"code": "a", "discount_type": "free_shipping", "applicable_to": "specific_products"}"#,
            "products"
        ),
        ("coupons", #"{"code": "a", "discount_type": "free_shipping", "products": [77]}"#, "products"),
        (
            "coupons",
            """
            {"code": "a", "discount_type": "free_shipping", "valid_from": "2027-01-01T00:00:00Z",
            "valid_until": "2027-01-01T00:00:00Z"}
            """, "valid_until"
        ),
    ]

    @Test(arguments: Backend.available)
    func `what staff write is checked field by field, and a refusal changes nothing`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.rate(#""name": "TVA", "country": "FR", "rate": "0.2""#)
            try await shop.method(#""code": "taken", "name": "A", "price": "1.00""#)
            _ = try await shop.coupon(#""code": "TAKEN", "discount_type": "free_shipping""#)
            for (path, body, field) in Self.refused {
                let answer = try await shop.call(.post, "/api/admin/\(path)/", body, as: CheckoutHarness.admin)
                #expect(answer.status == 400 && answer[field] != nil, "\(body): \(answer.json)")
            }
            for table in ["tax-rates", "shipping-methods", "coupons"] {
                let list = try await shop.call(.get, "/api/admin/\(table)/", as: CheckoutHarness.admin)
                #expect(list["count"] == .number("1"), "\(table)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a row is shown, replaced, changed in part under its version, and deleted`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let admin = CheckoutHarness.admin
            for (path, body, part, field, value) in [
                ("tax-rates", #"{"name": "A", "country": "DE", "rate": "0.19"}"#, #"{"rate": "0.07"}"#, "rate", "0.07"),
                (
                    "shipping-methods", #"{"code": "a", "name": "A", "price": "1.00", "max_weight": "2.5"}"#,
                    #"{"name": "B"}"#, "name", "B"
                ),
                (
                    "coupons", #"{"code": "a", "discount_type": "percentage", "discount_value": "5"}"#,
                    #"{"discount_value": "7.25"}"#, "discount_value", "7.25"
                ),
            ] {
                let made = try await shop.call(.post, "/api/admin/\(path)/", body, as: admin)
                #expect(made.status == 201, "\(made.json)")
                let one = "/api/admin/\(path)/\(made.id)/"
                #expect(try await shop.call(.get, one, as: admin).json == made.json)
                let changed = try await shop.call(.patch, one, part, as: admin, headers: ["If-Match": "\"1\""])
                #expect(changed.status == 200 && changed.text(field) == value, "\(changed.json)")
                #expect(changed["version"] == .number("2"))
                let late = try await shop.call(.patch, one, part, as: admin, headers: ["If-Match": "\"1\""])
                #expect(late.status == 412)
                let whole = try await shop.call(.put, one, body, as: admin)
                #expect(whole.status == 200 && whole[field] == made[field])
                #expect(try await shop.call(.put, one, "{}", as: admin).status == 400)
                #expect(try await shop.call(.delete, one, as: admin).status == 204)
                #expect(try await shop.call(.get, one, as: admin).status == 404)
                #expect(try await shop.call(.post, "/api/admin/\(path)/", body, as: admin).status == 201)
            }
        }
    }
}

extension CheckoutHarness {
    /// Makes a tax rate of these members.
    func rate(_ members: String) async throws {
        let made = try await call(.post, "/api/admin/tax-rates/", "{\(members)}", as: Self.admin)
        try #require(made.status == 201, "\(made.json)")
    }

    /// Makes a shipping method of these members.
    func method(_ members: String) async throws {
        let made = try await call(.post, "/api/admin/shipping-methods/", "{\(members)}", as: Self.admin)
        try #require(made.status == 201, "\(made.json)")
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CheckoutPlaceTests {
    @Test(arguments: Backend.available)
    func `an order has the whole shape, holds its stock and closes its cart`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_999, stock: 5)
            try await shop.product(2, price: 500, hasVariants: true)
            try await shop.variant(7, of: 2)
            _ = try await shop.fill(1, 2, as: ada)
            _ = try await shop.call(.post, "/api/cart/add/", #"{"product_id": 2, "variant_id": 7}"#, as: ada)
            let before = try await shop.value("SELECT SUM(revision) FROM catalog_revision")
            let order = try await shop.order(ada, more: #", "notes": "ring twice", "expected_total": "44.98""#)
            #expect(order.status == 201)
            let wanted = [
                "subtotal": "44.98", "tax": "0.00", "shipping_cost": "0.00", "discount_amount": "0.00",
                "total": "44.98",
                "currency": "USD", "status": "pending", "payment_status": "pending", "payment_method": "card",
                "notes": "ring twice", "tracking_number": "", "email": "user1@example.com",
            ]
            for (name, value) in wanted { #expect(order.text(name) == value, "\(name)") }
            #expect(order["tax_lines"] == .array([]) && order["access_token"] == .null)
            #expect(order["shipping_address"]?["city"] == .string("London"))
            #expect(order["billing_address"] == order["shipping_address"])
            #expect(order.items.map { $0["sku"]?.text } == ["SKU-1", "VAR-7"])
            #expect(order.items[1]["variant"]?["options"]?.array?.count == 1)
            #expect(order.items[0]["subtotal"] == .string("39.98"))
            #expect(try await shop.stockOf(1) == [5, 2])
            #expect(try await shop.stockIsConsistent())
            #expect(try await shop.call(.get, "/api/cart/", as: ada).items.isEmpty)
            #expect(try await shop.value("SELECT COUNT(*) FROM jobs WHERE kind = 'mail.send'") == 1)
            #expect(try await shop.value("SELECT SUM(revision) FROM catalog_revision") == before + 1)
        }
    }

    @Test(arguments: Backend.available)
    func `the answer to placing an order is what reading it answers`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...3 {
                try await shop.product(Int64(id))
                _ = try await shop.fill(Int64(id), id, as: ada)
            }
            let placed = try await shop.order(ada)
            let number = try #require(placed.text("order_number"))
            for name in [number, number.lowercased(), String(placed.id)] {
                let read = try await shop.call(.get, "/api/orders/\(name)/", as: ada)
                #expect(read.json == placed.json)
                #expect(read.statements <= 6)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `the statements of an order do not grow with its lines`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for id in 1...20 { try await shop.product(Int64(id)) }
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            for id in 1...2 { _ = try await shop.fill(Int64(id), as: ada) }
            for id in 1...20 { _ = try await shop.fill(Int64(id), as: bob) }
            let small = try await shop.order(ada)
            let large = try await shop.order(bob)
            #expect(small.status == 201 && large.status == 201)
            #expect(small.statements == large.statements)
            #expect(small.statements <= (backend == .sqlite ? 17 : 18))
        }
    }

    @Test(arguments: Backend.available)
    func `a guest orders with an address and opens the order with its token`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1)
            let key = try #require(try await shop.fill(1, as: nil).text("session_key"))
            let headers = ["X-Session-Key": key]
            let bare = try await shop.call(.post, "/api/orders/", #"{"payment_method": "cod"}"#, headers: headers)
            #expect(bare.status == 400 && bare["email"] != nil && bare["shipping_address"] != nil)
            let body = """
                {"payment_method": "cod", "email": "Guest@Example.com", "shipping_address": {"full_name": "G",
                "address_line1": "1 Road", "city": "Paris", "postal_code": "75001", "country": "fr"}}
                """
            let nowhere = body.replacing("\"fr\"", with: "\"zz\"")
            let refused = try await shop.call(.post, "/api/orders/", nowhere, headers: headers)
            #expect(refused.status == 400 && refused["shipping_address"]?["country"] != nil)
            let order = try await shop.call(.post, "/api/orders/", body, headers: headers)
            #expect(order.status == 201 && order.text("email") == "guest@example.com")
            #expect(order["shipping_address"]?["country"] == .string("FR"))
            let token = try #require(order.text("access_token"))
            let path = "/api/orders/\(order.text("order_number") ?? "")/"
            #expect(try await shop.call(.get, path).status == 401)
            #expect(try await shop.call(.get, path, headers: ["X-Order-Token": token + "x"]).status == 404)
            #expect(try await shop.call(.get, path, headers: ["X-Order-Token": token]).status == 200)
            #expect(try await shop.call(.get, path + "?token=\(token)").status == 200)
            #expect(try await shop.value("SELECT COUNT(*) FROM orders WHERE access_token_hash = \(token)") == 0)
            let again = try await shop.call(.post, "/api/orders/", body, headers: headers)
            #expect(again.status == 409 && again.text("order_number") == order.text("order_number"))
            #expect(try await shop.fill(1, as: nil, key: key).text("session_key") == key)
        }
    }

    @Test(arguments: Backend.available)
    func `what cannot be ordered is refused and leaves nothing behind`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            try await shop.product(1, price: 1_000)
            #expect(try await shop.order(ada).text("code") == "empty_cart")
            _ = try await shop.fill(1, 2, as: ada)
            let refusals = [
                (#"{"payment_method": "card"}"#, "shipping_address_id"),
                (#"{"payment_method": "gold", "shipping_address_id": 1}"#, "payment_method"),
                (#"{"payment_method": "card", "shipping_address_id": \#(bob.userID)}"#, "shipping_address_id"),
                (#"{"payment_method": "card", "shipping_address_id": 1, "coupon_code": "X"}"#, "coupon_code"),
                (#"{"payment_method": "card", "shipping_address_id": 1, "shipping_method": "x"}"#, "shipping_method"),
            ]
            for (body, field) in refusals {
                let refused = try await shop.call(.post, "/api/orders/", body, as: ada)
                #expect(refused.status == 400 && refused[field] != nil, "\(body)")
            }
            let changed = try await shop.order(ada, more: #", "expected_total": "19.99""#)
            #expect(changed.status == 409 && changed.text("code") == "total_changed")
            #expect(changed.text("total") == "20.00" && changed.text("expected_total") == "19.99")
            #expect(try await shop.value("SELECT COUNT(*) FROM orders") == 0)
            #expect(try await shop.value("SELECT COUNT(*) FROM jobs") == 0)
            #expect(try await shop.stockOf(1) == [10, 0])
            #expect(try await shop.call(.get, "/api/cart/", as: ada).items.count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `stock that has gone is named line by line`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...3 {
                try await shop.product(Int64(id), stock: 5)
                _ = try await shop.fill(Int64(id), 4, as: ada)
            }
            try await shop.execute("UPDATE stock_totals SET on_hand = 1 WHERE product_id = 1")
            try await shop.execute("UPDATE products SET is_listed = 0, deleted_at = 1 WHERE id = 3")
            let refused = try await shop.order(ada)
            #expect(refused.status == 409 && refused.text("code") == "insufficient_stock")
            #expect(refused.items.map { $0["product_id"]?.integer } == [1, 3])
            #expect(refused.items.map { $0["requested"]?.integer } == [4, 4])
            #expect(refused.items.first?["available"] == .number("1"))
        }
    }

    @Test(arguments: Backend.available)
    func `a free order is processing at once and waits for nobody`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 0)
            _ = try await shop.fill(1, as: ada)
            let order = try await shop.order(ada)
            #expect(order.text("status") == "processing" && order.text("payment_status") == "paid")
            #expect(order["expires_at"] == .null)
        }
    }

    @Test(arguments: Backend.available)
    func `orders are listed for their customer alone, filtered and paged`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            try await shop.product(1, stock: 50)
            for _ in 0..<5 {
                _ = try await shop.fill(1, as: ada)
                _ = try await shop.order(ada)
                shop.clock.advance(by: .seconds(1))
            }
            _ = try await shop.fill(1, as: bob)
            let bobs = try await shop.order(bob)
            let list = try await shop.call(.get, "/api/orders/?page_size=2", as: ada)
            #expect(list["count"] == .number("5") && list.statements <= 4)
            let numbers = list["results"]?.array?.compactMap { $0["id"]?.integer } ?? []
            #expect(numbers.count == 2 && numbers[0] > numbers[1])
            #expect(try await shop.call(.get, "/api/orders/?status=shipped", as: ada)["count"] == .number("0"))
            #expect(try await shop.call(.get, "/api/orders/?status=lost", as: ada).status == 400)
            #expect(try await shop.call(.get, "/api/orders/?page=4&page_size=2", as: ada).status == 404)
            #expect(try await shop.call(.get, "/api/orders/\(bobs.id)/", as: ada).status == 404)
            let number = try #require(bobs.text("order_number"))
            let all = try await shop.call(
                .get, "/api/admin/orders/?search=\(number.prefix(6))", as: CheckoutHarness.admin)
            #expect(all["results"]?.array?.map { $0["id"]?.integer } == [bobs.id])
        }
    }
}

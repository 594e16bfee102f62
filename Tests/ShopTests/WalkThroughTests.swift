import Primitives
import TestSupport
import Testing

/// The plan's own walk-through, as a newcomer would try it.
@Suite struct WalkThroughTests {
    @Test(arguments: Backend.available)
    func `a newcomer registers, looks around, fills a cart and orders`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", price: "19.99", stock: 5, by: admin)
            let registered = try await stand.anonymous.send(
                "POST", "/api/auth/register/",
                json: [
                    "email": "test@example.com", "password": "testpass123", "first_name": "Test", "last_name": "User",
                ])
            #expect(registered.status == 201)
            let login = try await stand.anonymous.send(
                "POST", "/api/auth/login/", json: ["email": "test@example.com", "password": "testpass123"])
            #expect(login.status == 200)
            #expect(login.header("Cache-Control")?.contains("no-store") == true)
            let shopper = stand.anonymous.bearing(try #require(login["access"]?.text))

            let list = try await stand.anonymous.send("GET", "/api/products/")
            #expect(list["count"]?.number == 1)
            let slug = try #require(list["results"]?[0]?["slug"]?.text)
            let detail = try await stand.anonymous.send("GET", "/api/products/\(slug)/")
            #expect(detail["stock_quantity"]?.number == 5)

            let cart = try await shopper.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 2])
            #expect(cart.status == 201)
            #expect(cart["total"]?.text == "39.98")
            let address = try await stand.address(of: shopper)
            let order = try await shopper.send(
                "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": "card"])
            #expect(order.status == 201, "\(order.text)")
            #expect(order["total"]?.text == "39.98")
            #expect(order["status"]?.text == "pending")
            let number = try #require(order["order_number"]?.text)
            #expect(try await shopper.send("GET", "/api/orders/\(number)/")["id"] == order["id"])
            #expect(try await shopper.send("GET", "/api/orders/")["count"]?.number == 1)
            #expect(try await shopper.send("GET", "/api/cart/")["item_count"]?.number == 0)
            #expect(try await stand.anonymous.send("GET", "/api/products/\(slug)/")["stock_quantity"]?.number == 3)

            let cancelled = try await shopper.send("PUT", "/api/orders/\(number)/cancel/")
            #expect(cancelled["status"]?.text == "cancelled")
            #expect(try await shopper.send("PUT", "/api/orders/\(number)/cancel/").status == 409)
            #expect(try await stand.anonymous.send("GET", "/api/products/\(slug)/")["stock_quantity"]?.number == 5)
        }
    }

    @Test(arguments: Backend.available)
    func `an order sends a confirmation into the mailbox`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 5, by: admin)
            let shopper = try await stand.customer("mail@example.com")
            _ = try await shopper.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
            let order = try await shopper.send(
                "POST", "/api/orders/",
                json: ["shipping_address_id": try await stand.address(of: shopper), "payment_method": "cod"])
            let number = try #require(order["order_number"]?.text)
            let found = "/api/admin/mailbox/?to=mail@example.com&search=\(number)"
            try await poll("the mail of the shop's own runner", atMost: .seconds(30)) {
                try await admin.send("GET", found)["count"]?.number != 0
            }
            let mail = try await admin.send("GET", found)
            #expect(mail["count"]?.number == 1, "\(mail.text)")
            #expect(mail["results"]?[0]?["subject"]?.text == "Your order \(number)")
            #expect(try await shopper.send("GET", "/api/admin/mailbox/").status == 403)
        }
    }

    @Test(arguments: Backend.available)
    func `another customer's order does not exist`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 5, by: admin)
            let (one, other) = (
                try await stand.customer("one@example.com"), try await stand.customer("two@example.com")
            )
            _ = try await one.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
            let order = try await one.send(
                "POST", "/api/orders/",
                json: ["shipping_address_id": try await stand.address(of: one), "payment_method": "cod"])
            let number = try #require(order["order_number"]?.text)
            #expect(try await other.send("GET", "/api/orders/\(number)/").status == 404)
            #expect(try await other.send("PUT", "/api/orders/\(number)/cancel/").status == 404)
            #expect(try await stand.anonymous.send("GET", "/api/orders/\(number)/").status != 200)
            #expect(try await other.send("GET", "/api/orders/")["count"]?.number == 0)
        }
    }
}

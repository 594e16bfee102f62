import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// Orders that a client sends again under one `Idempotency-Key`.
@Suite(.timeLimit(.minutes(10)))
struct RepeatTests {
    @Test(arguments: Backend.available)
    func `an order refused for want of stock goes through under its key when stock has come`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = JSONValue.number(String(try await stand.product("Lamp", stock: 2, by: admin)))
            let customer = try await stand.customer()
            let address = try await stand.address(of: customer)
            _ = try await customer.send("POST", "/api/cart/add/", json: ["product_id": product, "quantity": 2])
            let adjust = { (quantity: Int) in
                try await admin.send(
                    "POST", "/api/inventory/stock/adjust/",
                    json: ["product_id": product, "quantity": .number(String(quantity))])
            }
            #expect(try await adjust(-1).status == 201)
            let order = {
                try await customer.send(
                    "POST", "/api/orders/", headers: ["Idempotency-Key": "order-1"],
                    json: ["shipping_address_id": address, "payment_method": "cod"])
            }
            for _ in 0..<2 {
                let refused = try await order()
                #expect(refused.status == 409 && refused["code"]?.text == "insufficient_stock", "\(refused.text)")
                #expect(refused.header("Idempotent-Replayed") == nil)
            }
            #expect(try await adjust(5).status == 201)
            let made = try await order()
            #expect(made.status == 201 && made.header("Idempotent-Replayed") == nil, "\(made.text)")
            let again = try await order()
            #expect(again.status == 201 && again.header("Idempotent-Replayed") == "true" && again.body == made.body)
            #expect(try await admin.send("GET", "/api/admin/orders/")["count"]?.number == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a guest's token comes back under the key and stands nowhere in the database`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let product = try await stand.product("Lamp", stock: 2, by: try await stand.admin())
            let cart = try await stand.anonymous.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
            let key = try #require(cart["session_key"]?.text)
            let order = {
                try await stand.anonymous.send(
                    "POST", "/api/orders/", headers: ["X-Session-Key": key, "Idempotency-Key": "order-1"],
                    json: [
                        "email": "gast@example.com", "payment_method": "cod", "shipping_address": ShopHarness.address,
                    ])
            }
            let made = try await order()
            let token = try #require(made["access_token"]?.text, "\(made.text)")
            let again = try await order()
            #expect(again.header("Idempotent-Replayed") == "true" && again["access_token"]?.text == token)
            let kept = try await stand.shop.installation.database.read {
                try $0.all("SELECT headers, body FROM idempotency_keys") {
                    try $0(String.self) + String(decoding: try $0([UInt8].self), as: UTF8.self)
                }
            }
            #expect(kept.count == 1 && kept.allSatisfy { !$0.contains(token) && !$0.contains("gast@example.com") })
            let opened = try await stand.anonymous.send(
                "GET", "/api/orders/\(CommerceFixture.text(again["id"]))/", headers: ["X-Order-Token": token])
            #expect(opened.status == 200)
        }
    }
}

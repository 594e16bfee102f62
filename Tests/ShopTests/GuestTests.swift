import Primitives
import TestSupport
import Testing

/// What a guest is taken for, over the wire.
@Suite struct GuestTests {
    @Test(arguments: Backend.available)
    func `the cart that a guest is shown is the cart that is merged, whatever else they send`(
        backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let product = try await stand.product("Lamp", stock: 5, by: try await stand.admin())
            let filled = try await stand.anonymous.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
            let key = try #require(filled["session_key"]?.text)
            let headers = ["Cookie": "cart_session=\(key)", "X-Session-Key": "bad"]
            #expect(try await stand.anonymous.send("GET", "/api/cart/", headers: headers)["item_count"]?.number == 1)
            let registered = try await stand.anonymous.send(
                "POST", "/api/auth/register/", headers: headers,
                json: [
                    "email": "guest@example.com", "password": .string(ShopHarness.password), "first_name": "A",
                    "last_name": "B",
                ])
            let user = stand.anonymous.bearing(try #require(registered["access"]?.text, "\(registered.text)"))
            #expect(try await user.send("GET", "/api/cart/")["item_count"]?.number == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an address is read by the same rules in the address book and with an order`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let product = try await stand.product("Lamp", stock: 5, by: try await stand.admin())
            let user = try await stand.customer()
            let filled = try await stand.anonymous.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
            let key = try #require(filled["session_key"]?.text)
            let wrong: [(String, JSONValue)] = [
                ("phone_number", "not a phone"), ("phone_number", .string(String(repeating: "1", count: 31))),
                ("full_name", ""), ("full_name", .string(String(repeating: "x", count: 151))), ("country", "XX"),
                ("country", 1), ("city", .null), ("city", .string(String(repeating: "x", count: 101))),
                ("postal_code", .string(String(repeating: "x", count: 21))), ("state", "Nowhere"),
                ("address_line1", .string(String(repeating: "x", count: 256))),
            ]
            for (name, value) in wrong {
                let address = JSONValue.object(ShopHarness.address.members.merging([name: value]) { $1 })
                let kept = try await user.send("POST", "/api/auth/addresses/", json: address)
                let order = try await stand.anonymous.send(
                    "POST", "/api/orders/", headers: ["X-Session-Key": key],
                    json: ["shipping_address": address, "email": "guest@example.com", "payment_method": "cod"])
                #expect(kept.status == 400 && order.status == 400, "\(name): \(kept.text) \(order.text)")
                #expect(kept[name] != nil && kept[name] == order["shipping_address"]?[name], "\(name): \(order.text)")
            }
        }
    }
}

import Primitives
import TestSupport
import Testing

/// A signed-in customer who orders two products at a time.
struct Shopper: Sendable {
    let email: String
    let number: Int
    let probe: HTTPProbe
    let address: JSONValue

    /// Signs in one of the users that `kontor seed` makes.
    static func signIn(_ email: String, _ number: Int, _ anonymous: HTTPProbe) async throws -> Shopper {
        let login = try await anonymous.send(
            "POST", "/api/auth/login/", json: ["email": .string(email), "password": "testpass123"])
        let probe = anonymous.bearing(try #require(login["access"]?.text, "\(login.text)"))
        let address = try await probe.send("POST", "/api/auth/addresses/", json: ShopHarness.address)
        return Shopper(email: email, number: number, probe: probe, address: try #require(address["id"]))
    }

    /// Returns the same customer at a shop that was started again.
    func at(_ shop: ShopProcess) -> Shopper {
        Shopper(email: email, number: number, probe: probe.at(shop), address: address)
    }

    /// Returns the number of an order of two products.
    ///
    /// - Throws: where the connection breaks or the shop does not take it.
    func order() async throws -> String { try #require(try await place(paying: "cod")["order_number"]?.text) }

    /// Orders two products and returns the order.
    ///
    /// - Throws: where the connection breaks or the shop does not take it.
    func place(paying method: String) async throws -> ProbeResponse {
        for product in [number * 2 - 1, number * 2] {
            let added = try await probe.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 1])
            try #require(added.status == 201, "\(added.text)")
        }
        let order = try await probe.send(
            "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": .string(method)])
        try #require(order.status == 201, "\(order.text)")
        return order
    }

    /// Begins to pay an order through the sandbox.
    ///
    /// - Throws: where the connection breaks.
    func initiate(_ order: Int, returningTo address: String? = nil) async throws -> ProbeResponse {
        try await probe.send(
            "POST", "/api/payments/initiate/",
            json: [
                "order_id": .number(String(order)), "gateway": "sandbox",
                "return_url": address.map { .string($0) } ?? .null,
            ])
    }

    /// Chooses an outcome on the sandbox's page of a payment, as a form does.
    ///
    /// - Throws: where the connection breaks, or the payment has no page any more.
    func choose(_ form: String, on page: String) async throws -> ProbeResponse {
        try await probe.send(
            "POST", page, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
    }
}

extension HTTPProbe {
    /// Returns a probe with the same headers for a shop that was started again.
    func at(_ shop: ShopProcess) -> HTTPProbe { HTTPProbe(port: shop.probe.port, headers: headers) }
}

extension ProbeResponse {
    /// The path of the page on which the payment of this answer is decided; nil where it has none any more.
    var paymentPage: String? {
        guard let address = json["next_action"]?["url"]?.text else { return nil }
        return address.firstMatch(of: #/^http://[^/]+(/.*)$/#).map { String($0.1) }
    }
}

extension ShopProcess {
    static let adminEmail = "admin@example.com"

    /// Makes the shop and its administrator, for ``admin()``.
    static func makeAdmin(over database: String, data: String) async throws {
        try await run(["migrate"], over: database, data: data)
        try await run(
            ["createsuperuser", "--email", adminEmail, "--password", ShopHarness.password], over: database, data: data)
    }

    /// Signs the administrator in.
    func admin() async throws -> HTTPProbe {
        let answer = try await probe.send(
            "POST", "/api/auth/login/",
            json: ["email": .string(Self.adminEmail), "password": .string(ShopHarness.password)])
        return probe.bearing(try #require(answer["access"]?.text, "\(answer.text)"))
    }
}

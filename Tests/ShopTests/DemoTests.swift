import Primitives
import TestSupport
import Testing

/// What a newcomer meets in a shop that `serve --demo` has filled.
@Suite(.serialized) struct DemoTests {
    @Test(.timeLimit(.minutes(10)), arguments: Backend.available)
    func `the plan's own calls work word for word on a fresh demo shop`(backend: Backend) async throws {
        try await withStoredShop(backend) { database, data in
            // Two hundred pictures are drawn, a minute's work for a program that was built for tests: behind all other
            // tests'.
            let shop = try await ShopProcess(over: database, data: data, ["--demo"], givingWay: true)
            let registered = try await shop.post(
                "/api/auth/register/",
                #"{"email":"test@example.com","password":"testpass123","first_name":"Test","last_name":"User"}"#)
            #expect(registered.status == 201, "\(registered.text)")
            let newcomer = try await shop.login(#"{"email":"test@example.com","password":"testpass123"}"#)
            try await expectCatalogue(shop.probe)
            try await expectCart(newcomer)
            let ada = try await shop.login(#"{"email":"ada@example.com","password":"kontor-demo"}"#)
            try await expectCart(ada)
            let order = try await ada.post(
                "/api/orders/", #"{"shipping_address_id":1,"payment_method":"card"}"#)
            #expect(order.status == 201, "\(order.text)")
            #expect(order["items"]?[0]?["product_id"]?.number == 1, "\(order.text)")
            #expect(try await shop.terminate() == 0)
        }
    }

    private func expectCatalogue(_ probe: HTTPProbe) async throws {
        let list = try await probe.send("GET", "/api/products/")
        #expect(list.status == 200)
        let phones = try await probe.send("GET", "/api/products/?search=phone&page_size=100")["results"]?.elements ?? []
        #expect(phones.contains { $0["price"] != $0["price_max"] }, "no variant has a price of its own")
        let slug = try #require(list["results"]?[0]?["slug"]?.text)
        #expect(try await probe.send("GET", "/api/products/\(slug)/").status == 200)
    }

    private func expectCart(_ shopper: HTTPProbe) async throws {
        let added = try await shopper.post("/api/cart/add/", #"{"product_id":1,"quantity":2}"#)
        #expect(added.status == 201, "\(added.text)")
        let cart = try await shopper.send("GET", "/api/cart/")
        #expect(cart["item_count"]?.number == 2)
        #expect(cart["items"]?[0]?["product"]?["id"]?.number == 1)
        #expect(cart["warnings"]?[0] == nil)
    }
}

extension HTTPProbe {
    /// Sends `body` as it stands.
    fileprivate func post(_ path: String, _ body: String) async throws -> ProbeResponse {
        try await send("POST", path, headers: ["Content-Type": "application/json"], body: Array(body.utf8))
    }
}

extension ShopProcess {
    fileprivate func post(_ path: String, _ body: String) async throws -> ProbeResponse {
        try await probe.post(path, body)
    }

    fileprivate func login(_ body: String) async throws -> HTTPProbe {
        let login = try await post("/api/auth/login/", body)
        return probe.bearing(try #require(login["access"]?.text, "\(login.text)"))
    }
}

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
            try await expectDesk(try await shop.login(#"{"email":"admin@example.com","password":"kontor-demo"}"#))
            #expect(try await shop.terminate() == 0)
            for book in ["stock", "ledger", "reviews", "payouts"] {
                try await ShopProcess.run(["verify", book], over: database, data: data)
            }
            let checked = try await ShopProcess.run(["check"], over: database, data: data)
            #expect(checked.contains("warning: users have an administrator admin@example.com"), "\(checked)")
        }
    }

    @Test(arguments: Backend.available)
    func `demo leaves a shop of its own as it is, and says so`(backend: Backend) async throws {
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.run(["seed", "--products", "2", "--users", "1"], over: database, data: data)
            let shop = try await ShopProcess(over: database, data: data, ["--demo"])
            var said: [String] = []
            repeat { said.append(try await shop.line()) } while said.last?.contains("createsuperuser") == false
            let text = said.joined(separator: "\n")
            #expect(text.contains("--demo did nothing: this shop has 2 products and 0 orders of its own"), "\(text)")
            #expect(!text.contains("kontor-demo"))
            for name in ["/admin/", "/api/docs/", "Database:", "Data folder:      \(data)", "/admin/welcome/?code="] {
                #expect(text.contains(name), "\(name) is missing in \(text)")
            }
            let gateways = try await shop.probe.send("GET", "/api/payment-gateways/")
            #expect(!gateways.text.contains("sandbox"), "\(gateways.text)")
            #expect(try await shop.terminate() == 0)
        }
    }

    /// Looks at what the owner of the demo shop has set up, and at what waits there.
    private func expectDesk(_ admin: HTTPProbe) async throws {
        func rows(_ path: String) async throws -> [JSONValue] {
            let answer = try await admin.send("GET", path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            return answer["results"]?.elements ?? []
        }
        let countries = try await rows("/api/admin/tax-rates/?page_size=100").compactMap { $0["country"]?.text }
        #expect(Set(countries) == ["US", "DE", "GB"])
        for (path, least) in [
            ("/api/admin/shipping-methods/", 4), ("/api/admin/coupons/", 3), ("/api/inventory/warehouses/", 2),
            ("/api/admin/vendors/", 2), ("/api/admin/reviews/?status=pending", 1), ("/api/admin/returns/", 3),
            ("/api/inventory/alerts/", 1),
        ] {
            #expect(try await rows(path).count >= least, "\(path)")
        }
        let returns = try await rows("/api/admin/returns/").compactMap { $0["status"]?.text }
        #expect(Set(returns).isSuperset(of: ["requested", "approved", "rejected"]))
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

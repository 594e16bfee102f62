import Commerce
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// One rule for addresses, wherever one is given; and what is held against tax classes.
@Suite(.timeLimit(.minutes(12)))
struct AddressStateTests {
    private static func address(_ changes: [String: JSONValue]) -> JSONValue {
        guard case .object(let members) = ShopHarness.address else { return .null }
        return .object(members.merging(changes) { $1 })
    }

    @Test(arguments: Backend.available)
    func `a state is kept by its code or refused, and an old one is let be`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let ada = try await stand.customer()
            for path in ["/api/auth/addresses/", "/api/shipping-addresses/"] {
                for (country, state, code) in [
                    ("US", "Illinois", "IL"), ("US", "Calif.", "CA"), ("ca", "Québec", "QC"), ("US", "", ""),
                    ("HK", "Kowloon", "Kowloon"),
                ] {
                    let made = try await ada.send(
                        "POST", path,
                        json: Self.address(["country": .string(country), "state": .string(state)]))
                    #expect(made.status == 201 && made["state"]?.text == code, "\(state): \(made.text)")
                }
                let refused = try await ada.send("POST", path, json: Self.address(["state": "Ilinois"]))
                #expect(refused.status == 400 && refused["state"] != nil, "\(refused.text)")
                let made = try await ada.send("POST", path, json: Self.address([:]))
                let one = path + "\(try #require(made["id"]?.number))/"
                let moved = try await ada.send("PATCH", one, json: ["country": "DE"])
                #expect(moved.status == 400 && moved["state"] != nil, "\(moved.text)")
                let both = try await ada.send("PATCH", one, json: ["country": "DE", "state": "Bayern"])
                #expect(both.status == 200 && both["state"]?.text == "BY", "\(both.text)")
                let alone = try await ada.send("PATCH", one, json: ["state": "Hessen"])
                #expect(alone.status == 200 && alone["state"]?.text == "HE", "\(alone.text)")
                let wrong = try await ada.send("PATCH", one, json: ["state": "Texas"])
                #expect(wrong.status == 400 && wrong["state"] != nil, "\(wrong.text)")
                try await stand.shop.installation.database.write { tx in
                    _ = try tx.execute("UPDATE addresses SET state = 'Bayerrn' WHERE city = 'Springfield'")
                }
                let old = try await ada.send("PATCH", one, json: ["city": "Ulm"])
                #expect(old.status == 200 && old["state"]?.text == "Bayerrn", "\(old.text)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a guest's address is held to the rules of an address book`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", stock: 5, by: admin)
            let guest = stand.anonymous
            let cart = try await guest.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 1])
            let key = try #require(cart["session_key"]?.text)
            func order(_ changes: [String: JSONValue], billing: [String: JSONValue] = [:]) async throws -> ProbeResponse
            {
                try await guest.send(
                    "POST", "/api/orders/", headers: ["X-Session-Key": key],
                    json: [
                        "email": "guest@example.com", "payment_method": "cod",
                        "shipping_address": Self.address(changes), "billing_address": Self.address(billing),
                    ])
            }
            for (field, value) in [
                ("phone_number", "not a phone"), ("state", "Ilinois"), ("country", "ZZ"), ("full_name", ""),
            ] {
                let refused = try await order([field: .string(value)])
                let messages = refused["shipping_address"]?[field]?.elements ?? []
                #expect(refused.status == 400 && !messages.isEmpty, "\(field): \(refused.text)")
            }
            let billed = try await order([:], billing: ["state": "Ilinois"])
            #expect(billed.status == 400 && billed["billing_address"]?["state"] != nil, "\(billed.text)")
            let placed = try await order(["state": "Illinois", "phone_number": "(555) 010-0123"])
            #expect(placed.status == 201 && placed["shipping_address"]?["state"]?.text == "IL", "\(placed.text)")
            #expect(placed["shipping_address"]?["phone_number"]?.text == "5550100123")
        }
    }

    @Test(arguments: Backend.available)
    func `a product's tax class is one that a rate knows, in any case`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", stock: 5, by: admin)
            let path = "/api/products/\(product)/"
            for (taxClass, status) in [("Reduced", 200), ("ZERO", 200), ("books", 400), ("standrad", 400)] {
                let answer = try await admin.send("PATCH", path, json: ["tax_class": .string(taxClass)])
                #expect(answer.status == status, "\(taxClass): \(answer.text)")
                let expected =
                    status == 200 ? answer["tax_class"]?.text == taxClass.lowercased() : answer["tax_class"] != nil
                #expect(expected, "\(answer.text)")
            }
            let rate: JSONValue = ["name": "Books", "country": "DE", "rate": "0.07", "tax_class": "Books"]
            #expect(try await admin.send("POST", "/api/admin/tax-rates/", json: rate).status == 201)
            let known = try await admin.send("PATCH", path, json: ["tax_class": "BOOKS"])
            #expect(known.status == 200 && known["tax_class"]?.text == "books", "\(known.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `check lists what would be sold untaxed`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let installation = stand.shop.installation
            func findings() async throws -> [String] {
                let keys: Set<String> = ["tax_rates", "tax_class", "shipping_methods"]
                return try await DeployCheck.findings(installation).filter { keys.contains($0.key) && $0.isError }
                    .map(\.advice)
            }
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", stock: 5, by: admin)
            #expect(try await findings() == [])
            try await installation.database.write { tx in
                for (country, state, taxClass, rate) in [
                    ("US", "Texsa", "standard", 62_500), ("US", "CA", "standard", 72_500), ("FR", "", "books", 55_000),
                    ("DE", "", "standard", 19_000_000),
                ] {
                    try tx.execute(
                        """
                        INSERT INTO tax_rates (name, country, state, tax_class, rate, created_at, updated_at)
                        VALUES ('T', \(country), \(state), \(taxClass), \(rate), 0, 0)
                        """)
                }
                try tx.execute("UPDATE products SET tax_class = 'boks' WHERE id = \(product)")
                try tx.execute(
                    """
                    INSERT INTO shipping_methods (code, name, countries, states, price, tax_class, created_at, updated_at)
                    VALUES ('post', 'Post', 'US', 'CA Texsa', 100, 'standard', 0, 0)
                    """)
            }
            let found = try await findings()
            for words in [
                "is of the state \"Texsa\"", "is 19, which is 1900 %", "FR has rates and none of the class standard",
                "1 products have the tax class \"boks\"", "shipping method post names the state \"Texsa\"",
            ] {
                #expect(found.contains { $0.contains(words) }, "\(words): \(found)")
            }
            #expect(found.count == 5, "\(found)")
        }
    }
}

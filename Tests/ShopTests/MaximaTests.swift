import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// What the document of the API allows at most, all at once.
@Suite(.timeLimit(.minutes(12)))
struct MaximaTests {
    @Test(arguments: Backend.available)
    func `all the maxima of the document together are out of range and nothing worse`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let maxima = Maxima(try await stand.anonymous.send("GET", "/api/schema/").json)
            let products = try await Self.products(maxima, stand, admin)
            let rate = try await admin.send(
                "POST", "/api/admin/tax-rates/",
                json: ["name": "T", "country": "DE", "rate": try maxima.text("POST /api/admin/tax-rates/", "rate")])
            #expect(rate.status == 201, "\(rate.text)")
            let buyer = try await Self.filledCart(products, maxima, stand)
            let address: JSONValue = ["country": "DE"]
            func expectRefusal(_ place: String) async throws {
                let quote = try await buyer.send("POST", "/api/cart/quote/", json: ["shipping_address": address])
                #expect(quote.status == 400 && quote.text.contains("out of range"), "\(place): \(quote.text)")
            }
            try await expectRefusal("goods and tax")
            try await Self.method(maxima, admin)
            try await expectRefusal("goods, tax and shipping")
            for product in products {
                let cheap = try await admin.send("PATCH", "/api/products/\(product)/", json: ["price": "0.01"])
                #expect(cheap.status == 200)
            }
            try await expectRefusal("shipping by weight")
            let cart = try await buyer.send("GET", "/api/cart/")
            #expect(cart.status == 200 && cart["item_count"]?.number == 30_000, "\(cart.text)")
            #expect(try await admin.send("GET", "/api/admin/reports/sales/").status == 200)
        }
    }

    /// Adds three products as dear, heavy and many as they may be.
    private static func products(_ maxima: Maxima, _ stand: ShopHarness, _ admin: HTTPProbe) async throws -> [Int] {
        let category = try await admin.send("POST", "/api/categories/", json: ["name": "C"])
        let at = "POST /api/products/"
        var products: [Int] = []
        for number in 1...3 {
            let made = try await admin.send(
                "POST", "/api/products/",
                json: [
                    "name": "P", "sku": .string("P\(number)"), "category": try #require(category["id"]),
                    "price": try maxima.text(at, "price"), "weight": try maxima.text(at, "weight"),
                    "compare_at_price": try maxima.text(at, "compare_at_price"),
                    "stock_quantity": try maxima.number(at, "stock_quantity"),
                ])
            products.append(try #require(made["id"]?.number, "\(made.text)"))
        }
        return products
    }

    private static func filledCart(_ products: [Int], _ maxima: Maxima, _ stand: ShopHarness) async throws -> HTTPProbe
    {
        let buyer = try await stand.customer()
        let quantity = try maxima.number("POST /api/cart/add/", "quantity")
        for product in products {
            let added = try await buyer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": quantity])
            #expect(added.status == 201, "\(added.text)")
        }
        return buyer
    }

    private static func method(_ maxima: Maxima, _ admin: HTTPProbe) async throws {
        let at = "POST /api/admin/shipping-methods/"
        let made = try await admin.send(
            "POST", "/api/admin/shipping-methods/",
            json: [
                "code": "post", "name": "Post", "price": try maxima.text(at, "price"),
                "price_per_kg": try maxima.text(at, "price_per_kg"),
            ])
        #expect(made.status == 201, "\(made.text)")
    }
}

/// The largest value of each field of a body, as the document says it.
private struct Maxima {
    let document: JSONValue

    init(_ document: JSONValue) {
        self.document = document
    }

    /// Returns the maximum of an amount as a client sends it.
    func text(_ operation: String, _ field: String) throws -> JSONValue {
        guard case .number(let text) = try number(operation, field) else { return .null }
        return .string(text)
    }

    func number(_ operation: String, _ field: String) throws -> JSONValue {
        let parts = operation.split(separator: " ")
        let method = document["paths"]?[String(parts[1])]?[parts[0].lowercased()]
        let body = method?["requestBody"]?["content"]?["application/json"]?["schema"]
        let schema = body.flatMap(resolved)?["properties"]?[field]
        let own = schema?["anyOf"]?.elements.first { $0["type"]?.text != "null" } ?? schema
        return try #require(own?["maximum"], "the document states no maximum of \(field) at \(operation)")
    }

    private func resolved(_ schema: JSONValue) -> JSONValue? {
        guard let name = schema["$ref"]?.text?.split(separator: "/").last else { return schema }
        return document["components"]?["schemas"]?[String(name)]
    }
}

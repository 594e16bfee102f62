import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Carts

@Suite struct CartsTests {
    @Test(arguments: Backend.available)
    func `reading a cart writes nothing and an empty one has the whole shape`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let empty = try await shop.call(.get, "/api/cart/")
            #expect(empty.status == 200)
            #expect(
                empty.json
                    == .object([
                        "id": .null, "session_key": .null, "items": .array([]), "item_count": .number("0"),
                        "subtotal": .string("0.00"), "discount_amount": .string("0.00"), "coupon": .null,
                        "total": .string("0.00"), "currency": .string("USD"), "warnings": .array([]),
                    ]))
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the first add mints a key that opens the cart again by header and by cookie`(_ backend: Backend) async throws
    {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, price: 1_999)
            let added = try await shop.fill(1, 2, as: nil)
            #expect(added.status == 201)
            let key = try #require(added.text("session_key"))
            let cookie = try #require(added.headers[.setCookie])
            #expect(cookie.hasPrefix("cart_session=\(key);") && cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            #expect(added.statements <= 8)
            for headers in [["X-Session-Key": key], ["Cookie": "a=b; cart_session=\(key)"]] {
                let cart = try await shop.call(.get, "/api/cart/", headers: headers)
                #expect(cart.text("subtotal") == "39.98")
                #expect(cart["item_count"] == .number("2"))
                #expect(cart.statements <= 5)
            }
            let again = try await shop.fill(1, 1, as: nil, key: key)
            #expect(again.headers[.setCookie] == nil && again.id == added.id)
            #expect(again.items.first?["quantity"] == .number("3"))
        }
    }

    @Test(arguments: Backend.available)
    func `a key that the shop does not know is replaced`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1)
            let chosen = "chosen-by-somebody-else"
            let added = try await shop.fill(1, as: nil, key: chosen)
            #expect(added.status == 201)
            #expect(added.text("session_key") != chosen)
        }
    }

    @Test(arguments: Backend.available)
    func `more than the stock is refused on quantity with the number there is`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 3)
            let refused = try await shop.fill(1, 4, as: ada)
            #expect(refused.status == 400)
            #expect(refused["quantity"]?.array?.first?.text == "There are only 3 in stock.")
            _ = try await shop.fill(1, 2, as: ada)
            let more = try await shop.fill(1, 2, as: ada)
            #expect(more["quantity"]?.array?.first?.text == "There are only 3 in stock and 2 in the cart already.")
            #expect(try await shop.value("SELECT SUM(quantity) FROM cart_items") == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a product with variants is bought by its variant`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 500, hasVariants: true)
            try await shop.variant(7, of: 1, price: 750)
            #expect(try await shop.fill(1, as: ada)["variant_id"] != nil)
            let other = try await shop.call(
                .post, "/api/cart/add/", #"{"product_id": 1, "variant_id": 8}"#, as: ada)
            #expect(other.status == 400 && other["variant_id"] != nil)
            let unknown = try await shop.fill(99, as: ada)
            #expect(unknown.status == 400 && unknown["product_id"] != nil)
            let cart = try await shop.call(.post, "/api/cart/add/", #"{"product_id": 1, "variant_id": 7}"#, as: ada)
            #expect(cart.status == 201)
            let line = try #require(cart.items.first)
            #expect(line["unit_price"] == .string("7.50"))
            #expect(line["variant"]?["options"]?.array?.first?["value"] == .string("L"))
            #expect(line["product"]?["sku"] == .string("VAR-7"))
        }
    }

    @Test(arguments: Backend.available)
    func `today's price is charged and the snapshot tells that it changed`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_000)
            _ = try await shop.fill(1, 2, as: ada)
            try await shop.execute("UPDATE products SET price = 1250 WHERE id = 1")
            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            let line = try #require(cart.items.first)
            #expect(line["price_changed"] == .bool(true))
            #expect(line["price_snapshot"] == .string("10.00"))
            #expect(line["unit_price"] == .string("12.50"))
            #expect(cart.text("total") == "25.00")
        }
    }

    @Test(arguments: Backend.available)
    func `lines are changed, removed and cleared, and another's line is not found`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            for id in 1...3 { try await shop.product(Int64(id), stock: 5) }
            for id in 1...3 { _ = try await shop.fill(Int64(id), as: ada) }
            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            let first = try #require(cart.items[0]["id"]?.integer)
            let path = "/api/cart/items/\(first)/"
            #expect(try await shop.call(.put, path, #"{"quantity": 2}"#, as: bob).status == 404)
            #expect(try await shop.call(.delete, path, as: nil).status == 404)
            #expect(try await shop.call(.put, path, #"{"quantity": 6}"#, as: ada).status == 400)
            #expect(try await shop.call(.put, path, #"{"quantity": 0}"#, as: ada).status == 400)
            let changed = try await shop.call(.put, path, #"{"quantity": 5}"#, as: ada)
            #expect(changed["item_count"] == .number("7"))
            let removed = try await shop.call(.delete, path, as: ada)
            #expect(removed.status == 200 && removed.items.count == 2)
            let cleared = try await shop.call(.delete, "/api/cart/clear/", as: ada)
            #expect(cleared.status == 200 && cleared.items.isEmpty && cleared.id == cart.id)
        }
    }

    @Test(arguments: Backend.available)
    func `what is gone or short is warned of and costs nothing while it cannot be bought`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id), stock: 5) }
            for id in 1...2 { _ = try await shop.fill(Int64(id), 4, as: ada) }
            try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = 1")
            try await shop.execute("UPDATE stock_totals SET on_hand = 3 WHERE product_id = 2")
            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            #expect(
                cart["warnings"]
                    == .array([
                        .string("Product 1 is no longer available."), .string("Only 3 of Product 2 are in stock."),
                    ]))
            #expect(cart.text("subtotal") == "40.00")
            #expect(cart.items[0]["subtotal"] == .string("0.00"))
            #expect(cart.items[0]["product"]?["in_stock"] == .bool(false))
        }
    }

    @Test(arguments: Backend.available)
    func `two first adds at once make one cart`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...16 { try await shop.product(Int64(id)) }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for id in 1...16 { group.addTask { try await shop.fill(Int64(id), as: ada).status } }
                for try await status in group { #expect(status == 201) }
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 1)
            #expect(try await shop.value("SELECT COUNT(*) FROM cart_items") == 16)
        }
    }

    @Test(arguments: Backend.available)
    func `adds of one product at once are all counted and never beyond the stock`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 10)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<24 { group.addTask { try await shop.fill(1, as: ada).status } }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [201: 10, 400: 14])
            #expect(try await shop.value("SELECT quantity FROM cart_items") == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `the statements of a cart do not grow with its lines`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...20 {
                try await shop.product(Int64(id))
                #expect(try await shop.fill(Int64(id), as: ada).statements <= 4)
            }
            #expect(try await shop.call(.get, "/api/cart/", as: ada).statements == 2)
        }
    }
}

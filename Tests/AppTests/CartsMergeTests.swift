import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Carts

/// What a guest gathered, and what becomes of it at the login.
@Suite struct CartsMergeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let own: Int
        let guest: Int
        let stock: Int
        let merged: Int

        var testDescription: String { "\(own) + \(guest) of \(stock)" }

        var isCut: Bool { own + guest > merged }
    }

    static let cases = [
        Case(own: 0, guest: 2, stock: 5, merged: 2), Case(own: 3, guest: 0, stock: 5, merged: 3),
        Case(own: 3, guest: 2, stock: 5, merged: 5), Case(own: 3, guest: 4, stock: 5, merged: 5),
        Case(own: 0, guest: 5, stock: 2, merged: 2), Case(own: 0, guest: 5, stock: 0, merged: 0),
        Case(own: 2, guest: 2, stock: 0, merged: 2),
    ]

    @Test(arguments: Backend.available, cases)
    func `quantities are added and cut to the stock`(_ backend: Backend, _ example: Case) async throws {
        try await CheckoutStand.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 10)
            try await shop.product(2)
            if example.own > 0 { _ = try await shop.fill(1, example.own, as: ada) }
            var key = try await shop.fill(2, as: nil).text("session_key")
            if example.guest > 0 { key = try await shop.fill(1, example.guest, as: nil, key: key).text("session_key") }
            let change = example.stock - 10
            try await shop.execute("UPDATE stock_totals SET on_hand = on_hand + \(change) WHERE product_id = 1")
            try await merge(try #require(key), into: ada.userID, shop)

            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            let line = cart.items.first { $0["product"]?["id"] == .number("1") }
            #expect(line?["quantity"]?.number ?? 0 == Int64(example.merged))
            #expect(cart.items.contains { $0["product"]?["id"] == .number("2") })
            #expect((cart["warnings"]?.array?.isEmpty == false) == example.isCut)
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 1)
            #expect(try await shop.call(.get, "/api/cart/", headers: ["X-Session-Key": key ?? ""]).id == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the warning of a merge stays until the cart changes`(_ backend: Backend) async throws {
        try await CheckoutStand.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 3)
            _ = try await shop.fill(1, 2, as: ada)
            let key = try #require(try await shop.fill(1, 3, as: nil).text("session_key"))
            try await merge(key, into: ada.userID, shop)
            let warning = JSONValue.array([.string("Only 3 of Product 1 are in stock; your cart held 5.")])
            for _ in 1...2 { #expect(try await shop.call(.get, "/api/cart/", as: ada)["warnings"] == warning) }
            try await shop.product(2)
            #expect(try await shop.fill(2, as: ada)["warnings"] == .array([]))
        }
    }

    @Test(arguments: Backend.available)
    func `a product that is no longer sold is left out with a warning`(_ backend: Backend) async throws {
        try await CheckoutStand.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            let key = try #require(try await shop.fill(1, as: nil).text("session_key"))
            try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = 1")
            try await merge(key, into: ada.userID, shop)
            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            #expect(cart.items.isEmpty)
            #expect(cart["warnings"]?.array?.count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a key without a cart changes nothing`(_ backend: Backend) async throws {
        try await CheckoutStand.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            _ = try await shop.fill(1, 2, as: ada)
            try await merge("no-cart-has-this-key", into: ada.userID, shop)
            #expect(try await shop.call(.get, "/api/cart/", as: ada)["item_count"] == .number("2"))
        }
    }

    @Test(arguments: Backend.available)
    func `a merge beside an add of the same user loses nothing`(_ backend: Backend) async throws {
        try await CheckoutStand.with(backend) { shop in
            for round in 1...8 {
                let ada = try await shop.user(Int64(round))
                let product = Int64(round)
                try await shop.product(product, stock: 10)
                let key = try #require(try await shop.fill(product, 2, as: nil).text("session_key"))
                async let merged: Void = merge(key, into: ada.userID, shop)
                async let added = shop.fill(product, 3, as: ada)
                #expect(try await added.status == 201)
                try await merged
                #expect(try await shop.call(.get, "/api/cart/", as: ada)["item_count"] == .number("5"))
            }
        }
    }

    private func merge(_ text: String, into user: UserID, _ shop: CheckoutStand) async throws {
        let key = try #require(SessionKey(text))
        let carts = shop.carts
        try await shop.database.write { try carts.merge(key, into: user, in: $0) }
    }
}

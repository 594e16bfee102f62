import AppHarness
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
        try await CheckoutHarness.with(backend) { shop in
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
            #expect(line?["quantity"]?.integer ?? 0 == Int64(example.merged))
            #expect(cart.items.contains { $0["product"]?["id"] == .number("2") })
            #expect((cart["warnings"]?.array?.isEmpty == false) == example.isCut)
            #expect(try await shop.value("SELECT COUNT(*) FROM carts") == 1)
            #expect(try await shop.call(.get, "/api/cart/", headers: ["X-Session-Key": key ?? ""]).id == 0)
        }
    }

    /// What a merge meets, in every combination.
    struct Meeting: Sendable, CustomTestStringConvertible {
        /// Two in stock, where the guest wants three.
        let isShort: Bool
        /// The user's cart holds three of the same.
        let isDouble: Bool
        /// The guest's cart holds something that is no longer sold.
        let hasVanished: Bool
        /// The user's cart has a coupon of its own; the guest's has one in any case.
        let hasCoupon: Bool

        static let all = (0..<16).map { bits in
            Meeting(
                isShort: bits & 1 > 0, isDouble: bits & 2 > 0, hasVanished: bits & 4 > 0, hasCoupon: bits & 8 > 0)
        }

        var testDescription: String {
            [
                isShort ? "short" : "enough", isDouble ? "a double line" : "a new line",
                hasVanished ? "a vanished product" : "all sold", hasCoupon ? "two coupons" : "the guest's coupon",
            ].joined(separator: ", ")
        }

        var quantity: Int64 { isShort ? 2 : isDouble ? 6 : 3 }
        var warnings: Int { (isShort ? 1 : 0) + (hasVanished ? 1 : 0) }
        var coupon: String { hasCoupon ? "OWN" : "GUEST" }
    }

    @Test(arguments: Backend.available, Meeting.all)
    func `stock, double lines, vanished products and coupons meet in a merge`(
        _ backend: Backend, _ meeting: Meeting
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for product in 1...3 { try await shop.product(Int64(product)) }
            for code in ["OWN", "GUEST"] {
                _ = try await shop.coupon(#""code": "\#(code)", "discount_type": "fixed_amount", "discount_value": 1"#)
            }
            _ = try await shop.fill(2, 1, as: ada)
            if meeting.isDouble { _ = try await shop.fill(1, 3, as: ada) }
            if meeting.hasCoupon {
                _ = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "OWN"}"#, as: ada)
            }
            let key = try #require(try await shop.fill(1, 3, as: nil).text("session_key"))
            if meeting.hasVanished { _ = try await shop.fill(3, 1, as: nil, key: key) }
            let applied = try await shop.call(
                .post, "/api/coupons/apply/", #"{"code": "GUEST"}"#, headers: ["X-Session-Key": key])
            #expect(applied.status == 200)
            if meeting.isShort { try await shop.execute("UPDATE stock_totals SET on_hand = 2 WHERE product_id = 1") }
            if meeting.hasVanished { try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = 3") }
            try await merge(key, into: ada.userID, shop)

            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            let lines = Dictionary(
                cart.items.map { ($0["product"]?["id"]?.integer ?? 0, $0["quantity"]?.integer ?? 0) }
            ) { $0 + $1 }
            #expect(lines == [1: meeting.quantity, 2: 1])
            #expect(cart["warnings"]?.array?.count == meeting.warnings, "\(cart["warnings"] ?? .null)")
            #expect(cart.text("coupon") == meeting.coupon)
            #expect(cart.text("total") == "\((meeting.quantity + 1) * 10 - 1).00")
            #expect(try await shop.call(.get, "/api/cart/", headers: ["X-Session-Key": key]).items.isEmpty)
        }
    }

    /// The coupons of the user's cart, if there is one, and of the guest's, and the one that stays.
    static let coupons: [(own: String?, guest: String?, kept: String?)] = [
        (nil, nil, nil), ("OWN", nil, "OWN"), (nil, "GUEST", "GUEST"), ("OWN", "GUEST", "OWN"),
    ]

    @Test(arguments: Backend.available, [true, false])
    func `the user's own coupon stays, else the guest's comes along`(_ backend: Backend, _ hasCart: Bool) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            for code in ["OWN", "GUEST"] {
                _ = try await shop.coupon(#""code": "\#(code)", "discount_type": "fixed_amount", "discount_value": 1"#)
            }
            for (index, example) in Self.coupons.enumerated() where hasCart || example.own == nil {
                let user = try await shop.user(Int64(index + 1))
                let key = try #require(try await shop.fill(1, 1, as: nil).text("session_key"))
                if hasCart { _ = try await shop.fill(1, 1, as: user) }
                if let own = example.own {
                    _ = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "\#(own)"}"#, as: user)
                }
                if let guest = example.guest {
                    let body = #"{"code": "\#(guest)"}"#
                    let applied = try await shop.call(
                        .post, "/api/coupons/apply/", body, headers: ["X-Session-Key": key])
                    #expect(applied.text("coupon") == guest)
                }
                try await merge(key, into: user.userID, shop)
                let cart = try await shop.call(.get, "/api/cart/", as: user)
                #expect(cart.text("coupon") == example.kept, "\(example)")
                #expect(cart["item_count"] == .number(hasCart ? "2" : "1"))
                #expect(cart.text("discount_amount") == (example.kept == nil ? "0.00" : "1.00"))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a guest's cart goes when nobody has come back to it, a user's and an ordered one stay`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            try await shop.product(1, stock: 100)
            for buyer in [ada, bob, nil] { _ = try await shop.fill(1, 1, as: buyer) }
            #expect(try await shop.order(bob).status == 201)
            shop.clock.advance(by: .days(60))
            let fresh = try await shop.fill(1, 1, as: nil)
            for (days, left) in [(29, 4), (2, 3)] {
                shop.clock.advance(by: .days(Int64(days)))
                try await shop.database.write { tx in
                    _ = try CartQueries.deleteGuests(
                        untouchedSince: shop.clock.source.now - CartUpkeep.age, limit: 500, tx)
                }
                #expect(try await shop.value("SELECT COUNT(*) FROM carts") == left)
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM carts WHERE id = \(fresh.id)") == 1)
            #expect(try await shop.value("SELECT COUNT(*) FROM cart_items") == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `the warning of a merge stays until the cart changes`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
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
        try await CheckoutHarness.with(backend) { shop in
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
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            _ = try await shop.fill(1, 2, as: ada)
            try await merge("no-cart-has-this-key", into: ada.userID, shop)
            #expect(try await shop.call(.get, "/api/cart/", as: ada)["item_count"] == .number("2"))
        }
    }

    @Test(arguments: Backend.available)
    func `a merge beside an add of the same user loses nothing`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
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

    private func merge(_ text: String, into user: UserID, _ shop: CheckoutHarness) async throws {
        let key = try #require(SessionKey(text))
        let carts = shop.carts
        try await shop.database.write { try carts.merge(key, into: user, in: $0) }
    }
}

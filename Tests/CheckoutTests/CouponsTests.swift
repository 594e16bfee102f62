import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CouponsTests {
    @Test(arguments: Backend.available)
    func `a coupon shows on the cart, is kept by the order and given back once when it is cancelled`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let admin = try await shop.user(9, role: .admin)
            try await shop.product(1, price: 39_900, stock: 100)
            let coupon = try await shop.coupon(#""code": "ten", "discount_type": "percentage", "discount_value": "10""#)
            #expect(coupon.status == 201 && coupon.text("code") == "TEN" && coupon.text("discount_value") == "10")
            _ = try await shop.fill(1, 25, as: ada)
            let cart = try await shop.call(.post, "/api/coupons/apply/", #"{"code": " ten "}"#, as: ada)
            #expect(cart.status == 200 && cart.text("coupon") == "TEN")
            #expect(cart.text("discount_amount") == "997.50" && cart.text("total") == "8977.50")
            let read = try await shop.call(.get, "/api/cart/", as: ada)
            #expect(read.json == cart.json && read.statements <= 5)
            let order = try await shop.order(ada)
            #expect(order.status == 201 && order.text("coupon") == "TEN")
            #expect(order.text("discount_amount") == "997.50" && order.text("total") == "8977.50")
            let usage = try await shop.call(.get, "/api/admin/coupons/\(coupon.id)/usage/", as: admin)
            #expect(usage["times_used"] == .number("1") && usage.text("total_discount") == "997.50")
            #expect(usage["results"]?.array?.first?["order_id"] == .number(String(order.id)))
            for status in [200, 409] {
                let cancelled = try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada)
                #expect(cancelled.status == status)
                #expect(try await shop.value("SELECT used_count FROM coupons") == 0)
            }
            let after = try await shop.call(.get, "/api/admin/coupons/\(coupon.id)/usage/", as: admin)
            #expect(after["times_used"] == .number("0") && after["results"]?.array?.first?["released_at"] != .null)
        }
    }

    @Test(arguments: Backend.available)
    func `a second coupon takes the place of the first, and removing it leaves the cart whole`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 1_000)
            _ = try await shop.coupon(#""code": "FIVE", "discount_type": "fixed_amount", "discount_value": "5.00""#)
            _ = try await shop.coupon(#""code": "HALF", "discount_type": "percentage", "discount_value": 50"#)
            _ = try await shop.fill(1, 1, as: ada)
            _ = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "FIVE"}"#, as: ada)
            let second = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "half"}"#, as: ada)
            #expect(second.text("coupon") == "HALF" && second.text("discount_amount") == "5.00")
            let removed = try await shop.call(.delete, "/api/coupons/remove/", as: ada)
            #expect(removed.status == 200 && removed["coupon"] == .null && removed.text("total") == "10.00")
            #expect(removed.items.count == 1)
            let again = try await shop.call(.delete, "/api/coupons/remove/", as: ada)
            #expect(again.status == 200 && again.json == removed.json)
            let named = try await shop.order(ada, more: #", "coupon_code": "five""#)
            #expect(named.status == 201 && named.text("total") == "5.00" && named.text("coupon") == "FIVE")
        }
    }

    /// What a coupon says, what is in the cart, and why it does nothing.
    static let refusals: [(coupon: String, reason: String)] = [
        (#""is_active": false"#, "inactive"),
        (#""valid_from": "2027-01-15T08:00:01Z""#, "not_yet_valid"),
        (#""valid_until": "2027-01-15T08:00:00Z""#, "expired"),
        (#""minimum_order_amount": "20.01""#, "below_minimum"),
        (#""applicable_to": "specific_products", "products": [2]"#, "not_applicable"),
        (#""exclude_sale_items": true"#, "not_applicable"),
        (#""users": [2]"#, "unknown"),
    ]

    @Test(arguments: Backend.available)
    func `every reason why a coupon does nothing is told, and nothing changes`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            _ = try await shop.user(2)
            try await shop.product(1, price: 1_000)
            try await shop.product(2, price: 1_000)
            try await shop.execute("UPDATE products SET compare_at_price = 1500 WHERE id = 1")
            _ = try await shop.fill(1, 2, as: ada)
            for (index, refusal) in Self.refusals.enumerated() {
                let made = try await shop.coupon(
                    #""code": "C\#(index)", "discount_type": "fixed_amount", "discount_value": 1, \#(refusal.coupon)"#)
                #expect(made.status == 201, "\(refusal.coupon): \(made.json)")
                let body = #"{"code": "C\#(index)"}"#
                let check = try await shop.call(.post, "/api/coupons/validate/", body, as: ada)
                #expect(check.status == 200 && check["valid"] == .bool(false))
                #expect(check.text("reason") == refusal.reason, "\(refusal.coupon)")
                let applied = try await shop.call(.post, "/api/coupons/apply/", body, as: ada)
                #expect(applied.status == 400 && applied["code"]?.array?.first?.text == check.text("message"))
                let ordered = try await shop.order(ada, more: #", "coupon_code": "C\#(index)""#)
                #expect(ordered.status == 400 && ordered["coupon_code"] != nil)
            }
            let none = try await shop.call(.post, "/api/coupons/validate/", #"{"code": "NOPE"}"#, as: ada)
            #expect(none.text("reason") == "unknown")
            let empty = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "C0"}"#)
            #expect(empty.status == 400)
            #expect(try await shop.value("SELECT COUNT(*) FROM orders") == 0)
            #expect(try await shop.value("SELECT COUNT(*) FROM carts WHERE coupon_id IS NOT NULL") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a coupon of a category counts for what lies below it, and for nothing else`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for (id, parent) in [(1, nil), (2, 1), (3, nil)] as [(Int64, Int64?)] {
                let path = parent.map { "/\($0)/\(id)/" } ?? "/\(id)/"
                try await shop.execute(
                    """
                    INSERT INTO categories (id, parent_id, name, slug, description, path, is_active, is_visible,
                    created_at, updated_at) VALUES (\(id), \(parent), \("c\(id)"), \("c\(id)"), '', \(path), 1, 1, 0, 0)
                    """)
                try await shop.product(id, price: 1_000)
                try await shop.execute("UPDATE products SET category_id = \(id) WHERE id = \(id)")
                _ = try await shop.fill(id, 1, as: ada)
            }
            let coupon = try await shop.coupon(
                """
                "code": "TREE", "discount_type": "percentage", "discount_value": "12.5", "maximum_discount_amount": "2.00",
                "applicable_to": "specific_categories", "categories": [1]
                """)
            #expect(coupon.text("discount_value") == "12.5")
            let cart = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "TREE"}"#, as: ada)
            #expect(cart.text("discount_amount") == "2.00")
            #expect(try await shop.call(.get, "/api/cart/", as: ada).statements <= 5)
            let quote = try await shop.quote(as: ada)
            #expect(quote.items.map { $0["discount_amount"]?.text } == ["1.00", "1.00", "0.00"])
        }
    }

    @Test(arguments: Backend.available)
    func `limits hold by account and by address, whoever orders at the same moment`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 1_000)
            _ = try await shop.coupon(
                #""code": "LAST", "discount_type": "fixed_amount", "discount_value": 1, "usage_limit": 3"#)
            let buyers = try await (1...12).asyncMap { try await shop.user(Int64($0)) }
            for buyer in buyers { _ = try await shop.fill(1, 1, as: buyer) }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for buyer in buyers {
                    group.addTask { try await shop.order(buyer, more: #", "coupon_code": "LAST""#).status }
                }
                return try await group.reduce(into: [:]) { counts, status in counts[status, default: 0] += 1 }
            }
            #expect(statuses == [201: 3, 400: 9])
            #expect(try await shop.value("SELECT used_count FROM coupons") == 3)
            #expect(try await shop.value("SELECT COUNT(*) FROM coupon_usages") == 3)
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `a guest who comes back under the same address has used the coupon already`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1)
            _ = try await shop.coupon(
                #""code": "ONCE", "discount_type": "fixed_amount", "discount_value": 1, "usage_limit_per_user": 1"#)
            for (email, status) in [("a@example.com", 201), ("A@example.com", 400), ("b@example.com", 201)] {
                let key = try #require(try await shop.fill(1, 1, as: nil).text("session_key"))
                let order = try await shop.call(
                    .post, "/api/orders/",
                    """
                    {"email": "\(email)", "payment_method": "card", "coupon_code": "ONCE", "shipping_address":
                    {"full_name": "A", "address_line1": "B", "city": "C", "country": "DE"}}
                    """, headers: ["X-Session-Key": key])
                #expect(order.status == status, "\(email): \(order.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a cart keeps telling why its coupon does nothing any more, and the order refuses it`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            let coupon = try await shop.coupon(
                #""code": "GONE", "discount_type": "fixed_amount", "discount_value": 1"#)
            _ = try await shop.fill(1, 1, as: ada)
            _ = try await shop.call(.post, "/api/coupons/apply/", #"{"code": "GONE"}"#, as: ada)
            try await shop.execute("UPDATE coupons SET is_active = 0")
            let cart = try await shop.call(.get, "/api/cart/", as: ada)
            #expect(cart["warnings"] == .array([.string("This coupon is not active.")]))
            #expect(cart.text("total") == "10.00" && cart.text("coupon") == "GONE")
            #expect(try await shop.order(ada).status == 400)
            let admin = try await shop.user(9, role: .admin)
            #expect(try await shop.call(.delete, "/api/admin/coupons/\(coupon.id)/", as: admin).status == 204)
            let plain = try await shop.call(.get, "/api/cart/", as: ada)
            #expect(plain["coupon"] == .null && plain["warnings"] == .array([]))
            let order = try await shop.order(ada)
            #expect(order.status == 201 && order.text("total") == "10.00" && order["coupon"] == .null)
        }
    }
}

extension CheckoutHarness {
    /// Makes a coupon of these members.
    func coupon(_ members: String) async throws -> Answer {
        try await call(.post, "/api/admin/coupons/", "{\(members)}", as: Self.admin)
    }

    /// Returns what the caller's cart would cost.
    func quote(_ members: String = "", as identity: Identity?) async throws -> Answer {
        let address = identity.map { #""shipping_address_id": \#($0.userID)"# }
        let parts = [members.contains("shipping_address\"") ? nil : address, members.isEmpty ? nil : members]
        let body = parts.compactMap { $0 }.joined(separator: ", ")
        return try await call(.post, "/api/cart/quote/", "{\(body)}", as: identity)
    }

    /// The administrator.
    static let admin = Identity(
        userID: UserID(999), sessionID: SessionID(999), email: "admin@example.com", role: .admin, permissions: [],
        isEmailVerified: true)
}

extension Sequence where Self: Sendable {
    /// Returns `transform` of one element after another.
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}

import Commerce
import Jobs
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp
@testable import Privacy

/// What becomes of the open orders of somebody who has their account deleted.
@Suite(.timeLimit(.minutes(12)))
struct ErasureOrderTests {
    private static let email = "ada.lovelace@example.com"

    @Test(arguments: Backend.available)
    func `what has not left is cancelled, its stock and its coupon come back, and nobody is told`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 50, by: admin)
            let coupon = try await admin.send(
                "POST", "/api/admin/coupons/",
                json: ["code": "TEN", "discount_type": "percentage", "discount_value": "10"])
            try #require(coupon.status == 201, "\(coupon.text)")
            let ada = try await stand.verified(Self.email)
            let waiting = try await stand.order(ada, product, by: "cod", coupon: "TEN")
            let unpaid = try await stand.order(ada, product, by: "bank_transfer")
            let paid = try await stand.order(ada, product, by: "bank_transfer")
            try await stand.pay(paid, admin)
            #expect(try await stand.reserved(product) == 6)
            try await stand.deleteAccount(ada)
            try await poll("the erasure", atMost: .seconds(90)) {
                let audit = try await stand.shop.erasureAudit(of: Self.email)
                return audit.findings.isEmpty && audit.underWay.isEmpty
            }
            for (order, name) in [(waiting, ""), (unpaid, ""), (paid, "Test User")] {
                let now = try await admin.send("GET", "/api/orders/\(order)/")
                #expect(now["status"]?.text == "cancelled", "\(now.text)")
                #expect(now["shipping_address"]?["full_name"]?.text == name, "\(now.text)")
            }
            #expect(try await stand.reserved(product) == 0)
            #expect(try await stand.value("SELECT used_count FROM coupons") == 0)
            #expect(try await stand.value("SELECT COUNT(*) FROM invoices WHERE series = 'credit_note'") == 1)
            #expect(try await stand.value("SELECT COUNT(*) FROM mailbox WHERE recipient = \(Self.email)") == 0)
            #expect(try await stand.shop.erasureAudit(of: Self.email).retained.count == 1)
            // Money that comes late parks the order: nothing is sent to nobody.
            try await stand.pay(unpaid, admin)
            let parked = try await admin.send("GET", "/api/orders/\(unpaid)/")
            #expect(parked["status"]?.text == "cancelled" && parked["payment_status"]?.text == "paid", "\(parked.text)")
            let on = try await admin.send(
                "PUT", "/api/admin/orders/\(unpaid)/status/", json: ["status": "processing"])
            #expect(on.status == 409, "\(on.text)")
            #expect(try await stand.value("SELECT COUNT(*) FROM jobs WHERE kind = 'mail.send' AND person = ''") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `what is under way keeps its buyer until it is done, and its invoice names them`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 50, by: admin)
            let ada = try await stand.verified(Self.email)
            let shipped = try await stand.order(ada, product, by: "cod")
            let part = try await stand.order(ada, product, by: "cod")
            let back = try await stand.order(ada, product, by: "cod")
            for status in ["processing", "shipped"] { try await stand.move(shipped, status, admin) }
            for status in ["processing", "shipped", "delivered"] { try await stand.move(back, status, admin) }
            try await stand.move(part, "processing", admin)
            let item = try await stand.item(of: part, admin)
            let parcel = try await admin.send(
                "POST", "/api/admin/orders/\(part)/shipments/",
                json: ["items": .array([["order_item_id": item, "quantity": 1]])])
            try #require(parcel.status == 201, "\(parcel.text)")
            let asked = try await ada.send(
                "POST", "/api/orders/\(back)/returns/",
                json: [
                    "items": .array([
                        ["order_item_id": try await stand.item(of: back, admin), "quantity": 1, "reason": "too small"]
                    ])
                ])
            try #require(asked.status == 201, "\(asked.text)")
            try await stand.deleteAccount(ada)
            #expect(try await ada.send("GET", "/api/auth/profile/").status == 401)
            let installation = stand.shop.installation
            try await poll("the first part of the erasure", atMost: .seconds(90)) {
                let jobs = try await stand.value("SELECT COUNT(*) FROM jobs WHERE kind = 'privacy.erase_user'")
                return try await stand.shop.erasureAudit(of: Self.email).findings.isEmpty && jobs == 0
            }
            let audit = try await stand.shop.erasureAudit(of: Self.email)
            #expect(audit.underWay.count == 3 && audit.retained.count == 1, "\(audit)")
            // Of the order of which one piece has left the other is cancelled.
            #expect(try await stand.reserved(product) == 0)
            for order in [shipped, part, back] {
                let now = try await admin.send("GET", "/api/orders/\(order)/")
                #expect(now["email"]?.text == Self.email, "\(now.text)")
                #expect(now["shipping_address"]?["full_name"]?.text == "Test User", "\(now.text)")
            }
            for order in [shipped, part] { try await stand.move(order, "delivered", admin) }
            let rejected = try await admin.send(
                "POST", "/api/admin/returns/\(CommerceFixture.text(asked["id"]))/reject/", json: ["note": "worn"])
            #expect(rejected.status == 200, "\(rejected.text)")
            try await stand.sweep()
            try await poll("the rest of the erasure", atMost: .seconds(90)) {
                let audit = try await stand.shop.erasureAudit(of: Self.email)
                return audit.findings.isEmpty && audit.underWay.isEmpty && audit.retained.count == 3
            }
            for words in ["too small", "ring twice"] {
                let left = try await installation.database.read { try TextScan.findings(of: words, $0) }
                #expect(left.isEmpty, "\(words): \(left)")
            }
            for order in [shipped, part] {
                let paper = try await installation.database.read {
                    try $0.value("SELECT document FROM invoices WHERE order_id = \(order)", as: String.self)
                }
                #expect(paper?.contains("Test User") == true && paper?.contains("INV-") == true, "\(paper ?? "")")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a guest's order under a verified address that is under way is erased when it is done`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", price: "0.00", stock: 50, by: admin)
            let ada = try await stand.verified(Self.email)
            let order = try await stand.guestOrder(Self.email, product)
            try await stand.move(order, "shipped", admin)
            try await stand.deleteAccount(ada)
            try await poll("the first part of the erasure", atMost: .seconds(90)) {
                let audit = try await stand.shop.erasureAudit(of: Self.email)
                return audit.findings.isEmpty && audit.underWay.count == 1
            }
            try await stand.move(order, "delivered", admin)
            #expect(try await !stand.shop.erasureAudit(of: Self.email).findings.isEmpty, "the audit shows the buyer")
            try await stand.sweep()
            try await poll("the rest of the erasure", atMost: .seconds(90)) {
                let audit = try await stand.shop.erasureAudit(of: Self.email)
                return audit.findings.isEmpty && audit.underWay.isEmpty && audit.retained.isEmpty
            }
        }
    }
}

extension ShopHarness {
    fileprivate func verified(_ email: String) async throws -> HTTPProbe {
        let shopper = try await customer(email)
        _ = try await shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET is_email_verified = 1 WHERE email = \(email)")
        }
        return shopper
    }

    /// Returns an order of two pieces, by its id.
    fileprivate func order(
        _ shopper: HTTPProbe, _ product: Int, by method: String, coupon: String? = nil
    ) async throws -> String {
        _ = try await shopper.send(
            "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 2])
        var body: [String: JSONValue] = [
            "shipping_address_id": try await address(of: shopper), "payment_method": .string(method),
            "notes": "ring twice",
        ]
        if let coupon { body["coupon_code"] = .string(coupon) }
        let order = try await shopper.send("POST", "/api/orders/", json: .object(body))
        try #require(order.status == 201, "\(order.text)")
        return CommerceFixture.text(order["id"])
    }

    fileprivate func guestOrder(_ email: String, _ product: Int) async throws -> String {
        let cart = try await anonymous.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        let key = try #require(cart["session_key"]?.text)
        let order = try await anonymous.send(
            "POST", "/api/orders/", headers: ["X-Session-Key": key, "Content-Type": "application/json"],
            body: Array(
                """
                {"email": "\(email)", "payment_method": "cod", "shipping_address": {"full_name": "Ada L",
                "address_line1": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701",
                "country": "US", "phone_number": "+15550100"}}
                """.utf8))
        try #require(order.status == 201, "\(order.text)")
        return CommerceFixture.text(order["id"])
    }

    fileprivate func item(of order: String, _ admin: HTTPProbe) async throws -> JSONValue {
        try #require(try await admin.send("GET", "/api/orders/\(order)/")["items"]?[0]?["id"])
    }

    fileprivate func move(_ order: String, _ status: String, _ admin: HTTPProbe) async throws {
        let moved = try await admin.send(
            "PUT", "/api/admin/orders/\(order)/status/", json: ["status": .string(status)])
        try #require(moved.status == 200, "\(moved.text)")
    }

    fileprivate func pay(_ order: String, _ admin: HTTPProbe) async throws {
        let total = try #require(try await admin.send("GET", "/api/orders/\(order)/")["total"])
        let paid = try await admin.send("POST", "/api/admin/orders/\(order)/payment/", json: ["amount": total])
        try #require((200...201).contains(paid.status), "\(paid.text)")
    }

    fileprivate func deleteAccount(_ shopper: HTTPProbe) async throws {
        let done = try await shopper.send(
            "DELETE", "/api/auth/account/delete/",
            json: ["password": .string(Self.password), "confirmation": "DELETE"])
        try #require(done.status == 204, "\(done.text)")
    }

    /// Does what cron does every ten minutes.
    fileprivate func sweep() async throws {
        let jobs = shop.jobs
        try await shop.installation.database.write { tx in _ = try jobs.enqueue(EraseEndedOrders(), in: tx) }
    }

    fileprivate func value(_ query: Query) async throws -> Int {
        try await shop.installation.database.read { try $0.value(query, as: Int.self) ?? 0 }
    }

    fileprivate func reserved(_ product: Int) async throws -> Int {
        try await value("SELECT reserved FROM stock_totals WHERE product_id = \(product)")
    }
}

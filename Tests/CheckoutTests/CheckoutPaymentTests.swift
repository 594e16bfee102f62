import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Orders that are paid, in time or late, and what happens to them afterwards.
@Suite struct CheckoutPaymentTests {
    @Test(arguments: Backend.available)
    func `money that staff have seen takes an order on, once`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.waiting(ada, by: "bank_transfer")
            for body in ["{}", #"{"amount": "19.99"}"#, #"{"amount": "x"}"#] {
                let refused = try await shop.call(
                    .post, "/api/admin/orders/\(order.id)/payment/", body, as: CheckoutHarness.admin)
                #expect(refused.status == 400 && refused["amount"] != nil, "\(body)")
            }
            let paid = try await shop.pay(order, more: #", "reference": "BANK-7", "note": "thanks""#)
            #expect(paid.status == 200 && paid.text("status") == "processing")
            #expect(paid.text("payment_status") == "paid" && paid["expires_at"] == .null)
            let event = paid["history"]?.array?.last
            #expect(event?["note"] == .string("Paid: BANK-7. thanks") && event?["actor"] == .string("staff"))
            let again = try await shop.pay(order)
            #expect(again.status == 409 && again.text("code") == "already_paid")
            shop.clock.advance(by: .days(9))
            try await shop.drainJobs()
            #expect(try await shop.state(order) == ["processing", "paid"])
            #expect(try await shop.papers() == ["invoice-1"])
            #expect(try await shop.mails("payment_received") == 1)
            #expect(try await shop.stockOf(1) == [10, 2])
            #expect(shop.access(.post, "/api/admin/orders/{order}/payment/") == .staff("orders.edit"))
        }
    }

    @Test(arguments: Backend.available)
    func `money for an expired order takes its stock and its coupon again`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let coupon = try await shop.coupon(
                #""code": "ONE", "discount_type": "fixed_amount", "discount_value": 1, "usage_limit": 1"#)
            let order = try await shop.waiting(ada, more: #", "coupon_code": "ONE""#)
            try await shop.expire()
            #expect(try await shop.state(order) == ["cancelled", "pending"])
            #expect(try await shop.uses(coupon) == 0)
            let paid = try await shop.pay(order)
            #expect(paid.text("status") == "processing" && paid.text("payment_status") == "paid")
            #expect(try await shop.uses(coupon) == 1)
            #expect(try await shop.stockOf(1) == [10, 2])
            #expect(try await shop.papers() == ["invoice-1"])
            let shipped = try await shop.call(
                .post, "/api/admin/orders/\(order.id)/shipments/", "{}", as: CheckoutHarness.admin)
            #expect(shipped.status == 201)
            #expect(try await shop.stockOf(1) == [8, 0])
            #expect(try await shop.stockIsConsistent())
        }
    }

    /// What stands in the way of an order for which money comes late.
    enum Obstacle: CaseIterable, Sendable { case stock, coupon, customer }

    @Test(arguments: Backend.available, Obstacle.allCases)
    func `money for what cannot be had again is parked for staff`(_ backend: Backend, _ obstacle: Obstacle) async throws
    {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let coupon = try await shop.coupon(
                #""code": "ONE", "discount_type": "fixed_amount", "discount_value": 1, "usage_limit": 1"#)
            let order = try await shop.waiting(ada, more: #", "coupon_code": "ONE""#)
            if obstacle == .customer {
                _ = try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada)
            } else {
                try await shop.expire()
            }
            if obstacle != .customer {
                _ = try await shop.fill(1, obstacle == .stock ? 9 : 1, as: bob)
                let other = obstacle == .coupon ? #", "coupon_code": "ONE""# : ""
                #expect(try await shop.order(bob, by: "cod", more: other).status == 201)
            }
            let before = try await shop.stockOf(1)
            let parked = try await shop.pay(order)
            #expect(parked.status == 200)
            #expect(try await shop.state(order) == ["cancelled", "paid"])
            #expect(try await shop.stockOf(1) == before)
            #expect(try await shop.uses(coupon) == (obstacle == .coupon ? 1 : 0))
            #expect(try await shop.papers().isEmpty)
            #expect(try await shop.pay(order).text("code") == "already_paid")
            let found = try await shop.call(
                .get, "/api/admin/orders/?status=cancelled&payment_status=paid", as: CheckoutHarness.admin)
            #expect(found["count"] == .number("1"))

            let path = "/api/admin/orders/\(order.id)/status/"
            let taken = try await shop.call(.put, path, #"{"status": "processing"}"#, as: CheckoutHarness.admin)
            switch obstacle {
            case .stock: #expect(taken.status == 409 && taken.text("code") == "insufficient_stock")
            case .coupon: #expect(taken.status == 400 && taken["coupon_code"] != nil)
            case .customer:
                #expect(taken.status == 200 && taken.text("status") == "processing")
                #expect(try await shop.papers() == ["invoice-1"])
                #expect(try await shop.stockOf(1) == [10, 2])
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `a paid order that is cancelled is credited in full`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.waiting(ada)
            let note = "/api/orders/\(order.id)/credit-note/"
            _ = try await shop.pay(order)
            #expect(try await shop.call(.get, note, as: ada).status == 404)
            #expect(try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status == 200)
            #expect(try await shop.papers() == ["credit_note-1", "invoice-1"])
            let text = try await PaperReader.text(try await shop.call(.get, note, as: ada).bytes)
            for part in ["Credit note CN-2027-000001", "INV-2027-000001", "VAT, 20 % of 20.00", "24.00 USD"] {
                #expect(text.contains(part), "\(part)")
            }
            let reinstated = try await shop.call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "processing"}"#, as: CheckoutHarness.admin)
            #expect(reinstated.status == 409 && reinstated["allowed"] == .array([]))
            #expect(try await shop.stockOf(1) == [10, 0])
            #expect(try await shop.mails("order_cancelled", "\"is_paid\":true") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `the credit note of a return tells the tax of each rate, shipping's too`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            try await shop.rate(#""name": "Carriage", "country": "GB", "rate": "0.1", "tax_class": "shipping""#)
            let method = try await shop.call(
                .post, "/api/admin/shipping-methods/",
                #"{"code": "POST", "name": "Post", "countries": ["GB"], "price": "5.00", "tax_class": "shipping"}"#,
                as: CheckoutHarness.admin)
            #expect(method.status == 201, "\(method.json)")
            let order = try await shop.waiting(ada)
            _ = try await shop.pay(order)
            _ = try await shop.call(.post, "/api/admin/orders/\(order.id)/shipments/", "{}", as: CheckoutHarness.admin)
            let item = order.items[0]["id"]?.integer ?? 0
            let asked = try await shop.call(
                .post, "/api/orders/\(order.id)/returns/", #"{"items": [{"order_item_id": \#(item), "quantity": 1}]}"#,
                as: ada)
            let decide = "/api/admin/returns/\(asked.id)/"
            _ = try await shop.call(.post, decide + "approve/", as: CheckoutHarness.admin)
            let part = asked.items.first?["id"]?.integer ?? 0
            let body = #"{"items": [{"return_item_id": \#(part), "quantity": 1}], "refund_shipping": true}"#
            let received = try await shop.call(.post, decide + "receive/", body, as: CheckoutHarness.admin)
            #expect(received.text("refund_amount") == "17.50")
            let path = "/api/orders/\(order.id)/returns/\(asked.id)/credit-note/"
            let text = try await PaperReader.text(try await shop.call(.get, path, as: ada).bytes)
            for part in [
                "Including VAT, 20 % of 10.00", "2.00", "Including Carriage, 10 % of 5.00", "0.50", "17.50 USD",
            ] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }
}

extension CheckoutHarness {
    /// Returns an order of two pieces that waits for its money.
    fileprivate func waiting(
        _ buyer: Identity, by method: String = "card", more: String = ""
    ) async throws -> Answer {
        try await product(1)
        _ = try await fill(1, 2, as: buyer)
        let order = try await order(buyer, by: method, more: more)
        try #require(order.status == 201, "\(order.json)")
        return order
    }

    fileprivate func expire() async throws {
        clock.advance(by: .minutes(31))
        try await drainJobs()
    }

    fileprivate func state(_ order: Answer) async throws -> [String] {
        try await database.read { connection in
            let query: Query = "SELECT status, payment_status FROM orders WHERE id = \(order.id)"
            return try connection.first(query) { [try $0(), try $0()] } ?? []
        }
    }

    fileprivate func uses(_ coupon: Answer) async throws -> Int {
        try await value("SELECT used_count FROM coupons WHERE id = \(coupon.id)")
    }

    /// Series and numbers of the documents that were issued.
    fileprivate func papers() async throws -> [String] {
        try await database.read { connection in
            try connection.all("SELECT series, sequence FROM invoices ORDER BY series, sequence") { row in
                "\(try row(String.self))-\(try row(Int.self))"
            }
        }
    }

    /// Returns how many mails of a template are under way that hold a text.
    fileprivate func mails(_ template: String, _ text: String = "") async throws -> Int {
        try await database.read { connection in
            let payloads = try connection.column("SELECT payload FROM jobs", as: String.self)
            return payloads.count { $0.contains("\"template\":\"\(template)\"") && (text.isEmpty || $0.contains(text)) }
        }
    }
}

extension CheckoutHarness {
    /// Records as staff that an order has been paid.
    func pay(_ order: Answer, more: String = "") async throws -> Answer {
        try await call(
            .post, "/api/admin/orders/\(order.id)/payment/", #"{"amount": "\#(order.text("total") ?? "")"\#(more)}"#,
            as: Self.admin)
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Refunds that name units of an order's lines.
@Suite struct RefundedUnitsTests {
    /// Runs `body` with a paid order of three units, its one line and its payment: 9.99 and 19 % of it, together 11.89.
    private func paid(
        _ backend: Backend,
        _ body: @escaping @Sendable (PaymentHarness, EndpointAnswer, Int64, Int64) async throws -> Void
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.rate(#""name": "VAT", "country": "GB", "rate": "0.19""#)
            try await pay.shop.product(1, price: 333)
            try #require(try await pay.shop.fill(1, 3, as: ada).status == 201)
            let order = try await pay.shop.order(ada, by: "sandbox")
            try #require(order.text("total") == "11.89", "\(order.json)")
            let payment = try await pay.initiate(order.id, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            let line = try #require(order["items"]?.array?.first?["id"]?.integer)
            try await body(pay, order, payment.id, line)
        }
    }

    private func refund(
        _ pay: PaymentHarness, _ payment: Int64, _ line: Int64, _ quantity: Int, more: String = ""
    ) async throws -> EndpointAnswer {
        let items = #"[{"order_item_id": \#(line), "quantity": \#(quantity)}]"#
        return try await pay.call(
            .post, "/api/admin/payments/\(payment)/refund/", #"{"reason": "Broken.", "items": \#(items)\#(more)}"#,
            as: PaymentHarness.admin)
    }

    @Test(arguments: Backend.available)
    func `units are refunded once, and one by one they come to what was paid for them`(_ backend: Backend) async throws
    {
        try await paid(backend) { pay, _, payment, line in
            var amounts: [String?] = []
            for _ in 0..<3 {
                let refused = try await refund(pay, payment, line, 4 - amounts.count)
                let reason = refused["items"]?.array?.first?["quantity"]?.array?.first?.text
                #expect(refused.status == 400 && reason == "Only \(3 - amounts.count) can be refunded.")
                let made = try await refund(pay, payment, line, 1)
                #expect(made.status == 201, "\(made.json)")
                amounts.append(made.text("amount"))
            }
            #expect(amounts == ["3.96", "3.97", "3.96"])
            #expect(try await refund(pay, payment, line, 1).status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `a unit for which a part of its price was refunded is named once, and a failed refund names none`(
        _ backend: Backend
    ) async throws {
        try await paid(backend) { pay, _, payment, line in
            pay.watch.fail("refund", .refused)
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(try await refund(pay, payment, line, 2, more: #", "amount": "1.00""#).status)
            }
            #expect(statuses == [409, 201, 400])
        }
    }

    @Test(arguments: Backend.available)
    func `staff see what a refund is for, the credit note over it, and in the history who made it`(
        _ backend: Backend
    ) async throws {
        try await paid(backend) { pay, order, payment, line in
            let admin = PaymentHarness.admin
            let part = #"{"items": [{"order_item_id": \#(line), "quantity": 1}]}"#
            let canceled = try await pay.shop.call(.post, "/api/admin/orders/\(order.id)/cancel-rest/", part, as: admin)
            try #require(canceled.status == 200, "\(canceled.json)")
            let waiting = try await pay.call(
                .get, "/api/admin/refunds/?order=\(order.id)&status=requested", as: admin)
            let owed = try #require(waiting.results.first)
            let made = try await refund(pay, payment, line, 2)
            try #require(made.status == 201 && made["return_id"] == .null, "\(made.json)")
            for (id, quantity, back) in [(Int64(owed.int("id")), 1, owed.int("return_id")), (made.id, 2, -1)] {
                let path = "/api/admin/refunds/\(id)/"
                let goods = try await pay.call(.get, path + "goods/", as: admin).json.array ?? []
                try #require(goods.count == 1, "\(goods)")
                #expect(goods[0].int("order_item_id") == Int(line) && goods[0].int("quantity") == quantity)
                #expect(goods[0].text("sku") == "SKU-1" && goods[0]["return_id"] == .null)
                #expect(goods[0].int("cancellation_id") == back, "\(goods)")
                let papers = try await pay.call(.get, path + "papers/", as: admin).json.array ?? []
                #expect(papers.map { $0.text("subject") } == (back > 0 ? ["cancellation"] : []), "\(papers)")
            }
            #expect(try await pay.call(.get, "/api/admin/refunds/9999/goods/", as: admin).status == 404)
            let seen = try await pay.shop.call(.get, "/api/admin/orders/\(order.id)/", as: admin)
            let event = try #require(seen["history"]?.array?.last)
            #expect(event.text("actor") == "staff" && event.text("note") == "Refunded.", "\(event)")
            #expect(event.int("actor_id") == Int(admin.userID.rawValue))
        }
    }

    @Test(arguments: Backend.available)
    func `the refund of an order that was canceled as a whole is for all of it, and has its credit note`(
        _ backend: Backend
    ) async throws {
        try await paid(backend) { pay, order, payment, line in
            let admin = PaymentHarness.admin
            let early = try await pay.call(
                .post, "/api/admin/payments/\(payment)/refund/", #"{"amount": "1.00", "reason": "Sorry."}"#, as: admin)
            try #require(early.status == 201, "\(early.json)")
            let canceled = try await pay.shop.call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "cancelled"}"#, as: admin)
            try #require(canceled.status == 200, "\(canceled.json)")
            let waiting = try await pay.call(
                .get, "/api/admin/refunds/?order=\(order.id)&status=requested", as: admin)
            let owed = try #require(waiting.results.first?["id"]?.integer)
            for (id, quantities, subjects) in [(owed, [3], ["order"]), (early.id, [], [])] as [(Int64, [Int], [String])]
            {
                let goods = try await pay.call(.get, "/api/admin/refunds/\(id)/goods/", as: admin).json.array ?? []
                #expect(goods.map { $0.int("quantity") } == quantities, "\(goods)")
                #expect(goods.allSatisfy { $0.int("order_item_id") == Int(line) })
                let papers = try await pay.call(.get, "/api/admin/refunds/\(id)/papers/", as: admin).json.array ?? []
                #expect(papers.map { $0.text("subject") } == subjects, "\(papers)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of many refunds of the last unit at once one is made`(_ backend: Backend) async throws {
        try await paid(backend) { pay, _, payment, line in
            try #require(try await refund(pay, payment, line, 2).status == 201)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await refund(pay, payment, line, 1).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 400, 400, 400])
        }
    }

    @Test(arguments: Backend.available)
    func `a unit that was canceled or sent back is not refunded beside that`(_ backend: Backend) async throws {
        try await paid(backend) { pay, order, payment, line in
            let admin = PaymentHarness.admin
            let part = #"{"items": [{"order_item_id": \#(line), "quantity": 1}]}"#
            let canceled = try await pay.shop.call(.post, "/api/admin/orders/\(order.id)/cancel-rest/", part, as: admin)
            try #require(canceled.status == 200, "\(canceled.json)")
            let sent = try await pay.shop.call(.post, "/api/admin/orders/\(order.id)/shipments/", part, as: admin)
            try #require(sent.status == 201, "\(sent.json)")
            let asked = try await pay.shop.call(
                .post, "/api/orders/\(order.id)/returns/",
                #"{"items": [{"order_item_id": \#(line), "quantity": 1, "reason": "x"}]}"#, as: admin)
            try #require(asked.status == 201, "\(asked.json)")
            let refused = try await refund(pay, payment, line, 2)
            #expect(refused["items"]?.array?.first?["quantity"]?.array?.first?.text == "Only 1 can be refunded.")
            #expect(try await refund(pay, payment, line, 1).status == 201)
        }
    }
}

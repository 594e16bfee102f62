import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What of an order has not left can be cancelled by staff, whatever has left of it before.
@Suite struct CheckoutCancelRestTests {
    @Test(arguments: Backend.available)
    func `the rest of a part-shipped unpaid order is cancelled, and its stock and what is due come back right`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.taken(by: ada)
            try await shop.send(order, line: 0, 2)
            #expect(try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status == 409)
            let left = try await shop.cancelRest(order, #"{"reason": "Sold out"}"#)
            #expect(left.status == 200 && left.text("status") == "shipped", "\(left.json)")
            #expect(left.text("payment_status") == "pending" && left.text("total") == "48.00")
            #expect(left.items.map { $0["status"]?.text } == ["shipped", "cancelled"])
            #expect(left.items.map { $0["cancelled_quantity"] } == [.number("1"), .number("1")])
            #expect(try await [shop.stockOf(1), shop.stockOf(2)] == [[8, 0], [10, 0]])
            #expect(try await shop.stockIsConsistent())
            #expect(try await shop.cancelRest(order).status == 409)
            let pro = try await PaperReader.text(
                try await shop.call(.get, "/api/orders/\(order.id)/invoice/", as: ada).bytes)
            #expect(pro.contains("Pro forma") && pro.contains("24.00 USD") && !pro.contains("Product 2"), "\(pro)")
            let done = try await shop.move(order, to: "delivered")
            #expect(done.text("status") == "delivered" && done.text("payment_status") == "paid", "\(done.json)")
            #expect(try await shop.numbered(order) == ["invoice"])
            let text = try await PaperReader.text(
                try await shop.call(.get, "/api/orders/\(order.id)/invoice/", as: ada).bytes)
            for part in ["INV-2027-000001", "VAT, 20 % of 20.00", "4.00", "24.00 USD"] {
                #expect(text.contains(part), "\(part): \(text)")
            }
            let listed = try await shop.call(.get, "/api/orders/\(order.id)/cancellations/", as: ada)
            #expect(listed["count"] == .number("1") && listed.statements <= 4, "\(listed.json)")
            let found = listed["results"]?.array?.first
            #expect(found?["amount"] == .string("24.00") && found?["refund_amount"] == .string("0.00"))
            #expect(found?["reason"] == .string("Sold out"))
            #expect(try await shop.call(.get, "/api/orders/\(order.id)/returns/", as: ada)["count"] == .number("0"))
            let mails: Query = "SELECT COUNT(*) FROM jobs WHERE payload LIKE '%order_items_cancelled%'"
            #expect(try await shop.value(mails) == 1)
        }
    }

    /// Cancels half of an order whose discount and tax do not divide evenly.
    @Test(arguments: Backend.available)
    func `what is left of a discounted order adds up on its invoice`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            _ = try await shop.coupon(#""code": "C", "discount_type": "fixed_amount", "discount_value": 1"#)
            try await shop.product(1)
            _ = try await shop.fill(1, 3, as: ada)
            let order = try await shop.order(ada, by: "bank_transfer", more: #", "coupon_code": "C""#)
            // 30.00 less 1.00 and 20 %: 34.80; a third of it is 11.60
            #expect(order.text("total") == "34.80", "\(order.json)")
            let one = #"{"items": [{"order_item_id": \#(order.items[0]["id"]?.integer ?? 0), "quantity": 1}]}"#
            #expect(try await shop.cancelRest(order, one).status == 200)
            _ = try await shop.move(order, to: "processing")
            let wrong = try await shop.payment(order, "20.00")
            #expect(wrong.status == 400 && "\(wrong.json)".contains("23.20"), "\(wrong.json)")
            #expect(try await shop.payment(order, "23.20").text("payment_status") == "paid")
            let text = try await PaperReader.text(
                try await shop.call(.get, "/api/orders/\(order.id)/invoice/", as: ada).bytes)
            for part in ["20.00", "-0.67", "VAT, 20 % of 19.33", "3.87", "23.20 USD"] {
                #expect(text.contains(part), "\(part): \(text)")
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM coupon_usages WHERE released_at IS NULL") == 1)
            #expect(try await shop.value("SELECT SUM(owed_amount) FROM returns") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `who paid for what was cancelled is owed it, with a credit note where there is an invoice`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id)) }
            for isPaidFirst in [true, false] {
                _ = try await shop.fill(1, 3, as: ada)
                _ = try await shop.fill(2, 1, as: ada)
                let order = try await shop.order(ada, by: "bank_transfer")
                if isPaidFirst {
                    _ = try await shop.pay(order)
                } else {
                    _ = try await shop.move(order, to: "processing")
                }
                try await shop.send(order, line: 0, 1)
                let left = try await shop.cancelRest(order)
                #expect(left.text("status") == "shipped", "\(left.json)")
                if !isPaidFirst { #expect(try await shop.pay(order).text("payment_status") == "paid") }
                #expect(try await shop.numbered(order) == (isPaidFirst ? ["credit_note", "invoice"] : ["invoice"]))
                let path = "/api/orders/\(order.id)/cancellations/"
                let found = try await shop.call(.get, path, as: ada)["results"]?.array?.first
                #expect(found?["refund_amount"] == .string("30.00"), "\(String(describing: found))")
                let note = try await shop.call(
                    .get, path + "\(found?["id"]?.integer ?? 0)/credit-note/", as: ada)
                #expect(note.status == (isPaidFirst ? 200 : 404))
                if isPaidFirst {
                    let text = try await PaperReader.text(note.bytes)
                    for part in ["Credit note CN-2027", "30.00 USD", "Canceled before it was sent"] {
                        #expect(text.contains(part), "\(part): \(text)")
                    }
                }
                #expect(try await shop.call(.get, path).status == 401)
            }
            #expect(try await shop.stockIsConsistent())
            #expect(try await [shop.stockOf(1), shop.stockOf(2)] == [[8, 0], [10, 0]])
        }
    }

    @Test(arguments: Backend.available)
    func `an order that lost a line before is cancelled, credited and taken on again without it`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id)) }
            for isPaid in [true, false] {
                _ = try await shop.fill(1, 3, as: ada)
                _ = try await shop.fill(2, 1, as: ada)
                let order = try await shop.order(ada)
                if isPaid { _ = try await shop.pay(order) }
                let parts = [(0, 1), (1, 1)].map { line, count in
                    #"{"order_item_id": \#(order.items[line]["id"]?.integer ?? 0), "quantity": \#(count)}"#
                }
                let left = try await shop.cancelRest(order, #"{"items": [\#(parts.joined(separator: ", "))]}"#)
                #expect(left.text("status") == (isPaid ? "processing" : "pending"), "\(left.json)")
                #expect(try await [shop.stockOf(1)[1], shop.stockOf(2)[1]] == [2, 0])
                guard !isPaid else {
                    // All that is live of it, in so many words: the order itself.
                    let rest = #"{"order_item_id": \#(order.items[0]["id"]?.integer ?? 0), "quantity": 2}"#
                    #expect(try await shop.cancelRest(order, #"{"items": [\#(rest)]}"#).text("status") == "cancelled")
                    #expect(try await shop.numbered(order) == ["credit_note", "credit_note", "invoice"])
                    let text = try await PaperReader.text(
                        try await shop.call(.get, "/api/orders/\(order.id)/credit-note/", as: ada).bytes)
                    #expect(text.contains("20.00 USD") && !text.contains("Product 2"), "\(text)")
                    continue
                }
                shop.clock.advance(by: .minutes(31))
                try await shop.drainJobs()
                #expect(try await shop.stockOf(1)[1] == 0)
                let odd = try await shop.payment(order, "30.00")
                #expect(odd.status == 400 && "\(odd.json)".contains("20.00"), "\(odd.json)")
                let late = try await shop.payment(order, "40.00")
                #expect(late.text("status") == "processing", "\(late.json)")
                #expect(late.items.map { $0["status"]?.text } == ["processing", "cancelled"])
                #expect(try await [shop.stockOf(1)[1], shop.stockOf(2)[1]] == [2, 0])
                #expect(
                    try await shop.value("SELECT SUM(owed_amount) FROM returns WHERE order_id = \(order.id)") == 2_000)
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    /// Staff took it on unpaid: its rest is theirs to send or to cancel.
    @Test(arguments: Backend.available)
    func `the deadline of a payment does not expire what staff have begun to send`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            _ = try await shop.fill(1, 3, as: ada)
            let order = try await shop.order(ada)
            _ = try await shop.move(order, to: "processing")
            try await shop.send(order, line: 0, 1)
            shop.clock.advance(by: .days(30))
            try await shop.drainJobs()
            #expect(try await shop.stockOf(1) == [9, 2])
            #expect(try await shop.cancelRest(order).text("status") == "shipped")
            #expect(try await shop.stockOf(1) == [9, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `what cannot be cancelled is refused and changes nothing`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.taken(by: ada)
            let first = order.items[0]["id"]?.integer ?? 0
            try await shop.send(order, line: 0, 2)
            for (items, status) in CheckoutShipmentTests.refused {
                let body = #"{"items": \#(items.replacing("_id\": 1,", with: "_id\": \(first),"))}"#
                let answer = try await shop.cancelRest(order, body)
                #expect(answer.status == status && answer["items"] != nil, "\(items): \(answer.json)")
            }
            let two = #"{"items": [{"order_item_id": \#(first), "quantity": 2}]}"#
            #expect(try await shop.cancelRest(order, two).status == 400)
            #expect(try await shop.value("SELECT COUNT(*) FROM returns") == 0)
            #expect(shop.access(.post, "/api/admin/orders/{order}/cancel-rest/") == .staff("orders.edit"))
            _ = try await shop.move(order, to: "shipped")
            #expect(try await shop.cancelRest(order).status == 409)
            let odd = try await shop.call(
                .post, "/api/admin/orders/77/cancel-rest/", "{}", as: CheckoutHarness.admin)
            #expect(odd.status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `an order over nothing has no invoice, and no credit note when it is cancelled`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 0)
            for next in ["cancelled", "delivered"] {
                _ = try await shop.fill(1, as: ada)
                let order = try await shop.order(ada)
                let paper = try await shop.call(.get, "/api/orders/\(order.id)/invoice/", as: ada)
                let text = try await PaperReader.text(paper.bytes)
                #expect(text.contains("Pro forma invoice") && text.contains("there is nothing to pay"), "\(text)")
                if next == "delivered" { _ = try await shop.move(order, to: "shipped") }
                #expect(try await shop.move(order, to: next).text("status") == next)
                #expect(try await shop.numbered(order).isEmpty)
                #expect(try await shop.call(.get, "/api/orders/\(order.id)/credit-note/", as: ada).status == 404)
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM invoice_counters") == 0)
        }
    }
}

extension CheckoutHarness {
    fileprivate func cancelRest(_ order: Answer, _ body: String = "{}") async throws -> Answer {
        try await call(.post, "/api/admin/orders/\(order.id)/cancel-rest/", body, as: Self.admin)
    }

    fileprivate func move(_ order: Answer, to status: String) async throws -> Answer {
        try await call(
            .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "\#(status)"}"#, as: Self.admin)
    }

    fileprivate func payment(_ order: Answer, _ amount: String) async throws -> Answer {
        try await call(
            .post, "/api/admin/orders/\(order.id)/payment/", #"{"amount": "\#(amount)"}"#, as: Self.admin)
    }

    /// Sends a parcel with so many of a line, by its place.
    fileprivate func send(_ order: Answer, line: Int, _ count: Int) async throws {
        let item = order.items[line]["id"]?.integer ?? 0
        let sent = try await call(
            .post, "/api/admin/orders/\(order.id)/shipments/",
            #"{"items": [{"order_item_id": \#(item), "quantity": \#(count)}]}"#, as: Self.admin)
        try #require(sent.status == 201, "\(sent.json)")
    }

    /// Returns the series of an order's numbered documents.
    fileprivate func numbered(_ order: Answer) async throws -> [String] {
        try await database.read { connection in
            try connection.column(
                "SELECT series FROM invoices WHERE order_id = \(order.id) ORDER BY series", as: String.self)
        }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Orders

@Suite struct CheckoutReturnTests {
    @Test(arguments: Backend.available)
    func `what comes back in parts is worth what was paid for it, and goes back on the shelf`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            try await shop.method(#""code": "post", "name": "Post", "price": "3.00""#)
            let order = try await shop.delivered(to: ada, more: #", "coupon_code": "C""#)
            // 3 x 10.00 and 10.00 less 1.00: 0.75 and 0.25 of discount; 20 % of 29.25, 9.75 and 3.00
            #expect(order.text("total") == "50.40", "\(order.json)")
            var refunds: [String?] = []
            for count in [1, 2] {
                let asked = try await shop.sendBack(order, [(0, count)], as: ada)
                #expect(asked.status == 201 && asked.text("status") == "requested", "\(asked.json)")
                let path = "/api/admin/returns/\(asked.id)/"
                #expect(try await shop.call(.post, path + "receive/", "{}", as: CheckoutHarness.admin).status == 409)
                #expect(try await shop.call(.post, path + "approve/", as: CheckoutHarness.admin).status == 200)
                let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
                let body = """
                    {"items": [{"return_item_id": \(part), "quantity": \(count), "restock": \(count == 2)}],
                    "refund_shipping": \(count == 1)}
                    """
                let received = try await shop.call(.post, path + "receive/", body, as: CheckoutHarness.admin)
                #expect(received.status == 200 && received.text("status") == "received", "\(received.json)")
                refunds.append(received.text("refund_amount"))
                #expect(try await shop.call(.get, path, as: CheckoutHarness.admin).json == received.json)
            }
            // (30.00 - 0.75 + 5.85) / 3 = 11.70, with 3.60 of shipping; then 23.40
            #expect(refunds == ["15.30", "23.40"])
            #expect(try await shop.stockOf(1) == [9, 0])
            #expect(try await shop.stockIsConsistent())
            let back: Query =
                "SELECT SUM(quantity) FROM stock_movements WHERE movement_type = 'return' AND reference_id > 0"
            #expect(try await shop.value(back) == 2)
            #expect(try await shop.sendBack(order, [(0, 1)], as: ada).status == 400)
            let listed = try await shop.call(.get, "/api/orders/\(order.id)/returns/", as: ada)
            #expect(listed["count"] == .number("2"))
            let received = try await shop.call(
                .get, "/api/admin/returns/?status=received&order=\(order.id)", as: CheckoutHarness.admin)
            #expect(received["count"] == .number("2") && received.statements <= 4)
        }
    }

    /// A parcel refused at the door is no sale, and half of one half a sale.
    @Test(arguments: Backend.available)
    func `what comes back before it was paid is taken off the bill and not given back`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            _ = try await shop.coupon(#""code": "C", "discount_type": "fixed_amount", "discount_value": 1"#)
            for id in 1...2 { try await shop.product(Int64(id)) }
            for back in [3, 1] {
                _ = try await shop.fill(1, 3, as: ada)
                var order = try await shop.order(ada, by: "cod", more: #", "coupon_code": "C""#)
                let status = "/api/admin/orders/\(order.id)/status/"
                for next in ["processing", "shipped"] {
                    order = try await shop.call(.put, status, #"{"status": "\#(next)"}"#, as: CheckoutHarness.admin)
                }
                let received = try await shop.receiveBack(order, back, as: ada)
                #expect(received.text("refund_amount") == "0.00")
                #expect(received.text("credit_amount") == (back == 3 ? "29.00" : "9.67"), "\(received.json)")
                let seen = try await shop.call(.get, "/api/orders/\(order.id)/", as: ada)
                let papers: Query = "SELECT COUNT(*) FROM invoices WHERE order_id = \(order.id) AND series ="
                if back == 3 {
                    #expect(seen.text("status") == "cancelled" && seen.text("payment_status") == "pending")
                    #expect(try await shop.value(papers + " 'invoice'") == 0)
                    #expect(try await shop.value("SELECT COUNT(*) FROM coupon_usages WHERE released_at IS NULL") == 0)
                    continue
                }
                let done = try await shop.call(.put, status, #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
                #expect(done.text("payment_status") == "paid", "\(done.json)")
                #expect(try await shop.value(papers + " 'invoice'") == 1)
                #expect(try await shop.value(papers + " 'credit_note'") == 1)
                #expect(try await shop.value("SELECT SUM(owed_amount) FROM returns") == 0)
            }
            let report = try await shop.call(
                .get, "/api/admin/reports/sales/?from=2026-06-01&to=2027-12-31", as: CheckoutHarness.admin)
            #expect(report["refunds"]?.text ?? report["summary"]?["refunds"]?.text == "9.67", "\(report.json)")
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `what came back whole and unpaid is not delivered, and money for it is owed`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            for method in ["cod", "bank_transfer"] {
                _ = try await shop.fill(1, 2, as: ada)
                let order = try await shop.shipped(by: method, as: ada)
                let received = try await shop.receiveBack(order, 2, as: ada)
                #expect(received.text("credit_amount") == "20.00", "\(received.json)")
                let status = "/api/admin/orders/\(order.id)/status/"
                for next in ["delivered", "shipped", "processing"] {
                    let refused = try await shop.call(
                        .put, status, #"{"status": "\#(next)"}"#, as: CheckoutHarness.admin)
                    #expect(refused.status == 409, "\(method) \(next): \(refused.json)")
                }
                let late = try await shop.call(
                    .post, "/api/admin/orders/\(order.id)/payment/", #"{"amount": "20.00"}"#, as: CheckoutHarness.admin)
                #expect(late.text("status") == "cancelled" && late.text("payment_status") == "paid", "\(late.json)")
                let on = try await shop.call(.put, status, #"{"status": "processing"}"#, as: CheckoutHarness.admin)
                #expect(on.status == 409, "\(on.json)")
                let owed = try await shop.call(
                    .get, "/api/admin/returns/?order=\(order.id)", as: CheckoutHarness.admin)
                #expect(owed["results"]?.array?.first?["refund_amount"] == .string("20.00"), "\(owed.json)")
            }
            #expect(try await shop.stockOf(1)[1] == 0)
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `the parcel that is refused last makes the rest delivered and paid, with one paper of each kind`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 {
                try await shop.product(Int64(id))
                _ = try await shop.fill(Int64(id), 1, as: ada)
            }
            var order = try await shop.order(ada, by: "cod")
            _ = try await shop.call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "processing"}"#, as: CheckoutHarness.admin)
            var parcels: [Int64] = []
            for item in order.items {
                let body = #"{"items": [{"order_item_id": \#(item["id"]?.integer ?? 0), "quantity": 1}]}"#
                let sent = try await shop.call(
                    .post, "/api/admin/orders/\(order.id)/shipments/", body, as: CheckoutHarness.admin)
                try #require((200...201).contains(sent.status), "\(sent.json)")
                parcels = try await shop.database.read {
                    try $0.column("SELECT id FROM shipments ORDER BY id", as: Int64.self)
                }
            }
            let arrived = try await shop.call(
                .put, "/api/admin/orders/\(order.id)/shipments/\(parcels[1])/deliver/", "{}", as: CheckoutHarness.admin)
            #expect(arrived.status == 200, "\(arrived.json)")
            let received = try await shop.receiveBack(order, 1, as: ada)
            #expect(received.status == 200 && received.text("refund_amount") == "0.00", "\(received.json)")
            order = try await shop.call(.get, "/api/orders/\(order.id)/", as: ada)
            #expect(order.text("status") == "delivered" && order.text("payment_status") == "paid", "\(order.json)")
            for series in ["invoice", "credit_note"] {
                let drawn: Query =
                    "SELECT COUNT(*) FROM invoices WHERE order_id = \(order.id) AND series = \(series)"
                #expect(try await shop.value(drawn) == 1)
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    /// Of two parcels one was refused at the door, and the other was paid for.
    @Test(arguments: Backend.available)
    func `what is left of an order is paid for without what came back`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id)) }
            for (method, amount, owed) in [("bank_transfer", "10.00", "0.00"), ("bank_transfer", "20.00", "10.00")] {
                _ = try await shop.fill(1, 1, as: ada)
                _ = try await shop.fill(2, 1, as: ada)
                let order = try await shop.shipped(by: method, as: ada)
                _ = try await shop.receiveBack(order, 1, as: ada)
                let path = "/api/admin/orders/\(order.id)/payment/"
                let wrong = try await shop.call(.post, path, #"{"amount": "15.00"}"#, as: CheckoutHarness.admin)
                #expect(wrong.status == 400 && "\(wrong.json)".contains("10.00"), "\(wrong.json)")
                let paid = try await shop.call(.post, path, #"{"amount": "\#(amount)"}"#, as: CheckoutHarness.admin)
                #expect(paid.status == 200 && paid.text("payment_status") == "paid", "\(paid.json)")
                let returns = try await shop.call(
                    .get, "/api/admin/returns/?order=\(order.id)", as: CheckoutHarness.admin)
                #expect(returns["results"]?.array?.first?["refund_amount"] == .string(owed), "\(returns.json)")
                let papers: Query = "SELECT COUNT(*) FROM invoices WHERE order_id = \(order.id)"
                #expect(try await shop.value(papers) == 2)
                let done = try await shop.call(
                    .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "delivered"}"#,
                    as: CheckoutHarness.admin)
                #expect(done.text("status") == "delivered", "\(done.json)")
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `a return is refused where it makes no sense, and one that was rejected can be asked for again`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.user(1), try await shop.user(2))
            let order = try await shop.delivered(to: ada)
            for (parts, field) in [([(0, 4)], "items"), ([(1, 2)], "items"), ([], "items"), ([(0, 0)], "items")] {
                let answer = try await shop.sendBack(order, parts, as: ada)
                #expect(answer.status == 400 && answer[field] != nil, "\(parts): \(answer.json)")
            }
            #expect(try await shop.sendBack(order, [(0, 1)], as: eve).status == 404)
            #expect(try await shop.call(.get, "/api/orders/\(order.id)/returns/", as: eve).status == 404)
            let asked = try await shop.sendBack(order, [(0, 3)], as: ada)
            #expect(try await shop.sendBack(order, [(0, 1)], as: ada).status == 400)
            let path = "/api/admin/returns/\(asked.id)/"
            let no = try await shop.call(.post, path + "reject/", #"{"note": "worn"}"#, as: CheckoutHarness.admin)
            #expect(no.text("status") == "rejected" && no.text("staff_note") == "worn")
            #expect(try await shop.call(.post, path + "approve/", as: CheckoutHarness.admin).status == 409)
            #expect(try await shop.sendBack(order, [(0, 3)], as: ada).status == 201)
            shop.clock.advance(by: .days(31))
            let late = try await shop.sendBack(order, [(1, 1)], as: ada)
            #expect(late.status == 409 && late.text("code") == "return_window_closed")
        }
    }

    @Test(arguments: Backend.available)
    func `asked for by many at once, no piece comes back twice`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.delivered(to: ada)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.sendBack(order, [(0, 1)], as: ada).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 3 && statuses.filter { $0 == 400 }.count == 5)
            #expect(try await shop.value("SELECT SUM(returned_quantity) FROM order_items") == 3)
        }
    }

    @Test func `the refunds of a line add up to what was paid for it, however it is cut`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let quantity = Int.random(in: 1...40, using: &random)
            let subtotal = Int64.random(in: 0...5_000, using: &random) * Int64(quantity)
            let discount = Int64.random(in: 0...subtotal, using: &random)
            let tax = Int64.random(in: 0...2_000, using: &random)
            let isInclusive = Bool.random(using: &random)
            var item = OrderItem(
                id: OrderItemID(1), sellable: SellableID(ProductID(1)), name: "", sku: "", options: [], vendor: nil,
                taxClass: "", quantity: quantity, price: .zero, subtotal: Money(minorUnits: subtotal),
                discount: Money(minorUnits: discount), tax: Money(minorUnits: tax), status: .delivered,
                trackingNumber: "")
            var sum = Money.zero
            while item.refunded < quantity {
                let count = Int.random(in: 1...(quantity - item.refunded), using: &random)
                let refund = try item.refund(for: count, isTaxInclusive: isInclusive)
                #expect(refund >= .zero)
                try sum += refund
                item.refunded += count
            }
            #expect(sum == Money(minorUnits: subtotal - discount + (isInclusive ? 0 : tax)))
        }
    }

    @Test(arguments: Backend.available)
    func `notes are for staff, and for the customer where they say so`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.user(1), try await shop.user(2))
            try await shop.product(1)
            _ = try await shop.fill(1, as: ada)
            let order = try await shop.order(ada)
            let path = "/api/admin/orders/\(order.id)/notes/"
            for (text, isVisible) in [("check the address", false), ("gift wrapped", true)] {
                let body = #"{"text": "\#(text)", "is_visible": \#(isVisible)}"#
                let note = try await shop.call(.post, path, body, as: CheckoutHarness.admin)
                #expect(note.status == 201 && note["author_id"] == .number("999"))
            }
            #expect(try await shop.call(.post, path, #"{"text": ""}"#, as: CheckoutHarness.admin).status == 400)
            let read = "/api/orders/\(order.id)/notes/"
            let mine = try await shop.call(.get, read, as: ada)
            #expect(mine["count"] == .number("1") && mine["results"]?.array?.first?["text"] == .string("gift wrapped"))
            #expect(mine["results"]?.array?.first?["author_id"] == .null)
            #expect(try await shop.call(.get, read, as: CheckoutHarness.admin)["count"] == .number("2"))
            #expect(try await shop.call(.get, read, as: eve).status == 404)
            #expect(shop.access(.post, "/api/admin/orders/{order}/notes/") == .staff("orders.edit"))
        }
    }

    /// A filter, and how many of the two orders it shows.
    static let filters: [(query: String, count: Int)] = [
        ("status=pending", 1), ("status=processing", 1), ("payment_status=pending", 2), ("payment_method=cod", 1),
        ("user=1", 1), ("user=77", 0), ("vendor=3", 1), ("min_total=30", 1), ("max_total=30.00", 1),
        ("from=2027-01-15T08:00:00Z", 2), ("until=2027-01-15T08:00:00Z", 0), ("search=VAR-7", 0), ("search=SKU-2", 1),
        ("search=USER2@example.com", 1), ("search=nobody", 0), ("coupon=c", 0),
    ]

    @Test(arguments: Backend.available)
    func `staff find orders by every part of them`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            _ = try await shop.taken(by: ada)
            try await shop.execute("UPDATE order_items SET vendor_id = 3 WHERE sku = 'SKU-2'")
            _ = try await shop.fill(1, as: bob)
            let order = try await shop.order(bob)
            let number = try #require(order.text("order_number"))
            for (query, count) in Self.filters + [
                ("search=\(number.lowercased())", 1), ("search=\(number.prefix(6))", 1),
            ] {
                let list = try await shop.call(.get, "/api/admin/orders/?\(query)", as: CheckoutHarness.admin)
                #expect(
                    list["count"] == .number("\(count)") && list.statements <= 4, "\(query): \(list["count"] ?? .null)")
            }
            try await shop.execute("UPDATE orders SET notes = '=HYPERLINK(1)', tracking_number = '' WHERE user_id = 2")
            for (query, count) in [("", 2), ("?status=pending", 1), ("?user=77", 0)] {
                let table = try await shop.call(.get, "/api/admin/orders/export/\(query)", as: CheckoutHarness.admin)
                let rows = String(decoding: table.bytes, as: UTF8.self).split(separator: "\r\n")
                #expect(table.status == 200 && rows.count == count + 1 && rows[0].hasPrefix("order_number,created_at,"))
                if count == 1 { #expect(rows[1].hasPrefix("\(number),") && rows[1].hasSuffix(",'=HYPERLINK(1)")) }
            }
            #expect(shop.access(.get, "/api/admin/orders/export/") == .staff("orders.view"))
            for query in ["status=lost", "min_total=abc", "from=yesterday", "user=x", "ordering=magic"] {
                let list = try await shop.call(.get, "/api/admin/orders/?\(query)", as: CheckoutHarness.admin)
                #expect(list.status == 400, "\(query)")
            }
        }
    }
}

extension CheckoutHarness {
    /// Returns an order of three of product 1 and one of product 2 that has arrived.
    fileprivate func delivered(to identity: Identity, more: String = "") async throws -> Answer {
        _ = try await coupon(#""code": "C", "discount_type": "fixed_amount", "discount_value": 1"#)
        for id in 1...2 { try await product(Int64(id)) }
        _ = try await fill(1, 3, as: identity)
        _ = try await fill(2, 1, as: identity)
        var order = try await order(identity, by: "cod", more: more)
        for status in ["processing", "shipped", "delivered"] {
            order = try await call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "\#(status)"}"#, as: Self.admin)
            try #require(order.status == 200, "\(order.json)")
        }
        return order
    }

    /// Returns an order of what is in the cart that is on its way.
    fileprivate func shipped(by method: String, as identity: Identity) async throws -> Answer {
        var order = try await order(identity, by: method)
        try #require(order.status == 201, "\(order.json)")
        for status in ["processing", "shipped"] {
            order = try await call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "\#(status)"}"#, as: Self.admin)
            try #require(order.status == 200, "\(order.json)")
        }
        return order
    }

    /// Sends so many of the first line back, and has them received.
    fileprivate func receiveBack(_ order: Answer, _ count: Int, as identity: Identity) async throws -> Answer {
        let asked = try await sendBack(order, [(0, count)], as: identity)
        try #require(asked.status == 201, "\(asked.json)")
        let path = "/api/admin/returns/\(asked.id)/"
        _ = try await call(.post, path + "approve/", as: Self.admin)
        let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
        return try await call(
            .post, path + "receive/", #"{"items": [{"return_item_id": \#(part), "quantity": \#(count)}]}"#,
            as: Self.admin)
    }

    /// Asks to send back so many of lines, by their place.
    fileprivate func sendBack(
        _ order: Answer, _ parts: [(line: Int, count: Int)], as identity: Identity
    ) async throws -> Answer {
        let items = parts.map { part in
            #"{"order_item_id": \#(order.items[part.line]["id"]?.integer ?? 0), "quantity": \#(part.count)}"#
        }
        let body = #"{"items": [\#(items.joined(separator: ", "))]}"#
        return try await call(.post, "/api/orders/\(order.id)/returns/", body, as: identity)
    }
}

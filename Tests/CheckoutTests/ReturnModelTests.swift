import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Returns as a table of states and decisions, and their sums against books of the plainest kind.
@Suite struct ReturnModelTests {
    /// A state of a return, how it is reached, and what approving, rejecting and receiving it answer.
    private static let table: [(state: String, steps: [String], answers: [Int])] = [
        ("requested", [], [200, 200, 409]),
        ("approved", ["approve"], [409, 200, 200]),
        ("rejected", ["reject"], [409, 409, 409]),
        ("received", ["approve", "receive"], [409, 409, 409]),
    ]

    private static let decisions: [(verb: String, state: String)] = [
        ("approve", "approved"), ("reject", "rejected"), ("receive", "received"),
    ]

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available)
    func `a return is decided once and received once, and what is refused changes nothing`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 1_000)
            for (state, steps, answers) in Self.table {
                for (decision, expected) in zip(Self.decisions, answers) {
                    let order = try await shop.sent([(1, 2)], as: ada)
                    let asked = try await shop.askBack(order, line: 0, 2, as: ada)
                    try #require(asked.status == 201, "\(asked.json)")
                    for step in steps { #expect(try await shop.decide(asked, step, 2).status == 200) }
                    let before = try await shop.books(of: order.id)
                    let seen = try await shop.call(
                        .get, "/api/admin/returns/\(asked.id)/", as: CheckoutHarness.admin)
                    #expect(seen.text("status") == state)
                    let answer = try await shop.decide(asked, decision.verb, 2)
                    let place = "\(decision.verb), \(state): \(answer.json)"
                    #expect(answer.status == expected, "\(place)")
                    let after = try await shop.call(
                        .get, "/api/admin/returns/\(asked.id)/", as: CheckoutHarness.admin)
                    if expected == 200 {
                        #expect(answer.text("status") == decision.state && after.json == answer.json, "\(place)")
                    } else {
                        #expect(answer.text("code") == "invalid_transition", "\(place)")
                        #expect(answer.text("status") == state, "\(place)")
                        #expect(try await shop.books(of: order.id) == before, "\(place)")
                        #expect(after.json == seen.json, "\(place)")
                    }
                }
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    /// What staff may not count in, with the field that says so; `PART` is the return's only part, of two announced.
    private static let miscounts: [(body: String, field: String)] = [
        (#"{}"#, "items"), (#"{"items": []}"#, "items"), (#"{"items": "all"}"#, "items"),
        (#"{"items": [{"return_item_id": PART, "quantity": 3}]}"#, "items"),
        (#"{"items": [{"return_item_id": PART, "quantity": -1}]}"#, "items"),
        (#"{"items": [{"return_item_id": PART, "quantity": 1.5}]}"#, "items"),
        (#"{"items": [{"return_item_id": PART}]}"#, "items"),
        (#"{"items": [{"return_item_id": 4611686018427387904, "quantity": 1}]}"#, "items"),
        (#"{"items": [{"return_item_id": PART, "quantity": 2, "restock": "perhaps"}]}"#, "items"),
        (#"{"items": [{"return_item_id": PART, "quantity": 2}], "refund_shipping": "perhaps"}"#, "refund_shipping"),
    ]

    @Test(arguments: Backend.available)
    func `a count that cannot be is refused on its field and nothing is received`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100)
            let order = try await shop.sent([(1, 2)], as: ada)
            let asked = try await shop.askBack(order, line: 0, 2, as: ada)
            _ = try await shop.decide(asked, "approve", 2)
            let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
            let path = "/api/admin/returns/\(asked.id)/receive/"
            let before = try await shop.books(of: order.id)
            for (body, field) in Self.miscounts {
                let answer = try await shop.call(
                    .post, path, body.replacing("PART", with: String(part)), as: CheckoutHarness.admin)
                #expect(answer.status == 400 && answer[field] != nil, "\(body): \(answer.json)")
                #expect(try await shop.books(of: order.id) == before, "\(body)")
            }
            let none = #"{"items": [{"return_item_id": \#(part), "quantity": 0}]}"#
            let received = try await shop.call(.post, path, none, as: CheckoutHarness.admin)
            #expect(received.text("status") == "received" && received.text("refund_amount") == "0.00")
            #expect(try await shop.value("SELECT SUM(returned_quantity) FROM order_items") == 0)
            #expect(try await shop.askBack(order, line: 0, 2, as: ada).status == 201, "it may be announced again")
        }
    }

    /// A line of an order, and what came back of it.
    private struct Line {
        let id: Int64
        let product: Int64
        let quantity: Int
        /// What was paid for all of it, in cents.
        let paid: Int
        let onHand: Int
        var announced = 0
        var back = 0
        var restocked = 0

        /// What was given back for the first so many, rounded half up.
        func worth(_ count: Int) -> Int { (2 * paid * count + quantity) / (2 * quantity) }
    }

    /// A return that is neither rejected nor received.
    private struct Open {
        let answer: CheckoutHarness.Answer
        let line: Int
        let count: Int
        var isApproved = false
    }

    private struct Books {
        var lines: [Line]
        var open: [Open] = []
        var refunded = 0
        var notes = 0
        let shipping: Int
        var isShippingBack = false
    }

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `what comes back in whatever order is worth what was paid for it, and never more`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.175""#)
            try await shop.method(#""code": "post", "name": "Post", "price": "4.99""#)
            _ = try await shop.coupon(#""code": "C", "discount_type": "fixed_amount", "discount_value": "1.37""#)
            try await shop.product(1, price: 999, stock: 100)
            try await shop.product(2, price: 1_237, stock: 100)
            let counts = [3 + random.number(below: 5), 2 + random.number(below: 4)]
            let order = try await shop.sent(
                [(1, counts[0]), (2, counts[1])], as: ada, by: "bank_transfer", more: #", "coupon_code": "C""#)
            var books = try await self.books(of: order, shop)
            for step in 0..<60 {
                switch random.number(below: 5) {
                case 0, 1: try await announce(random, order, shop, ada, &books)
                case 2: try await decide("approve", random, shop, &books)
                case 3 where random.number(below: 3) == 0: try await decide("reject", random, shop, &books)
                default: try await receive(random, shop, &books)
                }
                try await compare(shop, books, "step \(step)")
            }
            let sum = books.lines.map(\.paid).reduce(0, +) + books.shipping
            #expect(books.refunded <= sum)
            let total = try await shop.value("SELECT total FROM orders")
            #expect(total == sum, "the parts add up to the whole")
            #expect(try await shop.stockIsConsistent())
        }
    }

    private func books(of order: CheckoutHarness.Answer, _ shop: CheckoutHarness) async throws -> Books {
        let rows: [(Int64, Int64, Int, Int)] = try await shop.database.read {
            try $0.tuples("SELECT id, product_id, quantity, subtotal - discount + tax FROM order_items ORDER BY id")
        }
        var lines: [Line] = []
        for (id, product, quantity, paid) in rows {
            let onHand = try await shop.stockOf(product).first ?? 0
            lines.append(Line(id: id, product: product, quantity: quantity, paid: paid, onHand: onHand))
        }
        let shipping = try await shop.value(
            "SELECT shipping_cost + tax - (SELECT SUM(tax) FROM order_items) FROM orders")
        return Books(lines: lines, shipping: shipping)
    }

    private func announce(
        _ random: RandomSource, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ ada: Identity,
        _ books: inout Books
    ) async throws {
        let index = random.number(below: books.lines.count)
        let count = 1 + random.number(below: 3)
        let left = books.lines[index].quantity - books.lines[index].announced
        let asked = try await shop.askBack(order, line: index, count, as: ada)
        guard count <= left else {
            #expect(asked.status == 400 && asked["items"] != nil, "\(count) of \(left): \(asked.json)")
            return
        }
        try #require(asked.status == 201, "\(count) of \(left): \(asked.json)")
        books.lines[index].announced += count
        books.open.append(Open(answer: asked, line: index, count: count))
    }

    private func decide(
        _ verb: String, _ random: RandomSource, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        guard !books.open.isEmpty else { return }
        let index = random.number(below: books.open.count)
        let found = books.open[index]
        let answer = try await shop.decide(found.answer, verb, 0)
        guard verb == "approve" else {
            #expect(answer.status == 200, "\(answer.json)")
            books.lines[found.line].announced -= found.count
            books.open.remove(at: index)
            return
        }
        #expect(answer.status == (found.isApproved ? 409 : 200), "\(answer.json)")
        books.open[index].isApproved = true
    }

    private func receive(_ random: RandomSource, _ shop: CheckoutHarness, _ books: inout Books) async throws {
        guard !books.open.isEmpty else { return }
        let index = random.number(below: books.open.count)
        let found = books.open[index]
        let (count, isRestocked) = (random.number(below: found.count + 2), random.number(below: 2) == 0)
        let wantsShipping = random.number(below: 4) == 0
        let part = found.answer["items"]?.array?.first?["id"]?.integer ?? 0
        let answer = try await shop.call(
            .post, "/api/admin/returns/\(found.answer.id)/receive/",
            """
            {"items": [{"return_item_id": \(part), "quantity": \(count), "restock": \(isRestocked)}],
            "refund_shipping": \(wantsShipping)}
            """, as: CheckoutHarness.admin)
        guard found.isApproved else {
            #expect(answer.status == 409 && answer.text("code") == "invalid_transition", "\(answer.json)")
            return
        }
        guard count <= found.count else {
            #expect(answer.status == 400 && answer["items"] != nil, "\(answer.json)")
            return
        }
        guard !wantsShipping || !books.isShippingBack else {
            #expect(answer.status == 409 && answer.text("code") == "shipping_already_refunded", "\(answer.json)")
            return
        }
        try #require(answer.status == 200, "\(answer.json)")
        let line = books.lines[found.line]
        var refund = line.worth(line.back + count) - line.worth(line.back)
        if wantsShipping {
            refund += books.shipping
            books.isShippingBack = true
        }
        let text = Currency.usd.text(Money(minorUnits: Int64(refund)))
        #expect(answer.text("refund_amount") == text, "\(answer.json)")
        #expect(answer.text("credit_amount") == text, "\(answer.json)")
        books.lines[found.line].announced -= found.count - count
        books.lines[found.line].back += count
        if isRestocked { books.lines[found.line].restocked += count }
        books.refunded += refund
        if refund > 0 { books.notes += 1 }
        books.open.remove(at: index)
    }

    private func compare(_ shop: CheckoutHarness, _ books: Books, _ step: String) async throws {
        let rows: [(Int, Int)] = try await shop.database.read {
            try $0.tuples("SELECT returned_quantity, refunded_quantity FROM order_items ORDER BY id")
        }
        try #require(rows.map(\.0) == books.lines.map(\.announced), "\(step)")
        try #require(rows.map(\.1) == books.lines.map(\.back), "\(step)")
        for line in books.lines {
            let stock = try await shop.stockOf(line.product)
            try #require(stock == [line.onHand + line.restocked, 0], "\(step): product \(line.product)")
        }
        let refunded = try await shop.value("SELECT COALESCE(SUM(refund_amount), 0) FROM returns")
        try #require(refunded == books.refunded, "\(step)")
        let notes = try await shop.value("SELECT COUNT(*) FROM invoices WHERE series = 'credit_note'")
        try #require(notes == books.notes, "\(step)")
    }
}

extension CheckoutHarness {
    /// An order of these products, each with how many, that has arrived; one by transfer was paid before.
    fileprivate func sent(
        _ lines: [(product: Int64, count: Int)], as identity: Identity, by method: String = "cod", more: String = ""
    ) async throws -> Answer {
        for line in lines { _ = try await fill(line.product, line.count, as: identity) }
        var order = try await order(identity, by: method, more: more)
        try #require(order.status == 201, "\(order.json)")
        let path = "/api/admin/orders/\(order.id)/"
        if method == "bank_transfer" {
            let amount = try #require(order.text("total"))
            order = try await call(.post, path + "payment/", #"{"amount": "\#(amount)"}"#, as: Self.admin)
            try #require(order.status == 200, "\(order.json)")
        }
        let statuses = method == "cod" ? ["processing", "shipped", "delivered"] : ["shipped", "delivered"]
        for status in statuses {
            order = try await call(.put, path + "status/", #"{"status": "\#(status)"}"#, as: Self.admin)
            try #require(order.status == 200, "\(order.json)")
        }
        return order
    }

    fileprivate func askBack(_ order: Answer, line: Int, _ count: Int, as identity: Identity) async throws -> Answer {
        let item = order.items[line]["id"]?.integer ?? 0
        let body = #"{"items": [{"order_item_id": \#(item), "quantity": \#(count)}]}"#
        return try await call(.post, "/api/orders/\(order.id)/returns/", body, as: identity)
    }

    /// Approves, rejects or receives a return of one part, of which so many arrived.
    fileprivate func decide(_ asked: Answer, _ verb: String, _ count: Int) async throws -> Answer {
        let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
        let body =
            verb == "receive" ? #"{"items": [{"return_item_id": \#(part), "quantity": \#(count)}]}"# : "{}"
        return try await call(.post, "/api/admin/returns/\(asked.id)/\(verb)/", body, as: Self.admin)
    }
}

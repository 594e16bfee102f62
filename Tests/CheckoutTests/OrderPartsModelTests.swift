import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Orders that leave in parcels, arrive in parcels and are cancelled in parts, against counts of each line.
@Suite struct OrderPartsModelTests {
    private struct Line {
        let id: Int64
        let product: Int64
        let quantity: Int
        var shipped = 0
        var delivered = 0
        var cancelled = 0

        var live: Int { quantity - cancelled }
        var left: Int { live - shipped }

        var status: String {
            if live == 0 { return "cancelled" }
            if delivered == live { return "delivered" }
            return shipped == live ? "shipped" : "processing"
        }
    }

    private struct Parcel {
        let id: Int64
        let line: Int
        let count: Int
        var hasArrived = false
    }

    private struct Books {
        var lines: [Line] = []
        var parcels: [Parcel] = []
        /// Whether the order was cancelled as a whole, with what was still live of it.
        var hasEnded = false

        var isLeft: Bool { !hasEnded && lines.contains { $0.left > 0 } }

        var status: String {
            let live = hasEnded ? [] : lines.map(\.status).filter { $0 != "cancelled" }
            return ["processing", "shipped", "delivered"].first { live.contains($0) } ?? "cancelled"
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `however an order is cut, each unit leaves once or is cancelled once, and its stock follows`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...3 { try await shop.product(Int64(id), stock: 500) }
            var gone = [0, 0, 0]
            for round in 0..<6 {
                let order = try await taken(shop, as: ada, random)
                var books = Books()
                for item in order.items {
                    books.lines.append(
                        Line(
                            id: item["id"]?.integer ?? 0, product: item["product_id"]?.integer ?? 0,
                            quantity: Int(item["quantity"]?.integer ?? 0)))
                }
                for step in 0..<16 {
                    switch random.number(below: 5) {
                    case 0, 1: try await ship(random, order, shop, &books)
                    case 2: try await cancel(random, order, shop, &books)
                    case 3: try await deliver(random, order, shop, &books)
                    default: try await cancelAll(random, order, shop, ada, &books)
                    }
                    try await compare(order, shop, books, gone, "round \(round), step \(step)")
                }
                for line in books.lines { gone[Int(line.product) - 1] += line.shipped }
                // What is left holds no stock, so that the next round begins with none held.
                if books.isLeft {
                    let path = "/api/admin/orders/\(order.id)/cancel-rest/"
                    #expect(try await shop.call(.post, path, "{}", as: CheckoutHarness.admin).status == 200)
                }
                #expect(try await shop.stockIsConsistent())
            }
        }
    }

    private func taken(
        _ shop: CheckoutHarness, as ada: Identity, _ random: RandomSource
    ) async throws -> CheckoutHarness.Answer {
        for id in 1...3 { _ = try await shop.fill(Int64(id), 1 + random.number(below: 4), as: ada) }
        let order = try await shop.order(ada, by: "cod")
        try #require(order.status == 201, "\(order.json)")
        let taken = try await shop.call(
            .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "processing"}"#, as: CheckoutHarness.admin)
        try #require(taken.status == 200, "\(taken.json)")
        return taken
    }

    private static func items(_ line: Line, _ count: Int) -> String {
        #"{"items": [{"order_item_id": \#(line.id), "quantity": \#(count)}]}"#
    }

    /// Asks for something to be done to `count` of a line; nil where that is refused as the books have it.
    private func ask(
        _ path: String, _ status: Int, _ index: Int, _ count: Int, _ order: CheckoutHarness.Answer,
        _ shop: CheckoutHarness, _ books: Books
    ) async throws -> CheckoutHarness.Answer? {
        let answer = try await shop.call(
            .post, "/api/admin/orders/\(order.id)/\(path)/", Self.items(books.lines[index], count),
            as: CheckoutHarness.admin)
        guard books.isLeft else {
            #expect(answer.status == 409 && answer.text("code") == "invalid_transition", "\(answer.json)")
            return nil
        }
        guard count <= books.lines[index].left else {
            #expect(answer.status == 400 && answer["items"] != nil, "\(answer.json)")
            return nil
        }
        try #require(answer.status == status, "\(answer.json)")
        return answer
    }

    private func ship(
        _ random: RandomSource, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        let (index, count) = (random.number(below: 3), 1 + random.number(below: 3))
        guard let answer = try await ask("shipments", 201, index, count, order, shop, books) else { return }
        books.lines[index].shipped += count
        books.parcels.append(Parcel(id: answer.id, line: index, count: count))
    }

    private func cancel(
        _ random: RandomSource, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        let (index, count) = (random.number(below: 3), 1 + random.number(below: 3))
        guard try await ask("cancel-rest", 200, index, count, order, shop, books) != nil else { return }
        let rest = books.lines.map(\.live).reduce(0, +) - count
        if rest == 0 { books.hasEnded = true } else { books.lines[index].cancelled += count }
    }

    private func deliver(
        _ random: RandomSource, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ books: inout Books
    ) async throws {
        let path = "/api/admin/orders/\(order.id)/shipments/"
        guard !books.parcels.isEmpty else {
            let none = try await shop.call(.put, path + "4611686018427387904/deliver/", as: CheckoutHarness.admin)
            #expect(none.status == 404, "\(none.json)")
            return
        }
        let index = random.number(below: books.parcels.count)
        let parcel = books.parcels[index]
        let answer = try await shop.call(.put, path + "\(parcel.id)/deliver/", as: CheckoutHarness.admin)
        #expect(answer.status == (parcel.hasArrived ? 409 : 200), "\(answer.json)")
        guard !parcel.hasArrived else { return }
        books.parcels[index].hasArrived = true
        books.lines[parcel.line].delivered += parcel.count
    }

    /// The customer takes the whole order back, which they can until something has left.
    private func cancelAll(
        _ random: RandomSource, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ ada: Identity,
        _ books: inout Books
    ) async throws {
        let isFree = books.parcels.isEmpty && !books.hasEnded
        guard !isFree || random.number(below: 6) == 0 else { return }
        let answer = try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada)
        #expect(answer.status == (isFree ? 200 : 409), "\(answer.json)")
        if isFree { books.hasEnded = true }
    }

    private func compare(
        _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, _ books: Books, _ gone: [Int], _ step: String
    ) async throws {
        let seen = try await shop.call(.get, "/api/orders/\(order.id)/", as: CheckoutHarness.admin)
        try #require(seen.text("status") == books.status, "\(step): \(seen.json)")
        #expect(seen["shipments"]?.array?.count == books.parcels.count, "\(step)")
        let isPaid = books.status == "delivered"
        #expect(seen.text("payment_status") == (isPaid ? "paid" : "pending"), "\(step): cash is paid with the last")
        for (line, item) in zip(books.lines, seen.items) {
            let place = "\(step): \(item)"
            #expect(item["shipped_quantity"]?.integer == Int64(line.shipped), "\(place)")
            if !books.hasEnded {
                #expect(item["cancelled_quantity"]?.integer == Int64(line.cancelled), "\(place)")
                #expect(item["status"]?.text == line.status, "\(place)")
            }
            let held = books.hasEnded ? 0 : line.left
            let onHand = 500 - gone[Int(line.product) - 1] - line.shipped
            #expect(try await shop.stockOf(line.product) == [onHand, held], "\(place)")
        }
    }
}

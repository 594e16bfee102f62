import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CheckoutShipmentTests {
    @Test(arguments: Backend.available)
    func `an order leaves in parcels, and its status follows the least advanced line`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.taken(by: ada)
            let items = order.items.map { $0["id"]?.integer ?? 0 }
            let path = "/api/admin/orders/\(order.id)/shipments/"
            let first = try await shop.call(
                .post, path,
                """
                {"items": [{"order_item_id": \(items[0]), "quantity": 2}, {"order_item_id": \(items[1]), "quantity": 1}],
                "tracking_number": "T1", "carrier": "DHL"}
                """, as: CheckoutHarness.admin)
            #expect(first.status == 201 && first.text("tracking_number") == "T1", "\(first.json)")
            var now = try await shop.call(.get, "/api/orders/\(order.id)/", as: ada)
            #expect(now.text("status") == "processing" && now.statements <= 6)
            #expect(now.items.map { $0["shipped_quantity"] } == [.number("2"), .number("1")])
            #expect(now.items.map { $0["status"]?.text } == ["processing", "shipped"])
            #expect(try await [shop.stockOf(1), shop.stockOf(2)] == [[8, 1], [9, 0]])
            #expect(try await shop.stockIsConsistent())
            #expect(try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status == 409)
            let rest = try await shop.call(.post, path, "{}", as: CheckoutHarness.admin)
            #expect(rest["items"]?.array?.count == 1)
            let arrive = path + "\(first.id)/deliver/"
            #expect(try await shop.call(.put, arrive, as: CheckoutHarness.admin).text("status") == "delivered")
            #expect(try await shop.call(.put, arrive, as: CheckoutHarness.admin).status == 409)
            now = try await shop.call(.get, "/api/orders/\(order.id)/", as: ada)
            #expect(now.text("status") == "shipped" && now["shipments"]?.array?.count == 2)
            #expect(now.items.map { $0["status"]?.text } == ["shipped", "delivered"])
            let end = try await shop.call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
            #expect(end.text("status") == "delivered" && end.text("payment_status") == "paid", "\(end.json)")
            #expect(try await shop.stockOf(1) == [7, 0])
            #expect(try await shop.stockIsConsistent())
            let mails: Query = "SELECT COUNT(*) FROM jobs WHERE kind = 'mail.send'"
            #expect(try await shop.value(mails) == 4)
        }
    }

    /// What cannot be put into a parcel.
    static let refused: [(items: String, status: Int)] = [
        (#"[{"order_item_id": 1, "quantity": 4}]"#, 400), (#"[{"order_item_id": 77, "quantity": 1}]"#, 400),
        (#"[{"order_item_id": 1, "quantity": 0}]"#, 400), (#"[{"quantity": 1}]"#, 400),
        (#"[{"order_item_id": 1, "quantity": 1}, {"order_item_id": 1, "quantity": 1}]"#, 400),
    ]

    @Test(arguments: Backend.available)
    func `a parcel never holds more than is left, and nothing before the order is taken on`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.taken(by: ada)
            let first = order.items[0]["id"]?.integer ?? 0
            let path = "/api/admin/orders/\(order.id)/shipments/"
            for (items, status) in Self.refused {
                let body = #"{"items": \#(items.replacing("_id\": 1,", with: "_id\": \(first),"))}"#
                let answer = try await shop.call(.post, path, body, as: CheckoutHarness.admin)
                #expect(answer.status == status && answer["items"] != nil, "\(items): \(answer.json)")
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM shipments") == 0)
            _ = try await shop.fill(1, as: ada)
            let card = try await shop.order(ada)
            let early = try await shop.call(
                .post, "/api/admin/orders/\(card.id)/shipments/", "{}", as: CheckoutHarness.admin)
            #expect(early.status == 409 && early.text("code") == "invalid_transition")
            #expect(
                try await shop.call(.post, "/api/admin/orders/77/shipments/", as: CheckoutHarness.admin).status == 404)
            #expect(shop.access(.post, "/api/admin/orders/{order}/shipments/") == .staff("orders.edit"))
        }
    }

    @Test(arguments: Backend.available)
    func `two who ship the same order, and one who cancels, never send more than was ordered`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for round in 1...6 {
                let ada = try await shop.user(Int64(round))
                let order = try await shop.taken(by: ada, products: round == 1, stock: 100)
                let ship = "/api/admin/orders/\(order.id)/shipments/"
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<2 {
                        group.addTask { try await shop.call(.post, ship, "{}", as: CheckoutHarness.admin).status }
                    }
                    group.addTask { try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status }
                    return try await group.reduce(into: []) { $0.append($1) }.sorted()
                }
                #expect(statuses == [200, 409, 409] || statuses == [201, 409, 409], "\(statuses)")
                #expect(try await shop.stockIsConsistent())
            }
            let over: Query = "SELECT COUNT(*) FROM order_items WHERE shipped_quantity > quantity"
            #expect(try await shop.value(over) == 0)
        }
    }
}

extension CheckoutHarness {
    /// Returns an order by cash of three of product 1 and one of product 2 that staff have taken on.
    func taken(by identity: Identity, products: Bool = true, stock: Int = 10) async throws -> Answer {
        if products { for id in 1...2 { try await product(Int64(id), stock: stock) } }
        _ = try await fill(1, 3, as: identity)
        _ = try await fill(2, 1, as: identity)
        let order = try await order(identity, by: "cod")
        try #require(order.status == 201, "\(order.json)")
        let taken = try await call(
            .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "processing"}"#, as: Self.admin)
        try #require(taken.status == 200, "\(taken.json)")
        return taken
    }
}

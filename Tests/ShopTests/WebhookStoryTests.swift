import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// What the whole shop tells a receiver, topic by topic.
@Suite(.timeLimit(.minutes(5)))
struct WebhookStoryTests {
    private static let settings = [
        "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8", "SANDBOX_GATEWAY": "true",
    ]

    /// A shop with a receiver of everything.
    private struct Stage: Sendable {
        let stand: ShopHarness
        let admin: HTTPProbe
        let receiver: HTTPProbe

        init(_ stand: ShopHarness, receiver: HTTPProbe) async throws {
            self.stand = stand
            self.receiver = receiver
            admin = try await stand.admin()
            let made = try await admin.send(
                "POST", "/api/admin/webhooks/",
                json: ["url": .string("http://127.0.0.1:\(receiver.port)/hook"), "topics": .array(["*"])])
            try #require(made.status == 201, "\(made.text)")
        }

        /// Waits for the events of a topic; returns what they hold, in the order in which they were published.
        func events(_ topic: String, count: Int = 1) async throws -> [JSONValue] {
            var found: [JSONValue] = []
            try await poll("\(count) of \(topic)", atMost: .seconds(20)) {
                found = try await receiver.send("GET", "/_control/seen/").json.elements.compactMap { message in
                    try JSONValue(parsing: Array((message["body"]?.text ?? "").utf8))
                }.filter { $0["type"]?.text == topic }
                return found.count >= count
            }
            #expect(found.count == count, "\(topic): \(found.count)")
            return found.sorted { ($0["timestamp"]?.text ?? "") < ($1["timestamp"]?.text ?? "") }.compactMap {
                $0["data"]
            }
        }

        func sent(_ method: String, _ path: String, _ json: JSONValue = [:]) async throws -> ProbeResponse {
            try await PaymentDesk(payer: admin, admin: admin).sent(method, path, json, by: admin)
        }
    }

    private static func onStage(
        _ backend: Backend, _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let peer = try OutboundPeer("event_receiver.py")
        let receiver = HTTPProbe(port: peer.greeting.port)
        try await withShop(backend, settings: settings) { try await body(try await Stage($0, receiver: receiver)) }
        withExtendedLifetime(peer) {}
    }

    @Test(arguments: Backend.available)
    func `products, stock and customers are told of as the API shows them`(_ backend: Backend) async throws {
        try await Self.onStage(backend) { stage in
            let id = try await stage.stand.product("Lamp", stock: 5, by: stage.admin)
            let path = "/api/products/\(id)/"
            let shown = try await stage.sent("GET", path).json
            #expect(try await stage.events("product.created") == [shown])
            _ = try await stage.sent("PATCH", path, ["price": "12.00"])
            let changed = try await stage.sent("GET", path).json
            #expect(try await stage.events("product.updated") == [changed])
            _ = try await stage.sent(
                "POST", path + "variants/",
                ["sku": "V1", "stock_quantity": 0, "options": .array([["type": "a", "value": "b"]])])
            #expect(try await stage.events("product.updated", count: 2)[1]["variants"]?.elements.count == 1)
            #expect(try await stage.events("stock.out")[0]["available_quantity"]?.number == 0)
            _ = try await stage.sent("DELETE", path)
            #expect(try await stage.events("product.deleted")[0]["id"]?.number == id)
            _ = try await stage.stand.customer("ada@example.com")
            let customer = try await stage.events("customer.created")[0]
            let user = try await stage.sent("GET", "/api/users/\(CommerceFixture.text(customer["id"]))/").json
            #expect(customer["email"]?.text == "ada@example.com")
            #expect(customer.members.keys.sorted() == user.members.keys.sorted())
        }
    }

    @Test(arguments: Backend.available)
    func `orders, returns and refunds are told of as staff see them`(_ backend: Backend) async throws {
        try await Self.onStage(backend) { stage in
            let product = try await stage.stand.product("Lamp", stock: 5, by: stage.admin)
            let customer = try await stage.stand.customer()
            let order = try await Self.place(product, by: customer, stage, paidBy: "card")
            let path = "/api/admin/orders/\(order)/"
            #expect(try await stage.events("order.created")[0] == stage.sent("GET", "/api/orders/\(order)/").json)
            let desk = PaymentDesk(payer: customer, admin: stage.admin)
            let payment = try await desk.completed(order: order)
            #expect(try await stage.events("order.paid")[0]["payment_status"]?.text == "paid")
            for status in ["shipped", "delivered"] {
                _ = try await stage.sent("PUT", path + "status/", ["status": .string(status)])
                #expect(try await stage.events("order." + status)[0]["status"]?.text == status)
            }
            let shown = try await stage.sent("GET", "/api/orders/\(order)/").json
            #expect(try await stage.events("order.delivered")[0] == shown)
            let item = try #require(shown["items"]?[0]?["id"])
            let back = try await desk.sent(
                "POST", "/api/orders/\(order)/returns/",
                ["items": .array([["order_item_id": item, "quantity": 1, "reason": "x"]])], by: customer)
            #expect(try await stage.events("return.requested") == [back.json])
            let returned = "/api/admin/returns/\(CommerceFixture.text(back["id"]))/"
            let approved = try await stage.sent("POST", returned + "approve/")
            #expect(try await stage.events("return.approved") == [approved.json])
            let part = try #require(back["items"]?[0]?["id"])
            let received = try await stage.sent(
                "POST", returned + "receive/", ["items": .array([["return_item_id": part, "quantity": 1]])])
            let told = try await stage.events("return.received")[0]
            #expect(told["status"]?.text == "received" && told["items"] == received["items"])
            try await Self.refund(payment, stage)
        }
    }

    @Test(arguments: Backend.available)
    func `vendors and reviews are told of as staff see them`(_ backend: Backend) async throws {
        try await Self.onStage(backend) { stage in
            let (seller, buyer) = (
                try await stage.stand.customer("vera@example.com"), try await stage.stand.customer()
            )
            try await stage.stand.verifyAll()
            let applied = try await seller.send(
                "POST", "/api/vendors/register/", json: ["business_name": "Vera", "business_type": "company"])
            try #require(applied.status == 201, "\(applied.text)")
            let approved = try await stage.sent(
                "PUT", "/api/admin/vendors/\(CommerceFixture.text(applied["id"]))/approve/")
            #expect(try await stage.events("vendor.approved") == [approved.json])
            let product = try await stage.stand.product("Lamp", stock: 5, by: stage.admin)
            let order = try await Self.place(product, by: buyer, stage, paidBy: "cod")
            for status in ["processing", "shipped", "delivered"] {
                _ = try await stage.sent(
                    "PUT", "/api/admin/orders/\(order)/status/", ["status": .string(status)])
            }
            let written = try await buyer.send(
                "POST", "/api/products/\(product)/reviews/",
                json: ["rating": 4, "title": "Good", "review_text": "It shines."])
            try #require(written.status == 201, "\(written.text)")
            let list = try await stage.sent("GET", "/api/admin/reviews/")
            #expect(try await stage.events("review.created") == list["results"]?.elements)
        }
    }

    private static func place(
        _ product: Int, by customer: HTTPProbe, _ stage: Stage, paidBy method: String
    ) async throws -> String {
        _ = try await customer.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        let placed = try await customer.send(
            "POST", "/api/orders/",
            json: [
                "shipping_address_id": try await stage.stand.address(of: customer), "payment_method": .string(method),
            ])
        try #require(placed.status == 201, "\(placed.text)")
        return CommerceFixture.text(placed["id"])
    }

    /// A refund was asked for by the return; staff approve it, and the gateway has it done.
    private static func refund(_ payment: String, _ stage: Stage) async throws {
        let created = try await stage.events("refund.created")
        let id = CommerceFixture.text(created[0]["id"])
        #expect(created[0]["status"]?.text == "requested")
        _ = try await stage.sent("POST", "/api/admin/refunds/\(id)/approve/")
        let completed = try await stage.events("refund.completed")[0]
        #expect(CommerceFixture.text(completed["id"]) == id && completed["status"]?.text == "completed")
        let list = try await stage.sent("GET", "/api/admin/refunds/")
        #expect(list["results"]?[0] == completed)
    }

    @Test(arguments: Backend.available)
    func `an order that is cancelled is told of once`(_ backend: Backend) async throws {
        try await Self.onStage(backend) { stage in
            let product = try await stage.stand.product("Lamp", stock: 1, by: stage.admin)
            let customer = try await stage.stand.customer()
            let order = try await Self.place(product, by: customer, stage, paidBy: "cod")
            let out = try await stage.events("stock.out")[0]
            #expect(out["product_id"]?.number == product && out["reserved_quantity"]?.number == 1)
            _ = try await stage.sent("PUT", "/api/admin/orders/\(order)/status/", ["status": "cancelled"])
            #expect(try await stage.events("order.cancelled")[0]["status"]?.text == "cancelled")
        }
    }

    @Test func `an order costs no statement more where nobody listens to orders`() async throws {
        try await withShop(.sqlite, settings: Self.settings.merging(["DEBUG": "true"]) { $1 }) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", stock: 50, by: admin)
            let customer = try await stand.customer()
            let stage = (customer: customer, home: try await stand.address(of: customer))
            func statements() async throws -> Int {
                _ = try await stage.customer.send(
                    "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
                let placed = try await stage.customer.send(
                    "POST", "/api/orders/", json: ["shipping_address_id": stage.home, "payment_method": "cod"])
                try #require(placed.status == 201, "\(placed.text)")
                return try #require(placed.header("X-SQL-Statements").flatMap { Int($0) })
            }
            var before: [Int] = []
            for _ in 0..<4 { before.append(try await statements()) }
            let made = try await admin.send(
                "POST", "/api/admin/webhooks/",
                json: ["url": "http://127.0.0.1:9/", "topics": .array(["customer.created"])])
            try #require(made.status == 201, "\(made.text)")
            var after: [Int] = []
            for _ in 0..<4 { after.append(try await statements()) }
            // Every two seconds one asks who listens.
            #expect((after.max() ?? 0) <= (before.min() ?? 0) + 1, "\(before) \(after)")
        }
    }
}

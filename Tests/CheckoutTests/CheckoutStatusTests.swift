import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CheckoutStatusTests {
    @Test(arguments: Backend.available)
    func `cash on delivery goes its way and is paid at the door`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, staff) = (try await shop.user(1), try await shop.user(2, role: .admin))
            let id = try await placed(shop, ada, by: "cod").id
            let path = "/api/admin/orders/\(id)/status/"
            let early = try await shop.call(.put, path, #"{"status": "shipped"}"#, as: staff)
            #expect(early.status == 409 && early.text("code") == "invalid_transition")
            #expect(early["allowed"] == .array([.string("processing"), .string("cancelled")]))
            _ = try await shop.call(.put, path, #"{"status": "processing", "note": "checked"}"#, as: staff)
            let shipped = try await shop.call(
                .put, path, #"{"status": "shipped", "tracking_number": "T1"}"#, as: staff)
            #expect(shipped.text("tracking_number") == "T1" && shipped.text("payment_status") == "pending")
            #expect(shipped.items.allSatisfy { $0["status"] == .string("shipped") })
            #expect(try await shop.stockOf(1) == [8, 0])
            let late = try await shop.call(.put, "/api/orders/\(id)/cancel/", as: ada)
            #expect(late.status == 409 && late["allowed"] == .array([.string("delivered")]))
            let delivered = try await shop.call(.put, path, #"{"status": "delivered"}"#, as: staff)
            #expect(delivered.text("status") == "delivered" && delivered.text("payment_status") == "paid")
            let read = try await shop.call(.get, "/api/orders/\(id)/", as: staff)
            #expect(read.json == delivered.json)
            let history = read["history"]?.array ?? []
            #expect(history.map { $0["status"]?.text } == ["pending", "processing", "shipped", "delivered"])
            #expect(history.map { $0["actor"]?.text } == ["customer", "staff", "staff", "staff"])
            #expect(history[1]["note"] == .string("checked") && history[1]["actor_id"] == .number("2"))
            let own = try await shop.call(.get, "/api/orders/\(id)/", as: ada)
            #expect(own["history"]?.array?[1]["note"] == .null)
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `cancelling gives the stock back once and a second time says what is allowed`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let path = "/api/orders/\(try await placed(shop, ada).id)/cancel/"
            #expect(try await shop.call(.put, path, as: bob).status == 404)
            #expect(try await shop.call(.put, path).status == 401)
            let cancelled = try await shop.call(.put, path, #"{"reason": "changed my mind"}"#, as: ada)
            #expect(cancelled.status == 200 && cancelled.text("status") == "cancelled")
            #expect(cancelled["expires_at"] == .null)
            #expect(try await shop.stockOf(1) == [10, 0])
            let again = try await shop.call(.put, path, as: ada)
            #expect(again.status == 409 && again["allowed"] == .array([]))
            #expect(try await shop.stockOf(1) == [10, 0])
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `an unpaid order is cancelled when its time is over and not before`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await placed(shop, ada)
            #expect(order.text("expires_at") == "\(CheckoutHarness.start + .minutes(30))")
            shop.clock.advance(by: .minutes(29))
            try await shop.drainJobs()
            #expect(try await shop.call(.get, "/api/orders/\(order.id)/", as: ada).text("status") == "pending")
            shop.clock.advance(by: .minutes(1))
            try await shop.drainJobs()
            let expired = try await shop.call(.get, "/api/orders/\(order.id)/", as: ada)
            #expect(expired.text("status") == "cancelled")
            #expect(expired["history"]?.array?.last?["actor"] == .string("system"))
            #expect(try await shop.stockOf(1) == [10, 0])
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `cash, transfers and what staff took on do not expire with the others`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let staff = try await shop.user(9, role: .admin)
            var orders: [CheckoutHarness.Answer] = []
            try await shop.product(1)
            for (index, method) in ["cod", "bank_transfer", "card", "card"].enumerated() {
                let client = try await shop.user(Int64(index + 1))
                _ = try await shop.fill(1, 2, as: client)
                orders.append(try await shop.order(client, by: method))
            }
            _ = try await shop.call(
                .put, "/api/admin/orders/\(orders[2].id)/status/", #"{"status": "processing"}"#, as: staff)
            shop.clock.advance(by: .days(6))
            try await shop.drainJobs()
            let statuses: Query = "SELECT status FROM orders ORDER BY id"
            let after = try await shop.database.read { try $0.column(statuses, as: String.self) }
            #expect(after == ["pending", "pending", "processing", "cancelled"])
            shop.clock.advance(by: .days(1))
            try await shop.drainJobs()
            let later = try await shop.database.read { try $0.column(statuses, as: String.self) }
            #expect(later == ["pending", "cancelled", "processing", "cancelled"])
            #expect(try await shop.stockOf(1) == [10, 4])
        }
    }

    @Test(arguments: Backend.available)
    func `a guest cancels with the token`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1)
            let key = try #require(try await shop.fill(1, as: nil).text("session_key"))
            let body = """
                {"payment_method": "card", "email": "g@example.com", "shipping_address": {"full_name": "G",
                "address_line1": "1 Road", "city": "Paris", "country": "FR"}}
                """
            let order = try await shop.call(.post, "/api/orders/", body, headers: ["X-Session-Key": key])
            let path = "/api/orders/\(order.id)/cancel/"
            #expect(try await shop.call(.put, path).status == 401)
            let token = try #require(order.text("access_token"))
            #expect(try await shop.call(.put, path, headers: ["X-Order-Token": token]).status == 200)
        }
    }

    @Test func `staff's endpoints ask for their permission`() async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            #expect(shop.access(.put, "/api/admin/orders/{order}/status/") == .staff("orders.edit"))
            #expect(shop.access(.get, "/api/admin/orders/") == .staff("orders.view"))
            let sellers = Access.vendorOr("inventory.edit")
            for path in ["stock/", "stock/{product_id}/", "warehouses/", "movements/", "alerts/", "reports/low-stock/"]
            {
                #expect(shop.access(.get, "/api/inventory/\(path)") == sellers, "\(path)")
            }
            #expect(shop.access(.post, "/api/inventory/stock/adjust/") == sellers)
            #expect(shop.access(.put, "/api/inventory/alerts/{id}/resolve/") == sellers)
            for path in ["stock/transfer/", "receipts/", "warehouses/"] {
                #expect(shop.access(.post, "/api/inventory/\(path)") == .staff("inventory.edit"), "\(path)")
            }
            for path in ["tax-rates", "shipping-methods"] {
                #expect(shop.access(.post, "/api/admin/\(path)/") == .staff("settings.edit"))
            }
            for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
                #expect(shop.access(method, "/api/admin/coupons/{id}/") == .staff("coupons.edit"))
            }
            #expect(shop.access(.get, "/api/admin/coupons/{id}/usage/") == .staff("coupons.edit"))
            #expect(shop.access(.get, "/api/coupons/my-coupons/") == .user)
            #expect(shop.access(.get, "/api/orders/") == .user)
        }
    }

    private func placed(
        _ shop: CheckoutHarness, _ identity: Identity, by method: String = "card"
    ) async throws -> CheckoutHarness.Answer {
        try await shop.product(1)
        _ = try await shop.fill(1, 2, as: identity)
        return try await shop.order(identity, by: method)
    }
}

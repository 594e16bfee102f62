import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CheckoutRaceTests {
    @Test(arguments: Backend.available)
    func `64 clients racing for 100 units sell exactly 100`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            try await shop.product(2, stock: 1_000)
            let clients = try await users(64, shop)
            let sold = try await withThrowingTaskGroup(of: Int.self) { group in
                for client in clients {
                    group.addTask {
                        var sold = 0
                        for round in 0..<3 {
                            _ = try await shop.fill(Int64(round % 2 + 1), as: client)
                            let added = try await shop.fill(Int64((round + 1) % 2 + 1), as: client)
                            let order = try await shop.order(client, by: round == 0 ? "cod" : "card")
                            #expect(order.status == 201 || order.status == 409 || added.status == 400)
                            guard order.status == 201 else { continue }
                            sold += order.items.contains { $0["product_id"] == .number("1") } ? 1 : 0
                        }
                        return sold
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sold == 100)
            #expect(try await shop.stockOf(1) == [100, 100])
            #expect(try await shop.stockIsConsistent())
            let units: Query = "SELECT SUM(quantity) FROM order_items WHERE product_id = 1"
            #expect(try await shop.value(units) == 100)
        }
    }

    @Test(arguments: Backend.available)
    func `the last unit is sold to one of many`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 1)
            let clients = try await users(16, shop)
            for client in clients { _ = try await shop.fill(1, as: client) }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for client in clients { group.addTask { try await shop.order(client).status } }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [201: 1, 409: 15])
            #expect(try await shop.stockOf(1) == [1, 1])
            #expect(try await shop.value("SELECT COUNT(*) FROM orders") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a double click makes one order and tells its number`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            _ = try await shop.fill(1, as: ada)
            let answers = try await withThrowingTaskGroup(of: CheckoutHarness.Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.order(ada) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let placed = answers.filter { $0.status == 201 }
            #expect(placed.count == 1)
            let refused = answers.filter { $0.status == 409 }
            #expect(refused.count == 7)
            #expect(refused.allSatisfy { $0.text("code") == "cart_already_ordered" })
            #expect(Set(refused.map { $0.text("order_number") }) == [placed.first?.text("order_number")])
            #expect(try await shop.stockOf(1) == [10, 1])
        }
    }

    @Test(arguments: Backend.available)
    func `an order is cancelled or shipped, never both`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 12)
            let staff = try await shop.user(100, role: .admin)
            for client in try await users(12, shop) {
                _ = try await shop.fill(1, as: client)
                let order = try await shop.order(client, by: "cod")
                let status = "/api/admin/orders/\(order.id)/status/"
                _ = try await shop.call(.put, status, #"{"status": "processing"}"#, as: staff)
                async let cancelled = shop.call(.put, "/api/orders/\(order.id)/cancel/", as: client)
                async let shipped = shop.call(.put, status, #"{"status": "shipped"}"#, as: staff)
                #expect(try await Set([cancelled.status, shipped.status]) == [200, 409])
            }
            let shipped = try await shop.value("SELECT COUNT(*) FROM orders WHERE status = 'shipped'")
            #expect(try await shop.stockOf(1) == [12 - shipped, 0])
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `orders of many goods in crossing order all come through`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for id in 1...6 { try await shop.product(Int64(id), stock: 100) }
            let clients = try await users(32, shop)
            for (index, client) in clients.enumerated() {
                for step in 0..<6 {
                    let product = index.isMultiple(of: 2) ? step + 1 : 6 - step
                    _ = try await shop.fill(Int64(product), as: client)
                }
            }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for client in clients { group.addTask { try await shop.order(client).status } }
                for try await status in group { #expect(status == 201) }
            }
            #expect(try await shop.value("SELECT SUM(reserved) FROM stock_totals") == 32 * 6)
            #expect(try await shop.stockIsConsistent())
        }
    }

    private func users(_ count: Int, _ shop: CheckoutHarness) async throws -> [Identity] {
        var users: [Identity] = []
        for id in 1...count { users.append(try await shop.user(Int64(id))) }
        return users
    }
}

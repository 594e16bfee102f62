import Primitives
import SQL
import TestSupport
import Testing

/// Many clients over HTTP for few goods.
@Suite struct RaceTests {
    private static let clients = 64
    private static let units = 100

    @Test(arguments: Backend.available)
    func `64 clients racing for 100 units buy exactly 100`(backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Last", stock: Self.units, by: admin)
            let shoppers = try await Self.shoppers(stand)
            let statuses = await withTaskGroup(of: [Int].self) { group in
                for shopper in shoppers { group.addTask { await Self.buyUntilGone(product, shopper) } }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses.count { $0 == 201 } == Self.units)
            #expect(Set(statuses).isSubset(of: [201, 400, 409]), "\(Set(statuses))")
            let stock = try await admin.send("GET", "/api/inventory/stock/\(product)/")
            #expect(stock["available_quantity"]?.number == 0, "\(stock.text)")
            #expect(stock["reserved_quantity"]?.number == Self.units)
            #expect(try await admin.send("GET", "/api/admin/orders/")["count"]?.number == Self.units)
        }
    }

    private static func shoppers(_ stand: ShopHarness) async throws -> [(HTTPProbe, JSONValue)] {
        try await withThrowingTaskGroup(of: (HTTPProbe, JSONValue).self) { group in
            for number in 0..<clients {
                group.addTask {
                    let shopper = try await stand.customer("racer\(number)@example.com")
                    return (shopper, try await stand.address(of: shopper))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Buys one at a time until the shop says that there are no more; the statuses of its orders and refused adds.
    private static func buyUntilGone(_ product: Int, _ shopper: (HTTPProbe, JSONValue)) async -> [Int] {
        var statuses: [Int] = []
        while statuses.last == nil || statuses.last == 201 {
            do {
                let added = try await shopper.0.send(
                    "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 1])
                guard added.status == 201 else { return statuses + [added.status] }
                let order = try await shopper.0.send(
                    "POST", "/api/orders/", json: ["shipping_address_id": shopper.1, "payment_method": "cod"])
                statuses.append(order.status)
            } catch {
                Issue.record(error)
                return statuses + [0]
            }
        }
        return statuses
    }
}

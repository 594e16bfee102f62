import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

/// The number of orders in each status.
@Suite struct OrderCountTests {
    @Test(arguments: Backend.available)
    func `orders are counted by their status in one statement, those of no order as zero`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            #expect(try await counts(shop) == [0, 0, 0, 0, 0])
            try await shop.product(1, stock: 10)
            for number in 1...3 {
                let buyer = try await shop.user(Int64(number))
                _ = try await shop.fill(1, as: buyer)
                let order = try await shop.order(buyer, by: "cod")
                try #require(order.status == 201, "\(order.json)")
                guard number == 3 else { continue }
                let end = try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: buyer)
                #expect(end.status == 200, "\(end.json)")
            }
            #expect(try await counts(shop) == [2, 0, 0, 0, 1])
            #expect(shop.access(.get, "/api/admin/orders/counts/") == .staff("orders.view"))
        }
    }

    /// Returns the numbers in the order of the statuses.
    private func counts(_ shop: CheckoutHarness) async throws -> [Int64] {
        let answer = try await shop.call(.get, "/api/admin/orders/counts/", as: CheckoutHarness.admin)
        try #require(answer.status == 200 && answer.statements == 1, "\(answer.json)")
        let lines = answer["statuses"]?.array ?? []
        #expect(lines.map { $0["status"]?.text } == ["pending", "processing", "shipped", "delivered", "cancelled"])
        let numbers = lines.compactMap { $0["count"]?.integer }
        #expect(answer["total"]?.integer == numbers.reduce(0, +))
        return numbers
    }
}

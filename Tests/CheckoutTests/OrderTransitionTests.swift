import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Orders

/// Every status against every other: what may follow, what is told where it may not.
@Suite struct OrderTransitionTests {
    /// The way to each status from a new order.
    private static let ways: [(status: String, steps: [String])] = [
        ("pending", []), ("processing", ["processing"]), ("shipped", ["processing", "shipped"]),
        ("delivered", ["processing", "shipped", "delivered"]), ("cancelled", ["cancelled"]),
    ]

    private static let followers: [String: Set<String>] = [
        "pending": ["processing", "cancelled"], "processing": ["shipped", "cancelled"], "shipped": ["delivered"],
        "delivered": [], "cancelled": [],
    ]

    private func placed(_ shop: CheckoutHarness, as ada: Identity, _ steps: [String]) async throws -> Int64 {
        _ = try await shop.fill(1, 1, as: ada)
        let order = try await shop.order(ada, by: "cod")
        try #require(order.status == 201, "\(order.json)")
        for step in steps { try #require(try await move(shop, order.id, to: step).status == 200) }
        return order.id
    }

    private func move(_ shop: CheckoutHarness, _ order: Int64, to status: String) async throws -> CheckoutHarness.Answer
    {
        try await shop.call(
            .put, "/api/admin/orders/\(order)/status/", #"{"status": "\#(status)"}"#, as: CheckoutHarness.admin)
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available)
    func `an order goes one step forward or is cancelled before it ships, and nothing else`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100)
            for (status, steps) in Self.ways {
                let allowed = try #require(Self.followers[status])
                for next in OrderStatus.allCases.map(\.rawValue) {
                    let id = try await placed(shop, as: ada, steps)
                    let before = try await shop.call(.get, "/api/orders/\(id)/", as: CheckoutHarness.admin)
                    let answer = try await move(shop, id, to: next)
                    let after = try await shop.call(.get, "/api/orders/\(id)/", as: CheckoutHarness.admin)
                    if allowed.contains(next) {
                        #expect(answer.status == 200 && after.text("status") == next, "\(status) to \(next)")
                        #expect(answer.json == after.json)
                    } else {
                        #expect(answer.status == 409, "\(status) to \(next): \(answer.json)")
                        let told = Set((answer["allowed"]?.array ?? []).compactMap(\.text))
                        #expect(told == allowed, "\(status) to \(next)")
                        #expect(after.json == before.json, "a step that is refused changes nothing")
                    }
                }
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test func `the table of steps has no way back and ends where it should`() {
        for status in OrderStatus.allCases {
            #expect(
                OrderStatus.transitions[status]?.map(\.rawValue).sorted() == Self.followers[status.rawValue]?.sorted())
            #expect(!status.mayBecome(status))
            for next in OrderStatus.allCases where status.mayBecome(next) {
                #expect(!next.mayBecome(status) && next.predecessors.contains(status))
            }
        }
    }

    @Test func `whatever the parts, an order stands at its least advanced live one and is told what that may become`() {
        let all = OrderStatus.allCases
        for first in all {
            for second in all {
                for third in all {
                    let parts = [first, second, third]
                    let live = parts.filter { $0 != .cancelled }
                    let place = { (status: OrderStatus) in all.firstIndex(of: status) ?? 0 }
                    let expected = live.min { place($0) < place($1) } ?? .cancelled
                    #expect(OrderStatus.derived(from: parts) == expected)
                    let allowed = OrderStatus.allowed(from: parts)
                    #expect(allowed.isSubset(of: Set(parts.flatMap { OrderStatus.transitions[$0] ?? [] })))
                    let hasLeft = parts.contains(.shipped) || parts.contains(.delivered)
                    if hasLeft { #expect(!allowed.contains(.cancelled)) }
                }
            }
        }
    }

    @Test(arguments: [
        (#"{}"#, 400, "status"), (#"{"status": "lost"}"#, 400, "status"), (#"{"status": null}"#, 400, "status"),
        (#"{"status": "Processing"}"#, 400, "status"), (#"{"status": 1}"#, 400, "status"),
    ])
    func `a status that is none is refused on its field`(_ body: String, _ status: Int, _ field: String) async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            let id = try await placed(shop, as: ada, [])
            let answer = try await shop.call(
                .put, "/api/admin/orders/\(id)/status/", body, as: CheckoutHarness.admin)
            #expect(answer.status == status && answer[field] != nil, "\(answer.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `money is taken for what the order comes to, once, whichever way it came`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, price: 1_999, stock: 100)
            for (index, method) in ["card", "paypal", "bank_transfer", "cod"].enumerated() {
                let client = try await shop.user(Int64(index + 1))
                _ = try await shop.fill(1, 2, as: client)
                let order = try await shop.order(client, by: method)
                let path = "/api/admin/orders/\(order.id)/payment/"
                for wrong in [
                    #"{}"#, #"{"amount": "39.97"}"#, #"{"amount": "39.99"}"#, #"{"amount": "0"}"#, #"{"amount": "-1"}"#,
                ] {
                    let refused = try await shop.call(.post, path, wrong, as: CheckoutHarness.admin)
                    #expect(refused.status == 400 && refused["amount"] != nil, "\(method) \(wrong): \(refused.json)")
                }
                let paid = try await shop.call(.post, path, #"{"amount": "39.98"}"#, as: CheckoutHarness.admin)
                #expect(paid.status == 200 && paid.text("payment_status") == "paid", "\(method): \(paid.json)")
                let again = try await shop.call(.post, path, #"{"amount": "39.98"}"#, as: CheckoutHarness.admin)
                #expect(again.status == 409, "\(method): \(again.json)")
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM invoices") == 4)
            #expect(try await shop.value("SELECT COUNT(DISTINCT sequence) FROM invoices") == 4)
        }
    }
}

import Commerce
import Primitives
import TestSupport
import Testing

@testable import Payments

/// Disputes whose webhooks were lost, as reconciliation lists them.
@Suite struct PayPalChangesTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway
    private let now: Timestamp

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway()
        now = shop.clock.source.now
    }

    private func dispute(_ changes: [String: JSONValue] = [:]) async throws -> String {
        try #require(PayPalFields(try await shop.control("dispute", changes))["dispute"].text)
    }

    private func ids(_ pages: [[GatewayNotice]]) -> [[String]] {
        pages.map { page in
            page.compactMap { if case .dispute(let dispute, _, _) = $0 { dispute.id } else { nil } }
        }
    }

    private func disputes(from: Timestamp, until: Timestamp? = nil) async throws -> [[GatewayNotice]] {
        try await gateway.pages(.disputes, from: from, until: until ?? now + .hours(1))
    }

    @Test func `a dispute is told as it is now, with its capture and our id`() async throws {
        let payment = try await shop.captured(gateway)
        let capture = try #require(payment.names.transaction)
        let id = try await dispute(["capture": .string(capture)])
        let outcomes = [
            (nil, GatewayDispute.Status.open), ("RESOLVED_SELLER_FAVOUR", .won), ("RESOLVED_BUYER_FAVOUR", .lost),
        ]
        for (outcome, status) in outcomes {
            if let outcome {
                try await shop.control("end_dispute", ["dispute": .string(id), "outcome": .string(outcome)])
            }
            let expected = GatewayDispute(
                id, status, amount: Money(minorUnits: 1_000), reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
                dueBy: Timestamp("2030-01-01T00:00:00Z"))
            let names = GatewayLookup(transactionID: "pay_a1", transaction: capture)
            #expect(try await disputes(from: now - .days(2)) == [[.dispute(expected, of: names, currency: "EUR")]])
        }
    }

    @Test func `a span of time is listed page by page, and nothing beside it`() async throws {
        try await shop.control("permit", ["page_size": .number("2")])
        var made: [String] = []
        for days in [1, 3, 5, 7, 9, 11] as [Int64] {
            made.append(try await dispute(["create_time": .string((now - .days(days)).description)]))
        }
        let pages = try await disputes(from: now - .days(10), until: now - .days(2))
        #expect(ids(pages) == [[made[1]], [made[2], made[3]], [made[4]]])
        let asked = try await shop.requests("", "GET").filter {
            PayPalFields($0)["target"].text?.begins(with: "/v1/customer/disputes/") ?? false
        }
        #expect(asked.count == 4, "what is beside the span is not asked for")
    }

    @Test func `PayPal is asked about half a year at most`() async throws {
        let id = try await dispute(["create_time": .string((now - .days(170)).description)])
        #expect(ids(try await disputes(from: now - .days(400))) == [[id]])
    }

    @Test func `refunds stand in the other list, and nothing is asked for them`() async throws {
        #expect(try await gateway.pages(.refunds, from: now - .days(2), until: now) == [[]])
        #expect(try await shop.requests("", "GET").isEmpty)
    }

    @Test func `a missing permission is told`() async throws {
        try await shop.control("permit", ["disputes": .bool(false)])
        let failure = try await PayPalShop.failure { _ = try await disputes(from: now - .days(1)) }
        #expect(failure == "refused 403 PERMISSION_DENIED")
    }
}

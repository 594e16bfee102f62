import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Payments

/// Requests that come again.
@Suite struct SandboxKeyTests {
    @Test(arguments: Backend.available)
    func `the same key has the same answer, however often and whatever has happened since`(
        _ backend: Backend
    ) async throws {
        try await SandboxHarness.with(backend) { shop in
            let first = try await shop.gateway.create(shop.draft(), key: "k")
            let reference = try #require(first.names.reference)
            _ = try await shop.choose("pay", reference)
            #expect(try await shop.gateway.create(shop.draft(), key: "k") == first)
            let payment = try await shop.find(reference)
            let refund = try await shop.refund(500, of: payment, key: "r")
            #expect(try await shop.refund(500, of: payment, key: "r") == refund)
            #expect(try await shop.find(reference).refunds.count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a key is refused with other parameters or for another call`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            let gateway = shop.gateway
            for draft in [
                try shop.draft(2_000), try shop.draft(id: "pay_2"), try shop.draft(in: "USD"),
                try shop.draft(order: "2027-00043"), try shop.draft(to: "https://shop.test/"),
            ] {
                #expect(await refusal { try await gateway.create(draft, key: "create-pay_1") } == "idempotency_error")
            }
            #expect(
                await refusal { try await shop.refund(1, of: payment, key: "create-pay_1") } == "idempotency_error")
            _ = try await shop.refund(1, of: payment)
            #expect(
                await refusal { try await shop.refund(2, of: payment, key: "refund-1") } == "idempotency_error")
            #expect(
                await refusal { try await shop.refund(1, of: payment, id: 2, key: "refund-1") } == "idempotency_error")
            #expect(
                await refusal { try await gateway.create(shop.draft(), key: "") } == "idempotency_key_invalid")
        }
    }

    @Test(arguments: Backend.available)
    func `a refusal leaves its key free`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            #expect(await refusal { try await shop.refund(2_000, of: payment) } == "amount_too_large")
            #expect(try await shop.refund(1_999, of: payment).amount.minorUnits == 1_999)
        }
    }

    @Test(arguments: Backend.available)
    func `a key is forgotten after a day`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let first = try await shop.open()
            shop.clock.advance(by: .hours(24))
            #expect(try await shop.open() == first)
            shop.clock.advance(by: .seconds(1))
            #expect(try await shop.open() != first)
        }
    }

    private func count(_ query: Query, _ shop: SandboxHarness) async throws -> Int {
        try await shop.database.read { try $0.value(query, as: Int.self) } ?? 0
    }

    @Test(arguments: Backend.available)
    func `old keys and events are deleted, a few at a time, and nothing else`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            for key in ["a", "b", "c"] { _ = try await shop.paid(id: key) }
            let events = try await count("SELECT COUNT(*) FROM sandbox_events", shop)
            shop.clock.advance(by: .days(31))
            _ = try await shop.paid(id: "late")
            let (keys, all) = (
                try await count("SELECT COUNT(*) FROM sandbox_requests", shop),
                try await count("SELECT COUNT(*) FROM sandbox_events", shop)
            )
            let now = shop.clock.source.now
            var gone: [[Int]] = []
            repeat {
                gone.append(try await shop.database.write { tx in try Sandbox.purges.map { try $0(now, 2, tx) } })
            } while gone.last != [0, 0]
            #expect(gone.allSatisfy { $0.allSatisfy { $0 <= 2 } })
            #expect(gone.map { $0[0] }.reduce(0, +) == keys - 1 && gone.map { $0[1] }.reduce(0, +) == events)
            #expect(try await count("SELECT COUNT(*) FROM sandbox_events", shop) == all - events)
            #expect(try await count("SELECT COUNT(*) FROM sandbox_payments", shop) == 4)
        }
    }

    @Test(arguments: Backend.available)
    func `eight requests at once under one key make one payment`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let draft = try shop.draft()
            let made = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await shop.gateway.create(draft, key: "k").names.reference }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(made.count == 1)
            let count = try await shop.database.read {
                try $0.value("SELECT COUNT(*) FROM sandbox_payments", as: Int.self)
            }
            #expect(count == 1)
        }
    }
}

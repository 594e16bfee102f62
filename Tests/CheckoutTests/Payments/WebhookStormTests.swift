import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// Thousands of webhooks, a fifth of them doubled, shuffled, and one in twenty lost: reconciliation makes up for them.
@Suite struct WebhookStormTests {
    /// `KONTOR_WEBHOOK_EVENTS`; the whole storm of 10,000 takes some minutes in a debug build.
    static let events = ProcessInfo.processInfo.environment["KONTOR_WEBHOOK_EVENTS"].flatMap { Int($0) } ?? 600
    private static let refunds = 8
    /// Captured, eight refunds that are created and completed, a dispute that is opened and won.
    private static let eventsPerPayment = 1 + 2 * refunds + 2

    @Test(arguments: Backend.available)
    func `after a storm and reconciliation the ledger equals that of a clean run`(_ backend: Backend) async throws {
        let clean = try await run(backend) { pay, events in
            for event in events { #expect(try await pay.deliver(event) == 200) }
            try await pay.drain()
        }
        let stormy = try await run(backend) { pay, events in
            let storm = Self.storm(events)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for part in storm.chunked(into: 8) {
                    group.addTask {
                        for event in part {
                            let status = try await pay.deliver(event)
                            #expect(status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await pay.drain()
            try await pay.reconcile(times: 2)
            let now = pay.shop.clock.source.now
            #expect(try await pay.flow.reconcile(.sandbox, from: now - .days(2), until: now).isEmpty)
        }
        #expect(clean.count == stormy.count && !clean.isEmpty)
        for (expected, found) in zip(clean, stormy) { #expect(found == expected) }
    }

    /// Returns the events as they come: in any order, a fifth of them twice, one in twenty never.
    private static func storm(_ events: [String]) -> [String] {
        let random = RandomSource.seeded(16)
        var storm: [String] = []
        for event in events where random.number(below: 20) > 0 {
            storm.append(event)
            if random.number(below: 5) == 0 { storm.append(event) }
        }
        var generator = random
        return storm.shuffled(using: &generator)
    }

    /// Has orders paid, refunded and disputed at the gateway on a shop of their own, which hears of it by `deliver` alone, and
    /// returns what its books say then.
    private func run(
        _ backend: Backend, _ deliver: @escaping @Sendable (PaymentHarness, [String]) async throws -> Void
    ) async throws -> [PaymentHarness.Books] {
        let books = Collected()
        try await PaymentHarness.with(backend, settings: CheckoutSettings(reservation: .days(30))) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, price: 10_000, stock: 100_000)
            let orders = try await DocumentedAnswer.$isChecked.withValue(false) {
                try await (0..<max(1, Self.events / Self.eventsPerPayment)).asyncMap { _ in try await story(pay, ada) }
            }
            let events = try await pay.events()
            #expect(events.count == orders.count * Self.eventsPerPayment)
            try await DocumentedAnswer.$isChecked.withValue(false) { try await deliver(pay, events) }
            for order in orders { await books.add(try await pay.books(of: order)) }
        }
        return await books.all
    }

    private func story(_ pay: PaymentHarness, _ ada: Identity) async throws -> Int64 {
        let order = try await pay.order(ada, product: 1)
        let payment = try await pay.initiate(order, as: ada)
        let reference = try #require(payment.text("gateway_transaction_id"))
        try await pay.choose("pay", of: payment)
        let names = GatewayLookup(
            transactionID: try #require(payment.text("transaction_id")), reference: reference, transaction: reference)
        for number in 1...Self.refunds {
            _ = try await pay.sandbox.gateway.refund(
                GatewayRefundDraft(
                    RefundID(1_000_000), of: names, amount: Money(minorUnits: Int64(number) * 100),
                    captured: Money(minorUnits: 10_000), pay.shop.currency, reason: ""),
                key: "refund-\(order)-\(number)")
        }
        for action in ["dispute", "win_dispute"] {
            let answer = try await pay.call(
                .post, "/sandbox/payments/\(reference)/", #"{"action": "\#(action)"}"#, as: PaymentHarness.admin)
            try #require(answer.status == 200, "\(answer.json)")
        }
        return order
    }

    /// What is collected in a closure that may run anywhere.
    private actor Collected {
        private(set) var all: [PaymentHarness.Books] = []

        func add(_ books: PaymentHarness.Books) { all.append(books) }
    }
}

extension Array {
    fileprivate func chunked(into count: Int) -> [[Element]] {
        (0..<count).map { part in indices.filter { $0 % count == part }.map { self[$0] } }
    }
}

import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// How many statements the steps of payments cost; what the gateway asks its own database is not counted.
@Suite struct PaymentCostTests {
    /// The statements of each step of ``walk(_:_:)``.
    private static let budgets = [
        "initiate": 21, "initiate again": 9, "status, open": 14, "status, looked at just now": 5, "webhook": 6,
        "webhook again": 2, "work on a webhook": 35, "status, completed": 4, "refund": 40,
    ]

    @Test(arguments: Backend.available)
    func `each step costs what it may, also in a shop that has taken many payments`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, stock: 1_000)
            let first = try await walk(pay, ada)
            for _ in 1...10 { _ = try await walk(pay, ada) }
            let last = try await walk(pay, ada)
            #expect(first == last)
            #expect(last == Self.budgets)
        }
    }

    @Test(arguments: Backend.available)
    func `ordering asks nothing about payments, and what becomes of an order reads them once`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, stock: 1_000)
            #expect(try await pay.shop.fill(1, as: ada).status == 201)
            let placed = try await readings { _ = try await pay.shop.order(ada, by: "bank_transfer") }
            #expect(placed == [])
            let orders = try await [
                pay.order(ada, product: 1), pay.order(ada, product: 1), pay.order(ada, product: 1, by: "cod"),
            ]
            let admin = PaymentHarness.admin
            let cancel = try await readings {
                let answer = try await pay.call(.put, "/api/orders/\(orders[0])/cancel/", "{}", as: ada)
                #expect(answer.status == 200)
            }
            #expect(cancel == ["payments"])
            let note = try await readings {
                let path = "/api/admin/orders/\(orders[1])/payment/"
                let answer = try await pay.call(.post, path, #"{"amount": "10.00"}"#, as: admin)
                #expect(answer.status == 200)
            }
            #expect(note == ["payments", "refunds", "payments", "refunds"])
            let accept = try await readings {
                let path = "/api/admin/orders/\(orders[2])/status/"
                let answer = try await pay.call(.put, path, #"{"status": "processing"}"#, as: admin)
                #expect(answer.status == 200, "\(answer.json)")
            }
            #expect(accept == [])
        }
    }

    /// Pays and refunds an order, and returns the statements of each step.
    private func walk(_ pay: PaymentHarness, _ ada: Identity) async throws -> [String: Int] {
        var costs: [String: Int] = [:]
        let known = try await pay.events().count
        let order = try await pay.order(ada, product: 1)
        let payment = try await measured("initiate", &costs) { try await pay.initiate(order, as: ada) }
        _ = try await measured("initiate again", &costs) { try await pay.initiate(order, as: ada) }
        _ = try await measured("status, open", &costs) { try await pay.status(payment.id, as: ada) }
        _ = try await measured("status, looked at just now", &costs) { try await pay.status(payment.id, as: ada) }
        try await pay.choose("pay", of: payment)
        let events = try await pay.events().dropFirst(known)
        let captured = try #require(events.last { $0.contains("payment.captured") })
        _ = try await measured("webhook", &costs) { try await pay.deliver(captured) }
        _ = try await measured("webhook again", &costs) { try await pay.deliver(captured) }
        try await measured("work on a webhook", &costs) { try await pay.handleEvents() }
        let status = try await measured("status, completed", &costs) { try await pay.status(payment.id, as: ada) }
        #expect(status.text("status") == "completed")
        let refund = try await measured("refund", &costs) { try await pay.refund(payment.id, "1.00") }
        #expect(refund.status == 201)
        try await pay.drain()
        return costs
    }

    private func measured<Value>(
        _ step: String, _ costs: inout [String: Int], _ body: () async throws -> Value
    ) async throws -> Value {
        let meter = StatementMeter()
        let value = try await StatementMeter.$current.withValue(meter) { try await body() }
        costs[step] = meter.statements
        return value
    }

    /// Returns which tables of payments are read, statement by statement, except by primary key.
    private func readings(_ body: () async throws -> Void) async throws -> [String] {
        let meter = StatementMeter(isRecording: true)
        try await StatementMeter.$current.withValue(meter) { try await body() }
        return meter.queries.compactMap { query in
            ["payments", "refunds", "payment_operations"].first {
                query.text.contains("FROM \($0) WHERE") && !query.text.contains("FROM \($0) WHERE id =")
            }
        }
    }
}

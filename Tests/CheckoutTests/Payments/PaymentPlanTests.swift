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

/// How the databases run the statements of payments, over tables too large to be read whole.
@Suite(.timeLimit(.minutes(12)))
struct PaymentPlanTests {
    @Test(arguments: Backend.available)
    func `lists walk an index and sort nothing`(_ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, _ in
            try await pay.expectIndexed(
                [
                    "payments/?ordering=created_at", "refunds/?ordering=created_at", "disputes/?ordering=created_at",
                    "ledger/?ordering=created_at", "payments/?status=failed&ordering=created_at",
                    "payments/?page=3", "payments/?status=failed", "payments/?gateway=paypal",
                    "payments/?status=failed&gateway=paypal", "payments/?user=5", "payments/?is_surplus=true",
                    "payments/totals/?user=5",
                    "payments/?from=2026-12-01T00:00:00Z", "refunds/?page=3", "refunds/?status=requested",
                    "refunds/?ordering=-amount&page=5", "refunds/?status=requested&ordering=amount",
                    "refunds/?status=requested&ordering=created_at", "disputes/", "disputes/?status=open",
                    "webhook-events/?page=3", "webhook-events/?ordering=received_at",
                    "webhook-events/?ordering=-status",
                    "webhook-events/?gateway=paypal&ordering=status",
                    "webhook-events/?gateway=paypal&status=failed&ordering=received_at",
                    "webhook-events/?status=failed", "webhook-events/?gateway=paypal", "ledger/?page=3",
                    "ledger/?account=clearing:paypal", "ledger/?account=clearing:paypal&from=2026-12-01T00:00:00Z",
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `what belongs to an order or a payment is found by its keys`(_ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, _ in
            // What one order or payment has is little and is sorted.
            try await pay.expectIndexed(
                [
                    "payments/77/", "payments/?order=77", "payments/?search=pay_77", "payments/?search=N77",
                    "payments/?search=pi_77", "payments/?search=ch_77", "refunds/?payment=77", "refunds/?order=77",
                    "refunds/?search=re_77", "refunds/?search=N77", "refunds/?search=pay_77&ordering=amount",
                    "webhook-events/?search=evt_77", "webhook-events/?search=evt_77&ordering=status",
                    "disputes/?payment=77", "disputes/?order=77", "ledger/?order=77", "ledger/?payment=77",
                ], maySort: true)
        }
    }

    @Test(arguments: ["pay_77", "n77", "pi_77", "ch_77"], Backend.available)
    func `a payment is found by each of its names`(_ name: String, _ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, _ in
            for (search, count) in [(name, 1), (name + "0000", 0)] {
                let found = try await pay.call(
                    .get, "/api/admin/payments/?search=\(search)", as: PaymentHarness.admin)
                #expect(found.json["count"] == .number("\(count)"))
            }
        }
    }

    @Test(arguments: ["re_77", "pay_77", "n77", "pi_77", "ch_77"], Backend.available)
    func `a refund is found by each of its names`(_ name: String, _ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, _ in
            for (search, count) in [(name, 1), (name + "0000", 0)] {
                let found = try await pay.call(.get, "/api/admin/refunds/?search=\(search)", as: PaymentHarness.admin)
                #expect(found.json["count"] == .number("\(count)"))
            }
        }
    }

    @Test(
        arguments: [("evt_77", 1), ("evt_", 0), ("pay", 4_000), ("payment", 4_000), ("refund", 0)], Backend.available)
    func `a webhook is found by its id and by the beginning of its type`(
        _ search: (text: String, count: Int), _ backend: Backend
    ) async throws {
        try await withBusyPayments(backend) { pay, _ in
            for ordering in ["", "&ordering=status"] {
                let path = "/api/admin/webhook-events/?search=\(search.text)\(ordering)"
                let found = try await pay.call(.get, path, as: PaymentHarness.admin)
                #expect(found.json["count"] == .number("\(search.count)"), "\(found.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `paying, refunding and reconciling read by key alone`(_ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, ada in
            try await pay.expectIndexed {
                let order = try await pay.order(ada, product: 1)
                let payment = try await pay.initiate(order, as: ada)
                _ = try await pay.status(payment.id, as: ada)
                try await pay.choose("pay", of: payment)
                for event in try await pay.events() { #expect(try await pay.deliver(event) == 200) }
                try await pay.handleEvents()
                #expect(try await pay.status(payment.id, as: ada).text("status") == "completed")
                #expect(try await pay.refund(payment.id, "1.00").status == 201)
                let due = try await pay.shop.database.read { try pay.flow.payments.due(limit: 10, in: $0) }
                #expect(due.count == 10)
                try await pay.flow.reconcile(PaymentID(payment.id))
                let now = pay.shop.clock.source.now + .seconds(1)
                try await pay.flow.reconcile(.sandbox, from: now - .days(2), until: now)
                #expect(try await pay.flow.differences(from: .sandbox, until: now).isEmpty)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `payloads of old webhooks are cleared by their index, once`(_ backend: Backend) async throws {
        try await withBusyPayments(backend) { pay, _ in
            let now = pay.shop.clock.source.now
            let old = try await pay.shop.value(
                "SELECT COUNT(*) FROM webhook_events WHERE clear_at < \(now.microseconds)")
            try #require(old > 200)
            try await pay.expectIndexed {
                let count = try await pay.shop.database.write { try WebhookQueries.clear(at: now, limit: 200, $0) }
                #expect(count == 200)
            }
            _ = try await pay.shop.database.write { try WebhookQueries.clear(at: now, limit: 100_000, $0) }
            #expect(try await pay.shop.database.write { try WebhookQueries.clear(at: now, limit: 200, $0) } == 0)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM webhook_events WHERE payload = ''") == old)
        }
    }

    private func withBusyPayments(
        _ backend: Backend, _ body: @Sendable (PaymentHarness, Identity) async throws -> Void
    ) async throws {
        // These rows are many, and tell no story.
        try await PaymentHarness.with(backend, audits: false) { pay in
            for id in 2...41 { _ = try await pay.shop.user(Int64(id)) }
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            try await BusyPayments(shop: pay.shop).write()
            try await body(pay, ada)
        }
    }
}

extension PaymentHarness {
    /// Works on the events that have come and are not worked on, as their jobs do.
    func handleEvents() async throws {
        let ids: [WebhookEventID] = try await shop.database.read {
            try $0.column("SELECT id FROM webhook_events WHERE status = 'pending' ORDER BY id")
        }
        for id in ids {
            let event = try #require(try await shop.database.read { try flow.payments.event(id, in: $0) })
            let outcome = try await flow.handle(event)
            try await shop.database.write { try flow.payments.end(id, outcome, in: $0) }
        }
    }

    fileprivate func expectIndexed(_ lists: [String], maySort: Bool = false) async throws {
        for list in lists {
            try await expectIndexed(maySort: maySort) {
                let answer = try await call(.get, "/api/admin/" + list, as: Self.admin)
                #expect(answer.status == 200, "\(list): \(answer.json)")
                #expect(list.contains("payments/77/") || answer.json["count"] != .number("0"), "\(list)")
            }
        }
    }

    /// Expects that statements, those that write too, read no table whole whose rows grow with the shop.
    fileprivate func expectIndexed(maySort: Bool = false, _ body: () async throws -> Void) async throws {
        let small: Set<String> = [
            "payment_gateways", "warehouses", "w", "categories", "n", "tax_rates", "shipping_methods", "t", "m",
            "catalog_revision", "sandbox_events", "sandbox_behavior",
        ]
        let found = try await PlanReader(database: shop.database).findings(withWrites: true, body)
        for finding in found where finding.isSort ? !maySort : !(finding.isCount || small.contains(finding.table)) {
            Issue.record("\(finding)")
        }
    }
}

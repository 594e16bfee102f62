import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// What happened to old payments and no webhook told, as the night learns of it.
@Suite struct WebhookLossTests {
    /// A payment of 10.00 that was made ten days ago and is in the books.
    struct OldPayment {
        let order: Int64
        let id: Int64
        let names: GatewayLookup
    }

    private static let expected = PaymentHarness.Books(
        order: "processing/partially_refunded",
        payments: ["partiallyRefunded 1000 1000 300 39 partial surplus false [\"completed 300\"]"],
        ledger: ["clearing:sandbox 261", "disputes 400", "fees 39", "receivable 300", "sales -1000"])

    @Test(arguments: Backend.available)
    func `a refund and a dispute of an old payment are in the books after the night, though no webhook came`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let payment = try await pay.oldPayment()
            try await pay.refundInDashboard(payment, 300)
            try await pay.act("dispute", payment, #", "amount": 400"#)
            try await pay.act("lose_dispute", payment)
            pay.shop.clock.advance(by: .hours(1))
            let told = try await pay.flow.differences(from: .sandbox).map(\.description)
            #expect(told.count == 2 && told[0].contains("over 300") && told[1].contains("over 400"), "\(told)")
            #expect(try await pay.books(of: payment.order).payments.allSatisfy { $0.contains(" 1000 0 39 none ") })
            try await pay.night()
            #expect(try await pay.books(of: payment.order) == Self.expected)
            #expect(try await pay.mails() == 1)
            #expect(try await pay.flow.differences(from: .sandbox).isEmpty)
            // The webhooks come after all, and another night.
            for event in try await pay.events() { #expect(try await pay.deliver(event) == 200) }
            try await pay.drain()
            try await pay.night()
            #expect(try await pay.books(of: payment.order) == Self.expected)
            #expect(try await pay.mails() == 1)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds") == 1)
        }
    }

    @Test(arguments: Backend.available, [("win_dispute", "won", 0), ("lose_dispute", "lost", 400)])
    func `how a dispute ended that was opened long ago is learned in the night`(
        _ backend: Backend, _ end: (action: String, status: String, disputed: Int)
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let payment = try await pay.oldPayment()
            try await pay.act("dispute", payment, #", "amount": 400"#)
            for event in try await pay.events() { try await pay.deliver(event) }
            try await pay.drain()
            #expect(try await pay.mails() == 1)
            pay.shop.clock.advance(by: .days(60))
            try await pay.act(end.action, payment)
            let told = try await pay.flow.differences(from: .sandbox).map(\.description)
            #expect(told.count == 1 && told[0].contains("is \(end.status), here open"), "\(told)")
            try await pay.night()
            let known = try await pay.shop.value("SELECT COUNT(*) FROM disputes WHERE status = \(end.status)")
            #expect(known == 1)
            let disputed = try await pay.shop.value(
                "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM ledger_entries WHERE account = 'disputes'")
            #expect(disputed == end.disputed)
            #expect(try await pay.mails() == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a refund of ours whose answer was lost is joined with its row`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let payment = try await pay.oldPayment()
            pay.watch.fail("refund", .lostAnswer)
            #expect(try await pay.refund(payment.id, "3.00").text("status") == "pending")
            pay.shop.clock.advance(by: .hours(1))
            try await pay.night()
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds") == 1)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds WHERE status = 'completed'") == 1)
        }
    }

    @Test(arguments: ["list", "refunds", "disputes"], [WatchedGateway.Fault.refused, .unreachable])
    func `a list that the gateway does not give keeps no other from being looked at`(
        _ list: String, _ fault: WatchedGateway.Fault
    ) async throws {
        try await PaymentHarness.with(.sqlite) { pay in
            let payment = try await pay.oldPayment()
            try await pay.refundInDashboard(payment, 300)
            try await pay.act("dispute", payment, #", "amount": 400"#)
            pay.shop.clock.advance(by: .hours(1))
            pay.watch.fail(list, fault)
            let now = pay.shop.clock.source.now
            let isRepeated: Bool
            do {
                try await pay.flow.reconcile(.sandbox, from: now - .days(2), until: now)
                isRepeated = false
            } catch GatewayError.unavailable {
                isRepeated = true
            }
            #expect(isRepeated == (fault == .unreachable))
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds") == (list == "refunds" ? 0 : 1))
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM disputes") == (list == "disputes" ? 0 : 1))
        }
    }

    @Test(arguments: Backend.available)
    func `what is known costs a night the same, however much it is`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let payment = try await pay.oldPayment()
            var costs: [Int] = []
            for count in [1, 6] {
                for _ in 0..<count {
                    try await pay.refundInDashboard(payment, 10)
                    try await pay.act("dispute", payment, #", "amount": 10"#)
                }
                pay.shop.clock.advance(by: .minutes(1))
                try await pay.night()
                let now = pay.shop.clock.source.now
                let meter = StatementMeter()
                try await StatementMeter.$current.withValue(meter) {
                    try await pay.flow.reconcile(.sandbox, from: now - .days(2), until: now)
                }
                costs.append(meter.statements)
            }
            #expect(costs[0] == costs[1] && costs[0] <= 8, "\(costs)")
        }
    }
}

extension PaymentHarness {
    fileprivate func oldPayment() async throws -> WebhookLossTests.OldPayment {
        let ada = try await shop.user(1)
        try await shop.product(1)
        let order = try await order(ada, product: 1)
        let payment = try await initiate(order, as: ada)
        try await choose("pay", of: payment)
        #expect(try await status(payment.id, as: ada).text("status") == "completed")
        try await drain()
        shop.clock.advance(by: .days(10))
        return WebhookLossTests.OldPayment(
            order: order, id: payment.id,
            names: GatewayLookup(
                transactionID: try #require(payment.text("transaction_id")),
                reference: payment.text("gateway_transaction_id")))
    }

    /// Refunds a part at the gateway, which carries no row of ours.
    fileprivate func refundInDashboard(_ payment: WebhookLossTests.OldPayment, _ amount: Int64) async throws {
        let draft = GatewayRefundDraft(
            RefundID(1_000_000), of: payment.names, amount: Money(minorUnits: amount),
            captured: Money(minorUnits: 1_000),
            shop.currency, reason: "")
        _ = try await sandbox.gateway.refund(draft, key: "refund-\(try await events().count)")
    }

    fileprivate func act(
        _ action: String, _ payment: WebhookLossTests.OldPayment, _ more: String = ""
    ) async throws {
        let path = "/sandbox/payments/\(payment.names.transactionID)/"
        let answer = try await call(.post, path, #"{"action": "\#(action)"\#(more)}"#, as: Self.admin)
        try #require(answer.status == 200, "\(answer.json)")
    }

    /// Runs the job of the night, which looks at the two days before now.
    fileprivate func night() async throws {
        let now = shop.clock.source.now
        try await shop.database.write { _ = try shop.jobs.enqueue(ReconcileDay(at: now), in: $0) }
        try await drain()
        #expect(try await shop.value("SELECT COUNT(*) FROM jobs WHERE kind = \(ReconcileDay.kind)") == 0)
    }

    fileprivate func mails() async throws -> Int {
        try await shop.value("SELECT COUNT(*) FROM jobs WHERE payload LIKE '%staff_payment_disputed%'")
    }
}

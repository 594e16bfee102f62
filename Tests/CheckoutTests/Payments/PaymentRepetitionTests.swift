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

/// What comes a second time, late or in another order than it happened.
@Suite struct PaymentRepetitionTests {
    private func ordered(
        _ backend: Backend, isManual: Bool = false, reservation: TimeSpan = .days(30),
        _ body: @escaping @Sendable (PaymentHarness, Int64, Identity) async throws -> Void
    ) async throws {
        let settings = CheckoutSettings(reservation: reservation)
        try await PaymentHarness.with(backend, settings: settings, isManual: isManual) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            try await body(pay, try await pay.order(ada, product: 1), ada)
        }
    }

    private func paid(_ pay: PaymentHarness, _ order: Int64, _ ada: Identity) async throws -> Int64 {
        let payment = try await pay.initiate(order, as: ada)
        try await pay.choose("pay", of: payment)
        _ = try await pay.status(payment.id, as: ada)
        return payment.id
    }

    @Test(arguments: Backend.available)
    func `a refund that left no answer is not made again under its key, a larger one is another`(
        _ backend: Backend
    ) async throws {
        try await ordered(backend) { pay, order, ada in
            let payment = try await paid(pay, order, ada)
            let refund = { (amount: String) in
                try await pay.call(
                    .post, "/api/payments/\(payment)/refund/", #"{"amount": "\#(amount)", "reason": "Broken."}"#,
                    as: PaymentHarness.admin, headers: ["Idempotency-Key": "refund-1"])
            }
            let first = try await refund("4.00")
            #expect(first.status == 201)
            // As after a crash: the row is committed, and no answer is stored.
            try await pay.shop.execute("DELETE FROM idempotency_keys")
            let again = try await refund("4.00")
            #expect(again.status == 201 && again.id == first.id, "\(again.json)")
            try await pay.shop.execute("DELETE FROM idempotency_keys")
            #expect(try await refund("4.50").id != first.id)
            let books = try await pay.books(of: order)
            #expect(books.payments.allSatisfy { $0.contains("[\"completed 400\", \"completed 450\"]") }, "\(books)")
        }
    }

    @Test(arguments: Backend.available)
    func `a payment whose answer was lost is begun again by one of many requests`(_ backend: Backend) async throws {
        try await ordered(backend) { pay, order, ada in
            pay.watch.fail("create", .unreachable)
            #expect(try await pay.initiate(order, as: ada).status == 503)
            let answers = try await withThrowingTaskGroup(of: PaymentHarness.Answer.self) { group in
                for _ in 0..<4 { group.addTask { try await pay.initiate(order, as: ada) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 }, "\(answers.map(\.status))")
            #expect(Set(answers.map { $0.text("gateway_transaction_id") }).count == 1)
            #expect(pay.watch.calls.count { $0 == "create" } == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a gateway that has forgotten the key is asked first, and makes no second payment`(
        _ backend: Backend
    ) async throws {
        try await ordered(backend) { pay, order, ada in
            pay.watch.fail("create", .lostAnswer)
            #expect(try await pay.initiate(order, as: ada).status == 503)
            pay.shop.clock.advance(by: .hours(25))
            let again = try await pay.initiate(order, as: ada)
            #expect(again.status == 200, "\(again.json)")
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM sandbox_payments") == 1)
            try await pay.choose("pay", of: again)
            _ = try await pay.status(again.id, as: ada)
            #expect(try await pay.books(of: order).order == "processing/paid")
        }
    }

    @Test(arguments: Backend.available)
    func `an order of which a part came before anything was authorized does not expire`(
        _ backend: Backend
    ) async throws {
        try await ordered(backend, reservation: .minutes(30)) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.shop.database.write { tx in
                _ = try pay.flow.settle(PaymentID(payment.id), in: tx) { known, tx in
                    let report = GatewayPayment(
                        known.names, .approved, authorized: Money(minorUnits: 1_000), captured: Money(minorUnits: 400))
                    return try pay.flow.record(report, of: known, in: tx)
                }
            }
            pay.shop.clock.advance(by: .hours(2))
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "pending/pending")
            #expect(try await pay.initiate(order, as: ada).text("amount") == "6.00")
        }
    }

    @Test(arguments: Backend.available)
    func `what was given back of a part is no payment of what is left of an order`(_ backend: Backend) async throws {
        try await ordered(backend, isManual: true) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            _ = try await pay.call(
                .post, "/api/admin/payments/\(payment.id)/capture/", #"{"amount": "6.00"}"#, as: PaymentHarness.admin)
            #expect(try await pay.refund(payment.id, "6.00").status == 201)
            let rest = try await pay.initiate(order, as: ada)
            #expect(rest.text("amount") == "10.00", "\(rest.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `a refund of money that staff had noted is ended by another process where its own has died`(
        _ backend: Backend
    ) async throws {
        try await ordered(backend) { pay, order, ada in
            let noted = try await pay.call(
                .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "10.00"}"#, as: PaymentHarness.admin)
            #expect(noted.status == 200, "\(noted.json)")
            let payment = PaymentID(Int64(try await pay.shop.value("SELECT MAX(id) FROM payments")))
            try await pay.shop.database.write { tx in
                let (_, known) = try pay.flow.lock(payment, in: tx)
                let draft = PaymentService.RefundDraft(
                    amount: Money(minorUnits: 300), reason: "", origin: .staff, user: PaymentHarness.admin.userID)
                _ = try pay.flow.payments.beginRefund(draft, of: known, in: tx)
            }
            try await pay.reconcile()
            let books = try await pay.books(of: order)
            #expect(
                books.payments.allSatisfy { $0.contains("[\"completed 300\"]") } && books.unanswered.isEmpty, "\(books)"
            )
        }
    }

    @Test(arguments: Backend.available)
    func `a webhook's row tells nothing of the payer, and its payload can be worked on`(
        _ backend: Backend
    ) async throws {
        try await ordered(backend) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            for event in try await pay.events() { #expect(try await pay.deliver(event) == 200) }
            let rows = try await pay.shop.database.read {
                try $0.column("SELECT payload FROM webhook_events", as: String.self)
            }
            #expect(!rows.isEmpty && rows.allSatisfy { !$0.contains("payment") && !$0.contains("{") })
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "processing/paid")
        }
    }

    @Test(arguments: Backend.available)
    func `an older report of a dispute changes nothing of a newer one`(_ backend: Backend) async throws {
        try await ordered(backend) { pay, order, ada in
            let payment = PaymentID(try await paid(pay, order, ada))
            try await pay.shop.database.write { tx in
                for (status, amount) in [(GatewayDispute.Status.lost, 600), (.open, 1_000), (.lost, 600)] {
                    let known = try pay.flow.payments.lock(payment, in: tx)
                    let report = GatewayDispute(
                        "dp_1", status, amount: Money(minorUnits: Int64(amount)), reason: "fraud", dueBy: nil)
                    _ = try pay.flow.payments.record(report, of: known, in: tx)
                }
            }
            #expect(try await pay.books(of: order).ledger.contains("disputes 600"))
            #expect(try await pay.shop.value("SELECT amount FROM disputes") == 600)
        }
    }

    @Test(arguments: Backend.available)
    func `a card that is saved by many at once is saved once`(_ backend: Backend) async throws {
        try await ordered(backend) { pay, _, ada in
            let card = GatewayMethod(
                id: "pm_1", type: "card", last4: "4242", brand: "visa", expiryMonth: 1, expiryYear: 2_030)
            let ids = try await withThrowingTaskGroup(of: SavedMethodID.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await pay.shop.database.write { tx in
                            try pay.flow.payments.save(
                                card, of: ada.userID, customer: "cus_1", at: .sandbox, isDefault: nil, in: tx
                            ).id
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM payment_methods WHERE is_default = 1") == 1)
        }
    }
}

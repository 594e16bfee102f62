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

/// Orders that are paid through a gateway, step by step.
@Suite struct PaymentStoryTests {
    @Test(arguments: Backend.available)
    func `a webhook alone completes an order whose customer never came back`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            #expect(payment.status == 201)
            try await pay.choose("pay", of: payment)
            #expect(try await pay.books(of: order).order == "pending/pending")
            for event in try await pay.events() { #expect(try await pay.deliver(event) == 200) }
            try await pay.drain()
            let books = try await pay.books(of: order)
            #expect(books.order == "processing/paid")
            #expect(books.payments == ["completed 1000 1000 0 39 none surplus false []"])
            #expect(books.ledger == ["clearing:sandbox 961", "fees 39", "sales -1000"])
        }
    }

    @Test(arguments: Backend.available)
    func `the same payment is shown to who begins it twice`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let (first, second) = (try await pay.initiate(order, as: ada), try await pay.initiate(order, as: ada))
            #expect(first.status == 201 && second.status == 200)
            #expect(first.id == second.id && first["next_action"] == second["next_action"])
            #expect(pay.watch.calls == ["create"])
        }
    }

    @Test(arguments: Backend.available)
    func `a lost answer leaves the payment open, and the next request gets it under the same key`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            pay.watch.fail("create", .lostAnswer)
            let failed = try await pay.initiate(order, as: ada)
            #expect(failed.status == 503 && failed.text("code") == "gateway_unavailable")
            #expect(failed.headers[.retryAfter] != nil)
            let payment = try await pay.initiate(order, as: ada)
            #expect(payment.status == 200 && payment.text("status") == "pending")
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM payments") == 1)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM sandbox_payments") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `after a decline another payment is begun, and the old one can no longer be paid`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let first = try await pay.initiate(order, as: ada)
            try await pay.choose("card_declined", of: first)
            let declined = try await pay.status(first.id, as: ada)
            #expect(declined.text("status") == "failed" && declined.text("failure_reason") != nil)
            #expect(try await pay.books(of: order).order == "pending/failed")
            let second = try await pay.initiate(order, as: ada)
            #expect(second.status == 201 && second.id != first.id)
            try await pay.drain()
            let state = try await pay.shop.database.read {
                try $0.value("SELECT status FROM sandbox_payments ORDER BY id LIMIT 1", as: String.self)
            }
            #expect(state == "canceled" || state == "failed", "\(state ?? "")")
            try await pay.choose("pay", of: second)
            #expect(try await pay.status(second.id, as: ada).text("status") == "completed")
            #expect(try await pay.books(of: order).order == "processing/paid")
        }
    }

    @Test(arguments: Backend.available)
    func `money for an order that another payment has paid waits for staff to refund it`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            let noted = try await pay.call(
                .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "10.00"}"#, as: PaymentHarness.admin)
            #expect(noted.status == 200)
            try await pay.choose("pay", of: payment)
            #expect(try await pay.status(payment.id, as: ada).text("status") == "completed")
            let books = try await pay.books(of: order)
            #expect(books.order == "processing/paid")
            #expect(books.payments.first == "completed 1000 1000 0 39 requested surplus true [\"requested 1000\"]")
            let mails = try await pay.shop.value(
                "SELECT COUNT(*) FROM jobs WHERE payload LIKE '%staff_payment_paid_twice%'")
            #expect(mails == 1)
            let refund = try await pay.shop.value("SELECT id FROM refunds")
            let approved = try await pay.call(
                .post, "/api/admin/refunds/\(refund)/approve/", "{}", as: PaymentHarness.admin)
            #expect(approved.status == 200 && approved.text("status") == "completed", "\(approved.json)")
            #expect(try await pay.books(of: order).order == "processing/paid")
        }
    }

    @Test(arguments: Backend.available)
    func `an authorized payment holds the order until staff capture it`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend, isManual: true) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            #expect(try await pay.status(payment.id, as: ada).text("status") == "authorized")
            #expect(try await pay.books(of: order).order == "pending/authorized")
            pay.shop.clock.advance(by: .days(1))
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "pending/authorized")
            let captured = try await pay.call(
                .post, "/api/admin/payments/\(payment.id)/capture/", "{}", as: PaymentHarness.admin)
            #expect(captured.status == 200 && captured.text("status") == "completed", "\(captured.json)")
            #expect(try await pay.books(of: order).order == "processing/paid")
        }
    }

    @Test(arguments: Backend.available)
    func `an order whose authorization is voided waits for another payment, and expires`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend, isManual: true) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            let voided = try await pay.call(
                .post, "/api/admin/payments/\(payment.id)/cancel/", "{}", as: PaymentHarness.admin)
            #expect(voided.text("status") == "cancelled", "\(voided.json)")
            #expect(try await pay.books(of: order).order == "pending/failed")
            pay.shop.clock.advance(by: .minutes(31))
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "cancelled/failed")
        }
    }

    @Test(arguments: Backend.available)
    func `the gateway is asked before an order expires, so that money that has come is not lost`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, stock: 1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            pay.shop.clock.advance(by: .minutes(31))
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "processing/paid")
            #expect(try await pay.shop.stockOf(1) == [1, 1])
        }
    }

    @Test(arguments: Backend.available)
    func `an order that nobody pays expires, and its payment is closed at the gateway`(_ backend: Backend) async throws
    {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            pay.shop.clock.advance(by: .minutes(31))
            try await pay.drain()
            #expect(try await pay.books(of: order).order == "cancelled/pending")
            #expect(try await pay.status(payment.id, as: ada).text("status") == "cancelled")
            #expect(pay.watch.calls.contains("void"))
            _ = try await pay.call(
                .post, "/sandbox/pay/\(try #require(payment.text("gateway_transaction_id")))/", "outcome=pay",
                type: "application/x-www-form-urlencoded")
            #expect(try await pay.shop.value("SELECT SUM(captured) FROM sandbox_payments") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `what was captured of an order that is canceled before the rest came is owed`(_ backend: Backend) async throws
    {
        try await PaymentHarness.with(backend, isManual: true) { pay in
            let (order, ada) = try await capturedInPart(pay)
            #expect(try await pay.call(.put, "/api/orders/\(order)/cancel/", "{}", as: ada).status == 200)
            #expect(try await pay.shop.value("SELECT SUM(amount) FROM refunds WHERE status = 'requested'") == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `of an order of which staff captured a part the rest can be paid, once`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend, settings: CheckoutSettings(reservation: .minutes(30)), isManual: true) {
            pay in
            let (order, ada) = try await capturedInPart(pay)
            #expect(try await pay.books(of: order).order == "pending/pending")
            pay.shop.clock.advance(by: .hours(2))
            try await pay.drain()
            let rest = try await pay.initiate(order, as: ada)
            #expect(rest.text("amount") == "6.00")
            try await pay.choose("pay", of: rest)
            _ = try await pay.status(rest.id, as: ada)
            #expect(try await pay.books(of: order).order == "pending/authorized")
            let again = try await pay.call(
                .post, "/api/payments/initiate/", #"{"order_id": \#(order), "gateway": "sandbox"}"#, as: ada)
            #expect(again.status == 409 && again.text("code") == "already_paid")
            _ = try await pay.call(
                .post, "/api/admin/payments/\(rest.id)/capture/", "{}", as: PaymentHarness.admin)
            let books = try await pay.books(of: order)
            #expect(books.order == "processing/paid")
            #expect(try await pay.shop.value("SELECT SUM(captured_amount) FROM payments") == 1000)
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the rest of an order is what staff note, and waits again where its authorization is gone`(
        _ backend: Backend
    ) async throws {
        try await PaymentHarness.with(backend, isManual: true) { pay in
            let (order, ada) = try await capturedInPart(pay)
            let rest = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: rest)
            _ = try await pay.status(rest.id, as: ada)
            _ = try await pay.call(.post, "/api/admin/payments/\(rest.id)/cancel/", "{}", as: PaymentHarness.admin)
            #expect(try await pay.books(of: order).order == "pending/pending")
            let wrong = try await pay.call(
                .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "4.00"}"#, as: PaymentHarness.admin)
            #expect(wrong.status == 400 && "\(wrong.json)".contains("6.00"), "\(wrong.json)")
            let seen = try await pay.call(
                .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "6.00"}"#, as: PaymentHarness.admin)
            #expect(seen.status == 200, "\(seen.json)")
            let books = try await pay.books(of: order)
            #expect(books.order == "processing/paid")
            #expect(try await pay.shop.value("SELECT COUNT(*) FROM refunds") == 0)
        }
    }

    /// Orders for 10.00, of which staff capture 4.00.
    private func capturedInPart(_ pay: PaymentHarness) async throws -> (order: Int64, buyer: Identity) {
        let ada = try await pay.shop.user(1)
        try await pay.shop.product(1)
        let order = try await pay.order(ada, product: 1)
        let payment = try await pay.initiate(order, as: ada)
        try await pay.choose("pay", of: payment)
        _ = try await pay.status(payment.id, as: ada)
        let captured = try await pay.call(
            .post, "/api/admin/payments/\(payment.id)/capture/", #"{"amount": "4.00"}"#, as: PaymentHarness.admin)
        try #require(captured.status == 200, "\(captured.json)")
        return (order, ada)
    }

    @Test(arguments: Backend.available)
    func `a customer who cancels a paid order has a refund that staff approve`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            let cancelled = try await pay.call(.put, "/api/orders/\(order)/cancel/", "{}", as: ada)
            #expect(cancelled.status == 200)
            let refund = try await pay.shop.value("SELECT id FROM refunds WHERE status = 'requested'")
            let approved = try await pay.call(
                .post, "/api/admin/refunds/\(refund)/approve/", "{}", as: PaymentHarness.admin)
            #expect(approved.text("amount") == "10.00" && approved.text("status") == "completed")
            let books = try await pay.books(of: order)
            #expect(books.order == "cancelled/refunded")
            #expect(books.ledger == ["clearing:sandbox -39", "fees 39", "refunds 1000", "sales -1000"])
        }
    }
}

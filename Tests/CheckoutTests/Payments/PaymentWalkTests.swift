import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// A process that dies at any step between a request and its last commit: another one ends what it began, once.
@Suite struct PaymentWalkTests {
    private static let paid = "processing/paid"

    @Test(arguments: Backend.available)
    func `wherever a process dies while a payment is begun, the customer pays once`(_ backend: Backend) async throws {
        try await walk(backend) { pay, order, ada in
            _ = try await pay.initiate(order, as: ada)
        } then: { pay, order, ada in
            // The customer tries again.
            let payment = try await pay.initiate(order, as: ada)
            try #require(payment.status == 200 || payment.status == 201, "\(payment.json)")
            try await pay.choose("pay", of: payment)
        } ends: { books in
            books.order == Self.paid && books.payments.count { $0.contains("completed 1000 1000") } == 1
                && books.ledger == ["clearing:sandbox 961", "fees 39", "sales -1000"]
        }
    }

    @Test(arguments: Backend.available)
    func `wherever a process dies when the payer comes back, the order is paid once`(_ backend: Backend) async throws {
        try await walk(backend) { pay, order, ada in
            let payment = try await pay.shop.value("SELECT MAX(id) FROM payments")
            _ = try await pay.call(.post, "/api/payments/\(payment)/confirm/", "{}", as: ada)
        } before: { pay, order, ada in
            try await pay.choose("pay", of: pay.initiate(order, as: ada))
        } ends: { books in
            books.order == Self.paid && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
        }
    }

    @Test(arguments: Backend.available)
    func `wherever a process dies while staff capture, it is captured once`(_ backend: Backend) async throws {
        try await walk(backend, isManual: true) { pay, order, _ in
            let payment = try await pay.shop.value("SELECT MAX(id) FROM payments")
            _ = try await pay.call(
                .post, "/api/admin/payments/\(payment)/capture/", "{}", as: PaymentHarness.admin)
        } before: { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            // It has waited for long: reconciliation asks about it once a day by now.
            try await pay.reconcile()
        } then: { pay, order, _ in
            let payment = try await pay.shop.value("SELECT MAX(id) FROM payments")
            if try await pay.books(of: order).order != Self.paid {
                _ = try await pay.call(
                    .post, "/api/admin/payments/\(payment)/capture/", "{}", as: PaymentHarness.admin)
            }
        } ends: { books in
            books.order == Self.paid && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
        }
    }

    @Test(arguments: Backend.available)
    func `wherever a process dies while a declined attempt is closed, nothing stays open and the next one is paid once`(
        _ backend: Backend
    ) async throws {
        try await walk(backend) { pay, order, ada in
            _ = try await pay.initiate(order, as: ada)
            try await pay.drain()
        } before: { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("card_declined", of: payment)
            _ = try await pay.status(payment.id, as: ada)
        } then: { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try #require(payment.status == 200 || payment.status == 201, "\(payment.json)")
            try await pay.choose("pay", of: payment)
        } ends: { books in
            books.order == Self.paid && books.payments.count { $0.contains("completed 1000 1000") } == 1
        }
    }

    @Test(arguments: Backend.available)
    func `wherever a process dies while staff refund, the customer is refunded once or not at all`(
        _ backend: Backend
    ) async throws {
        try await walk(backend) { pay, order, _ in
            let payment = try await pay.shop.value("SELECT MAX(id) FROM payments")
            _ = try await pay.refund(Int64(payment), "6.00")
        } before: { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
        } ends: { books in
            let isUndone = books.order == Self.paid && books.ledger.contains("clearing:sandbox 961")
            let isDone =
                books.order == "processing/partially_refunded" && books.ledger.contains("clearing:sandbox 361")
                && books.payments.allSatisfy { $0.contains("[\"completed 600\"]") }
            return isUndone || isDone
        }
    }

    @Test(arguments: Backend.available)
    func `wherever a process dies while it works on a webhook, the order is paid once`(_ backend: Backend) async throws
    {
        try await walk(backend) { pay, order, ada in
            for event in try await pay.events().suffix(1) { _ = try? await pay.deliver(event) }
            try await pay.drain()
        } before: { pay, order, ada in
            try await pay.choose("pay", of: pay.initiate(order, as: ada))
        } ends: { books in
            books.order == Self.paid && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
        }
    }

    private typealias Act = @Sendable (PaymentHarness, Int64, Identity) async throws -> Void

    /// Lets a process die at each of its moments in turn, each time with an order of its own, until it survives.
    private func walk(
        _ backend: Backend, isManual: Bool = false, _ act: @escaping Act, before: @escaping Act = { _, _, _ in },
        then: @escaping Act = { _, _, _ in }, ends: @escaping @Sendable (PaymentHarness.Books) -> Bool
    ) async throws {
        try await CheckoutHarness.with(backend, settings: CheckoutSettings(reservation: .days(30))) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 1_000)
            var moment = 0
            while true {
                moment += 1
                try #require(moment < 200)
                let early = try PaymentHarness(shop, isManual: isManual)
                let order = try await early.order(ada, product: 1)
                try await before(early, order, ada)
                let dying = try early.successor(mortality: Mortality(diesAt: moment))
                try? await DocumentedAnswer.$isChecked.withValue(false) { try await act(dying, order, ada) }
                let survived = !dying.mortality.isDead
                let heir = try early.successor()
                try await heir.reconcile()
                try await then(heir, order, ada)
                try await heir.reconcile()
                let books = try await heir.books(of: order)
                #expect(ends(books) && books.unanswered.isEmpty, "dead at \(moment):\n\(books)")
                if survived { break }
            }
            #expect(moment > 3)
            #expect(try await shop.database.read { try StockAudit.differences($0) }.isEmpty)
        }
    }
}

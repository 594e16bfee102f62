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

/// What payers, staff, the gateway and the clock do to one payment at the same moment; scripts/races runs these for a thousand rounds.
@Suite(.serialized) struct PaymentRaceTests {
    @Test(arguments: Backend.available)
    func `of two refunds of sixty percent one is made`(_ backend: Backend) async throws {
        try await rounds(backend) { pay, order, ada in
            let payment = try await paid(pay, order, ada)
            let statuses = try await together(4) { _ in try await pay.refund(payment, "6.00").status }
            try #require(statuses.count { $0 == 201 } == 1 && statuses.count { $0 == 400 } == 3, "\(statuses)")
        } ends: { books in
            books.order == "processing/partially_refunded" && books.payments[0].contains("[\"completed 600\"]")
        }
    }

    @Test(arguments: Backend.available)
    func `a webhook and the browser that comes back pay an order once`(_ backend: Backend) async throws {
        try await rounds(backend) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            let events = try await pay.events().suffix(2)
            _ = try await together(6) { index in
                switch index % 3 {
                case 0: return try await pay.status(payment.id, as: ada).status
                case 1: return try await pay.call(.post, "/api/payments/\(payment.id)/confirm/", "{}", as: ada).status
                default:
                    for event in events { try await pay.deliver(event) }
                    try await pay.drain()
                    return 200
                }
            }
            try await pay.drain()
        } ends: { books in
            books.order == "processing/paid" && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
                && books.ledger == ["clearing:sandbox 961", "fees 39", "sales -1000"]
        }
    }

    @Test(arguments: Backend.available)
    func `an order that is paid and canceled at once is paid and refundable, or on hold`(
        _ backend: Backend
    ) async throws {
        try await rounds(backend) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await together(2) { index in
                index == 0
                    ? try await pay.status(payment.id, as: ada).status
                    : try await pay.call(.put, "/api/orders/\(order)/cancel/", "{}", as: ada).status
            }
            try await pay.drain()
            _ = try await pay.flow.look(at: PaymentID(payment.id))
        } ends: { books in
            let isRefundable =
                books.payments == ["completed 1000 1000 0 39 requested surplus false [\"requested 1000\"]"]
            let isOnHold = books.payments == ["completed 1000 1000 0 39 none surplus false []"]
            return books.order == "cancelled/paid" && (isRefundable || isOnHold)
        }
    }

    @Test(arguments: Backend.available)
    func `an order that is paid when it expires is paid, with its stock`(_ backend: Backend) async throws {
        try await rounds(backend, reservation: .minutes(30)) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            pay.shop.clock.advance(by: .minutes(31))
            _ = try await together(2) { index in
                if index == 0 { return try await pay.status(payment.id, as: ada).status }
                try await pay.drain()
                return 200
            }
            try await pay.drain()
            _ = try await pay.flow.look(at: PaymentID(payment.id))
        } ends: { books in
            books.order == "processing/paid" && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
        }
    }

    @Test(arguments: Backend.available)
    func `a payment that is begun many times at once is one payment`(_ backend: Backend) async throws {
        try await rounds(backend) { pay, order, ada in
            let answers = try await together(4) { _ in try await pay.initiate(order, as: ada) }
            let good = answers.filter { $0.status == 200 || $0.status == 201 }
            try #require(good.count { $0.status == 201 } == 1 && good.count == 4, "\(answers.map(\.status))")
            try #require(Set(good.map(\.id)).count == 1)
            try await pay.choose("pay", of: good[0])
            _ = try await pay.flow.look(at: PaymentID(good[0].id))
        } ends: { books in
            books.order == "processing/paid" && books.payments.count == 1
        }
    }

    @Test(arguments: Backend.available)
    func `a capture and a void at once end in one of them`(_ backend: Backend) async throws {
        try await rounds(backend, isManual: true) { pay, order, ada in
            let payment = try await pay.initiate(order, as: ada)
            try await pay.choose("pay", of: payment)
            _ = try await pay.status(payment.id, as: ada)
            let statuses = try await together(2) { index in
                try await pay.call(
                    .post, "/api/admin/payments/\(payment.id)/\(index == 0 ? "capture" : "cancel")/", "{}",
                    as: PaymentHarness.admin
                ).status
            }
            try #require(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 409 } == 1, "\(statuses)")
            try await pay.drain()
        } ends: { books in
            let isCaptured =
                books.order == "processing/paid"
                && books.payments == ["completed 1000 1000 0 39 none surplus false []"]
            let isVoided =
                books.order == "pending/failed" && books.payments[0].contains("cancelled 1000 0 0 0 none")
                && books.ledger.isEmpty
            return isCaptured || isVoided
        }
    }

    // MARK: -

    private typealias Round = @Sendable (PaymentHarness, Int64, Identity) async throws -> Void

    /// Runs `round` again and again, each time on an order of its own; books and stock have to agree after each.
    private func rounds(
        _ backend: Backend, isManual: Bool = false, reservation: TimeSpan = .days(30), _ round: @escaping Round,
        ends: @escaping @Sendable (PaymentHarness.Books) -> Bool
    ) async throws {
        let settings = CheckoutSettings(reservation: reservation)
        try await PaymentHarness.with(backend, settings: settings, isManual: isManual) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1, stock: 1_000_000)
            for number in 1...RaceField.rounds {
                let order = try await pay.order(ada, product: 1)
                try await DocumentedAnswer.$isChecked.withValue(number <= 5) { try await round(pay, order, ada) }
                let books = try await pay.books(of: order)
                try #require(ends(books), "round \(number):\n\(books)")
                let found = try await pay.shop.database.read { try StockAudit.differences($0) }
                try #require(found.isEmpty, "round \(number): \(found)")
            }
        }
    }

    private func paid(_ pay: PaymentHarness, _ order: Int64, _ ada: Identity) async throws -> Int64 {
        let payment = try await pay.initiate(order, as: ada)
        try await pay.choose("pay", of: payment)
        try #require(try await pay.status(payment.id, as: ada).text("status") == "completed")
        return payment.id
    }

    /// Runs `body` so many times at once and returns what each got, in order.
    private func together<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for index in 0..<count { group.addTask { (index, try await body(index)) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

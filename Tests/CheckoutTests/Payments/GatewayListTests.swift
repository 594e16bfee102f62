import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// What a gateway lists, held against the shop's books.
@Suite struct GatewayListTests {
    /// What somebody changed in the shop's books, and what is told of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let statement: Query
        let line: String

        var testDescription: String { line }
    }

    static let changes = [
        Change(
            statement: "UPDATE payments SET captured_amount = captured_amount - 1",
            line: "captured differ: 5160, here 5159"),
        Change(
            statement: "UPDATE payments SET captured_amount = 0, refunded_amount = 0",
            line: "captured differ: 5160, here 0"),
        Change(
            statement: """
                UPDATE payments SET transaction_id = 'pay_x', gateway_reference = '', gateway_transaction_id = ''
                """, line: "the shop does not know it"),
        Change(
            statement: "UPDATE payments SET gateway = 'stripe'", line: "the shop does not know it"),
        Change(
            statement: "UPDATE refunds SET gateway_refund_id = 'other' WHERE status = 'completed'",
            line: "over 400"),
        Change(
            statement: "UPDATE refunds SET amount = 399 WHERE status = 'completed'", line: "differ: 400, here 399"),
        Change(
            statement: "UPDATE refunds SET status = 'failed' WHERE status = 'completed'",
            line: "is completed, here failed"),
        Change(
            statement: "UPDATE refunds SET status = 'completed' WHERE status = 'failed'",
            line: "is failed, here completed"),
        Change(
            statement: "UPDATE disputes SET gateway_dispute_id = 'other' WHERE status = 'lost'", line: "over 300"),
        Change(
            statement: "UPDATE disputes SET amount = 299 WHERE status = 'lost'", line: "differ: 300, here 299"),
        Change(
            statement: "UPDATE disputes SET status = 'under_review' WHERE status = 'lost'",
            line: "is lost, here under_review"),
    ]

    @Test(arguments: Backend.available, changes)
    func `what the gateway has otherwise is told, and nothing is changed`(
        _ backend: Backend, _ change: Change
    ) async throws {
        try await LedgerField.with(backend, audits: false) { field in
            try await field.eventful()
            field.shop.clock.advance(by: .seconds(1))
            #expect(try await field.flow.differences(from: .sandbox).isEmpty)
            try await field.shop.execute(change.statement)
            let before = try await field.books()
            let found = try await field.flow.differences(from: .sandbox).map(\.description)
            #expect(found.count == 1 && found.allSatisfy { $0.contains(change.line) }, "\(found)")
            #expect(try await field.books() == before)
        }
    }

    @Test(arguments: Backend.available)
    func `the list is that of the last two days unless said`(_ backend: Backend) async throws {
        try await LedgerField.with(backend, audits: false) { field in
            let ada = try await field.shop.user(1)
            for _ in 1...2 { _ = try await field.pay(field.order(ada, by: "card"), as: ada) }
            try await field.shop.execute("UPDATE payments SET captured_amount = captured_amount - 1")
            #expect(try await field.flow.differences(from: .sandbox, until: field.shop.clock.source.now).isEmpty)
            field.shop.clock.advance(by: .hours(47))
            #expect(try await field.flow.differences(from: .sandbox).count == 2)
            field.shop.clock.advance(by: .hours(2))
            #expect(try await field.flow.differences(from: .sandbox).isEmpty)
            #expect(try await field.flow.differences(from: .sandbox, from: CheckoutHarness.start).count == 2)
        }
    }

    @Test func `a gateway that is not set up has no list`() async throws {
        try await LedgerField.with(.sqlite) { field in
            await #expect(throws: GatewayError.self) { try await field.flow.differences(from: .stripe) }
        }
    }

    /// What gateways list beside whole payments: other attempts, and refunds as lines of their own.
    @Test func `what a report leaves out is no difference`() async throws {
        try await LedgerField.with(.sqlite) { field in
            let ada = try await field.shop.user(1)
            let payment = try await field.pay(field.order(ada, by: "card"), as: ada)
            let known = try await field.flow.require(PaymentID(payment.id))
            var (attempt, line) = (known.names, GatewayPayment(known.names))
            attempt.transaction = "another attempt"
            line.refunds = [GatewayRefund("r", nil, amount: Money(minorUnits: 1), .failed)]
            for report in [GatewayPayment(attempt, .failed), line] {
                let found = try await field.shop.database.read { try field.flow.differences([report], .sandbox, $0) }
                #expect(found.isEmpty, "\(found)")
            }
            let whole = GatewayPayment(known.names)
            let found = try await field.shop.database.read { try field.flow.differences([whole], .sandbox, $0) }
            #expect(found.map(\.kind) == [.captured(.zero, here: known.facts.captured)])
        }
    }
}

extension LedgerField {
    /// Returns numbers that change with any payment, refund or entry.
    fileprivate func books() async throws -> [Int] {
        let sums: [Query] = [
            "SELECT SUM(captured_amount + refunded_amount) FROM payments", "SELECT SUM(amount) FROM refunds",
            "SELECT COUNT(*) FROM refunds WHERE status = 'completed'", "SELECT COUNT(*) FROM ledger_entries",
            "SELECT COUNT(*) FROM jobs", "SELECT COUNT(*) FROM disputes", "SELECT SUM(amount) FROM disputes",
        ]
        return try await sums.asyncMap { try await shop.value($0) }
    }
}

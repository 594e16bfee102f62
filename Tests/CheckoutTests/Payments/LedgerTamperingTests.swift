import Commerce
import Payments
import SQL
import TestSupport
import Testing

/// Rows that somebody changed by hand: each comparison of the ledger's audit finds its own.
@Suite struct LedgerTamperingTests {
    /// A change by hand, and the comparison that has to find it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let rule: LedgerDifference.Rule
        let statements: [Query]

        init(_ rule: LedgerDifference.Rule, _ statements: Query...) {
            self.rule = rule
            self.statements = statements
        }

        var testDescription: String { "\(rule)" }
    }

    static let tamperings = [
        Tampering(.balance, "UPDATE ledger_entries SET debit = debit + 1 WHERE account = 'receivable' AND debit > 0"),
        Tampering(.balance, "DELETE FROM ledger_entries WHERE account = 'fees'"),
        Tampering(
            .oneCurrency,
            "DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE kind = 'fee')"
        ),
        Tampering(.oneCurrency, "UPDATE ledger_entries SET currency = 'EUR' WHERE account = 'fees'"),
        Tampering(.ownEntries, "UPDATE ledger_entries SET payment_id = 99 WHERE account = 'fees'"),
        Tampering(.ownEntries, "UPDATE ledger_entries SET order_id = 99 WHERE account = 'fees'"),
        Tampering(.owner, "UPDATE ledger_transactions SET payment_id = 99 WHERE kind = 'fee'"),
        Tampering(.owner, "UPDATE ledger_transactions SET payment_id = NULL WHERE kind = 'fee'"),
        Tampering(.owner, "UPDATE ledger_transactions SET order_id = 99 WHERE kind = 'fee'"),
        Tampering(.owner, "UPDATE ledger_transactions SET payment_id = 1 WHERE kind = 'invoice'"),
        Tampering(.currency, "UPDATE ledger_entries SET currency = 'EUR'"),
        Tampering(
            .currency, "UPDATE ledger_transactions SET order_id = 99 WHERE kind = 'invoice'",
            "UPDATE ledger_entries SET order_id = 99 WHERE account = 'sales'"),
        Tampering(.captures, "UPDATE payments SET captured_amount = captured_amount - 1"),
        Tampering(.captures, "UPDATE ledger_transactions SET kind = 'fee' WHERE kind = 'capture'"),
        Tampering(.fees, "UPDATE payments SET fee_amount = fee_amount + 1"),
        Tampering(
            .refunds, "UPDATE refunds SET amount = amount + 1 WHERE status = 'completed'",
            "UPDATE payments SET refunded_amount = refunded_amount + 1"),
        Tampering(.disputes, "UPDATE disputes SET amount = amount + 1 WHERE status = 'lost'"),
        Tampering(.disputes, "UPDATE disputes SET status = 'open' WHERE status = 'won'"),
        Tampering(.disputes, "DELETE FROM disputes WHERE status = 'lost'"),
        Tampering(
            .clearing, "UPDATE ledger_entries SET account = 'clearing:stripe' WHERE account = 'clearing:sandbox'"),
        Tampering(.completedRefunds, "UPDATE payments SET refunded_amount = refunded_amount - 1"),
        Tampering(.completedRefunds, "UPDATE refunds SET status = 'failed' WHERE status = 'completed'"),
        Tampering(
            .refundsWithinCaptured, "UPDATE refunds SET status = 'pending', amount = 9999 WHERE status = 'failed'"),
        Tampering(.refund, "UPDATE ledger_transactions SET refund_id = NULL WHERE kind = 'refund_reversal'"),
        Tampering(.refund, "UPDATE refunds SET amount = amount + 1 WHERE status = 'completed'"),
        Tampering(.status, "UPDATE payments SET status = 'completed'"),
        Tampering(.status, "UPDATE payments SET status = 'unheard_of'"),
        Tampering(
            .status, "UPDATE payments SET captured_amount = 0, refunded_amount = 0, status = 'authorized', progress = 4"
        ),
        Tampering(.refundStatus, "UPDATE payments SET refund_status = 'none'"),
        Tampering(.refundStatus, "DELETE FROM refunds WHERE status = 'requested'"),
        Tampering(.invoices, "DELETE FROM invoices WHERE series = 'invoice'"),
        Tampering(.invoices, "UPDATE ledger_transactions SET kind = 'fee' WHERE kind = 'invoice'"),
        Tampering(.creditNotes, "DELETE FROM invoices WHERE series = 'credit_note'"),
        Tampering(.receivable, "UPDATE orders SET total = total + 1"),
        Tampering(.receivable, "UPDATE returns SET refund_amount = refund_amount - 1"),
        Tampering(.receivable, "UPDATE ledger_entries SET account = 'tax' WHERE account = 'receivable'"),
        Tampering(.tax, "UPDATE ledger_entries SET account = 'sales' WHERE account = 'tax'"),
        Tampering(.tax, "UPDATE return_items SET tax_amount = tax_amount + 1"),
        Tampering(.paid, "UPDATE payments SET is_surplus = 1"),
        Tampering(.paid, "UPDATE payments SET captured_amount = 100"),
        Tampering(.unpaid, "UPDATE orders SET payment_status = 'pending'"),
        Tampering(.paymentStatus, "UPDATE orders SET payment_status = 'paid'"),
        Tampering(.paymentStatus, "UPDATE orders SET payment_status = 'refunded'"),
    ]

    @Test(arguments: Backend.available, tamperings)
    func `what was changed by hand is found`(_ backend: Backend, _ tampering: Tampering) async throws {
        try await LedgerField.with(backend, audits: false) { field in
            try await field.eventful()
            for statement in tampering.statements { try await field.shop.execute(statement) }
            let found = try await field.shop.ledger()
            #expect(found.contains { $0.rule == tampering.rule }, "\(found)")
            #expect(found.allSatisfy { $0.found != $0.expected && !$0.description.isEmpty })
        }
    }

    @Test func `every comparison has somebody who tampers with it`() {
        let tried = Set(Self.tamperings.map(\.rule))
        #expect(LedgerDifference.Rule.allCases.filter { !tried.contains($0) }.isEmpty)
    }
}

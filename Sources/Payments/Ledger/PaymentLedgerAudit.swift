import Commerce
import SQL

/// Holds the ledger, payments, refunds and disputes against each other.
public enum PaymentLedgerAudit {
    /// Returns everything that does not add up, at most 1,000 rows for each comparison. The memory that it takes does not grow
    /// with the number of payments.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [LedgerDifference] {
        try LedgerAuditQueries.transactions(connection) + LedgerAuditQueries.owners(connection)
            + LedgerAuditQueries.payments(connection) + LedgerAuditQueries.refunds(connection) + statuses(connection)
    }

    /// Derives the statuses by the functions that wrote them: once for all payments that are alike in what these look at.
    private static func statuses(_ connection: Connection) throws -> [LedgerDifference] {
        let wrong = try PaymentClassQueries.all(connection).filter { !$0.differences.isEmpty }
        return try wrong.flatMap { kind in
            try PaymentClassQueries.payments(kind, connection).flatMap { id in
                kind.differences.map {
                    LedgerDifference($0.rule, .payment(id), found: $0.found, expected: $0.expected)
                }
            }
        }
    }
}

/// What the statuses of a payment follow from, and these statuses; thousands of payments share one.
struct PaymentClass: RowDecodable {
    let progress: Int
    let status: String
    let refundStatus: String
    let isAuthorized: Bool
    let isCaptured: Bool
    /// 0 where nothing was refunded, 2 where all of what was captured was, else 1.
    let refunded: Int
    let hasPending: Bool
    let hasRequested: Bool
    let hasFailed: Bool

    static let columns: Query = """
        progress, status, refund_status, is_authorized, is_captured, refunded, has_pending, has_requested, has_failed
        """

    init(row: inout RowReader) throws {
        progress = try row()
        status = try row()
        refundStatus = try row()
        isAuthorized = try row()
        isCaptured = try row()
        refunded = try row()
        hasPending = try row()
        hasRequested = try row()
        hasFailed = try row()
    }

    /// The statuses that are others than those that follow.
    var differences: [(rule: LedgerDifference.Rule, found: String, expected: String)] {
        [
            (LedgerDifference.Rule.status, status, expectedStatus),
            (.refundStatus, refundStatus, expectedRefundStatus),
        ].filter { $0.1 != $0.2 }
    }

    private var amounts: (captured: Money, refunded: Money) {
        (Money(minorUnits: isCaptured ? 2 : 0), Money(minorUnits: Int64(refunded)))
    }

    private var expectedStatus: String {
        guard let progress = GatewayPayment.Progress(rawValue: progress) else {
            return "that of no progress \(progress)"
        }
        var facts = PaymentFacts()
        facts.progress = progress
        facts.captured = amounts.captured
        facts.authorized = isAuthorized ? Money(minorUnits: 2) : .zero
        return facts.status(refunded: amounts.refunded).rawValue
    }

    private var expectedRefundStatus: String {
        let flags: [(RefundStatus, Bool)] = [(.pending, hasPending), (.requested, hasRequested), (.failed, hasFailed)]
        let statuses = Set(flags.filter(\.1).map(\.0))
        return RefundSummary.of(statuses, captured: amounts.captured, refunded: amounts.refunded).rawValue
    }
}

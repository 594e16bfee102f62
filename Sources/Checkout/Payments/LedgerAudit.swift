import Payments
import SQL

/// Holds the ledger against orders, their documents, payments, refunds and disputes.
public enum LedgerAudit {
    /// Returns everything that does not add up, at most 1,000 rows for each comparison, as of one moment, so that a shop can go
    /// on selling meanwhile. The memory that it takes does not grow with the number of orders.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [LedgerDifference] {
        try PaymentLedgerAudit.differences(connection) + OrderLedgerQueries.currencies(connection)
            + OrderLedgerQueries.documents(connection) + OrderLedgerQueries.claims(connection)
            + OrderPaymentQueries.differences(connection)
    }
}

import Commerce
import Orders
import Payments
import SQL

/// The statements of the ledger's audit over orders and their documents: one for each comparison, whatever the number of rows.
enum OrderLedgerQueries {
    /// Finds transactions of orders that there are not, or in another currency than theirs.
    static func currencies(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT t.id, MIN(e.currency), COALESCE(o.currency, '') FROM ledger_transactions t
            JOIN ledger_entries e ON e.transaction_id = t.id LEFT JOIN orders o ON o.id = t.order_id
            WHERE t.order_id IS NOT NULL GROUP BY t.id, o.currency HAVING o.currency IS NULL OR MIN(e.currency) <> o.currency
            ORDER BY t.id LIMIT 1000
            """
        ) {
            LedgerDifference(
                .currency, .transaction(try $0()), found: try $0(String.self), expected: try $0(String.self))
        }
    }

    /// Compares the numbers of invoices and credit notes that were posted and issued.
    static func documents(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT o.id, \(whole("l.invoices")), \(whole("i.invoices")), \(whole("l.notes")), \(whole("i.notes"))
            FROM orders o
            LEFT JOIN (SELECT order_id, SUM(CASE WHEN kind = 'invoice' THEN 1 ELSE 0 END) AS invoices,
            SUM(CASE WHEN kind = 'credit_note' THEN 1 ELSE 0 END) AS notes
            FROM ledger_transactions GROUP BY order_id) l ON l.order_id = o.id
            LEFT JOIN (SELECT order_id, SUM(CASE WHEN series = 'invoice' THEN 1 ELSE 0 END) AS invoices,
            SUM(CASE WHEN series = 'credit_note' THEN 1 ELSE 0 END) AS notes
            FROM invoices GROUP BY order_id) i ON i.order_id = o.id
            WHERE COALESCE(l.invoices, 0) <> COALESCE(i.invoices, 0) OR COALESCE(l.notes, 0) <> COALESCE(i.notes, 0)
            ORDER BY o.id LIMIT 1000
            """
        ) { row in
            let subject = LedgerDifference.Subject.order(try row())
            return [
                LedgerDifference.between(.invoices, subject, try row(), try row()),
                .between(.creditNotes, subject, try row(), try row()),
            ].compactMap { $0 }
        }.flatMap { $0 }
    }

    /// Compares what customers owe, and the taxes, with what documents claim and money that came.
    static func claims(_ connection: Connection) throws -> [LedgerDifference] {
        try connection.all(
            """
            SELECT a.id, a.receivable, a.claim - a.kept, a.tax, a.claimed_tax FROM (
            SELECT o.id, \(whole("l.receivable")) AS receivable, \(whole("l.tax")) AS tax, \(whole("p.kept")) AS kept,
            \(claim("o.total", "worth")) AS claim, \(claim("o.tax", "tax")) AS claimed_tax
            FROM orders o
            LEFT JOIN (SELECT order_id, SUM(CASE WHEN account = 'receivable' THEN debit - credit ELSE 0 END) AS receivable,
            SUM(CASE WHEN account = 'tax' THEN credit - debit ELSE 0 END) AS tax
            FROM ledger_entries GROUP BY order_id) l ON l.order_id = o.id
            LEFT JOIN (SELECT order_id, SUM(captured_amount - refunded_amount) AS kept
            FROM payments GROUP BY order_id) p ON p.order_id = o.id
            LEFT JOIN (SELECT order_id, MAX(CASE WHEN series = 'invoice' THEN 1 ELSE 0 END) AS is_invoiced,
            MAX(CASE WHEN series = 'credit_note' AND return_id = 0 THEN 1 ELSE 0 END) AS is_credited
            FROM invoices GROUP BY order_id) i ON i.order_id = o.id
            LEFT JOIN (\(returned)) r ON r.order_id = o.id
            ) a WHERE a.receivable <> a.claim - a.kept OR a.tax <> a.claimed_tax ORDER BY a.id LIMIT 1000
            """
        ) { row in
            let subject = LedgerDifference.Subject.order(try row())
            return [
                LedgerDifference.between(.receivable, subject, try row(), try row()),
                .between(.tax, subject, try row(), try row()),
            ].compactMap { $0 }
        }.flatMap { $0 }
    }

    /// Returns what documents claim of `whole`: an invoice is over what was not canceled before it; each credit note takes off what
    /// was returned or canceled after it, that over the order as a whole all that was never canceled.
    private static func claim(_ whole: Query, _ part: Query) -> Query {
        """
        CASE WHEN COALESCE(i.is_invoiced, 0) = 0 THEN 0 ELSE \(whole) - \(self.whole("r.gone_\(part)"))
        - \(self.whole("r.noted_\(part)")) - CASE WHEN i.is_credited = 1
        THEN \(whole) - \(self.whole("r.cancelled_\(part)")) ELSE 0 END END
        """
    }

    /// Sums up what came back or was canceled of each order: `noted_` has a credit note, `gone_` was canceled before the invoice.
    private static let returned: Query = """
        SELECT v.order_id, \(sums("worth")), \(sums("tax")) FROM (
        SELECT r.order_id, r.kind, n.id AS note, r.refund_amount AS worth,
        (SELECT COALESCE(SUM(x.tax_amount), 0) FROM return_items x WHERE x.return_id = r.id)
        + CASE WHEN r.refunds_shipping = 1 THEN o.tax
        - (SELECT COALESCE(SUM(y.tax), 0) FROM order_items y WHERE y.order_id = r.order_id) ELSE 0 END AS tax
        FROM returns r JOIN orders o ON o.id = r.order_id
        LEFT JOIN invoices n ON n.order_id = r.order_id AND n.return_id = r.id AND n.series = 'credit_note'
        WHERE r.status = 'received') v GROUP BY v.order_id
        """

    private static func sums(_ part: Query) -> Query {
        """
        SUM(CASE WHEN v.note IS NOT NULL THEN v.\(part) ELSE 0 END) AS noted_\(part),
        SUM(CASE WHEN v.note IS NULL AND v.kind = 'cancellation' THEN v.\(part) ELSE 0 END) AS gone_\(part),
        SUM(CASE WHEN v.kind = 'cancellation' THEN v.\(part) ELSE 0 END) AS cancelled_\(part)
        """
    }

    /// Returns a sum that may be missing as a whole number.
    private static func whole(_ sum: Query) -> Query { "CAST(COALESCE(\(sum), 0) AS SIGNED)" }
}

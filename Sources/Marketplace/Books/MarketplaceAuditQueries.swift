import Commerce
import SQL

/// The statements of the marketplace's audit: one for each comparison, whatever the number of rows.
enum MarketplaceAuditQueries {
    static func balances(_ connection: Connection) throws -> [MarketplaceDifference] {
        try compare(
            """
            SELECT x.vendor_id, x.balance, x.entries FROM (
            SELECT a.vendor_id, a.balance, CAST(COALESCE(e.entries, 0) AS SIGNED) AS entries FROM vendor_accounts a
            LEFT JOIN (\(entries)) e ON e.vendor_id = a.vendor_id
            UNION ALL SELECT e.vendor_id, 0, e.entries FROM (\(entries)) e
            WHERE NOT EXISTS (SELECT 1 FROM vendor_accounts a WHERE a.vendor_id = e.vendor_id)) x
            WHERE x.balance <> x.entries ORDER BY x.vendor_id LIMIT 1000
            """, "vendor", .balance, connection)
    }

    private static let entries: Query = """
        SELECT vendor_id, CAST(SUM(amount) AS SIGNED) AS entries FROM vendor_ledger_entries GROUP BY vendor_id
        """

    /// Compares what the shop's ledger owes vendors with their balances.
    static func payables(_ connection: Connection) throws -> [MarketplaceDifference] {
        try compare(
            """
            SELECT a.vendor_id, CAST(COALESCE(l.owed, 0) AS SIGNED), a.balance FROM vendor_accounts a
            LEFT JOIN (SELECT CAST(SUBSTR(account, 9) AS SIGNED) AS vendor_id, SUM(credit - debit) AS owed
            FROM ledger_entries WHERE account >= 'payable:' AND account < 'payable;' GROUP BY account) l
            ON l.vendor_id = a.vendor_id WHERE COALESCE(l.owed, 0) <> a.balance ORDER BY a.vendor_id LIMIT 1000
            """, "vendor", .payable, connection)
    }

    static func payouts(_ connection: Connection) throws -> [MarketplaceDifference] {
        try compare(
            """
            SELECT p.id, CAST(COALESCE(e.paid, 0) AS SIGNED), CASE WHEN p.status = 'failed' THEN 0 ELSE p.amount END
            FROM vendor_payouts p LEFT JOIN (SELECT payout_id, SUM(-amount) AS paid FROM vendor_ledger_entries
            WHERE payout_id IS NOT NULL AND entry_type = 'payout' GROUP BY payout_id) e ON e.payout_id = p.id
            WHERE COALESCE(e.paid, 0) <> CASE WHEN p.status = 'failed' THEN 0 ELSE p.amount END
            ORDER BY p.id LIMIT 1000
            """, "payout", .payout, connection)
    }

    /// Finds orders with an invoice of which vendors' lines were not sold, or others were.
    static func unsold(_ connection: Connection) throws -> [MarketplaceDifference] {
        try compare(
            """
            SELECT x.id, x.sold, x.wanted FROM (SELECT o.id, CAST(COALESCE(s.sold, 0) AS SIGNED) AS sold, w.wanted
            FROM invoices o2 JOIN orders o ON o.id = o2.order_id
            JOIN (SELECT order_id, COUNT(*) AS wanted FROM order_items WHERE vendor_id IS NOT NULL GROUP BY order_id) w
            ON w.order_id = o.id
            LEFT JOIN (SELECT order_id, COUNT(*) AS sold FROM line_commissions GROUP BY order_id) s ON s.order_id = o.id
            WHERE o2.series = 'invoice') x WHERE x.sold <> x.wanted ORDER BY x.id LIMIT 1000
            """, "order", .sale, connection)
    }

    static func waiting(_ connection: Connection) throws -> [MarketplaceDifference] {
        try compare(
            """
            SELECT i.id, COUNT(*), 0 FROM vendor_ledger_entries e JOIN order_items i ON i.id = e.order_item_id
            WHERE e.available_at IS NULL AND i.status IN ('delivered', 'cancelled') GROUP BY i.id ORDER BY i.id
            LIMIT 1000
            """, "line", .waiting, connection)
    }

    static func soldOrders(after last: OrderID, _ connection: Connection) throws -> [OrderID] {
        try connection.column(
            """
            SELECT DISTINCT order_id FROM line_commissions WHERE order_id > \(last) ORDER BY order_id LIMIT 500
            """)
    }

    private static func compare(
        _ query: Query, _ noun: String, _ rule: MarketplaceDifference.Rule, _ connection: Connection
    ) throws -> [MarketplaceDifference] {
        try connection.all(query) { row in
            MarketplaceDifference(
                subject: "\(noun) \(try row(Int64.self))", rule: rule, found: try row(Int64.self),
                expected: try row(Int64.self))
        }
    }
}

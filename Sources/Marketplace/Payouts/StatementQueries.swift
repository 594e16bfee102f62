import Commerce
import Primitives
import SQL

/// What became available to a vendor, for the statement of a payout.
enum StatementQueries {
    /// A line: an order, an adjustment, or all of a day.
    struct Row: Sendable {
        let moment: Timestamp
        let name: String
        let sale: Money
        let commission: Money
        /// Refunds, disputes and adjustments.
        let back: Money

        var net: Money { get throws(OutOfRange) { try sale + commission + back } }
    }

    /// The three sums of a line.
    private static let sums: Query = """
        CAST(SUM(CASE WHEN e.entry_type = 'sale' THEN e.amount ELSE 0 END) AS SIGNED) AS sale,
        CAST(SUM(CASE WHEN e.entry_type = 'commission' THEN e.amount ELSE 0 END) AS SIGNED) AS commission,
        CAST(SUM(CASE WHEN e.entry_type IN ('sale', 'commission') THEN 0 ELSE e.amount END) AS SIGNED) AS back
        """

    private static func entries(_ vendor: VendorID, from start: Timestamp, until end: Timestamp) -> Query {
        """
        FROM vendor_ledger_entries e WHERE e.vendor_id = \(vendor) AND e.entry_type <> 'payout'
        AND e.available_at >= \(start) AND e.available_at <= \(end)
        """
    }

    /// Returns what became available to a vendor in a stretch of time, by order: at most `limit` lines.
    static func rows(
        _ vendor: VendorID, from start: Timestamp, until end: Timestamp, limit: Int, _ connection: Connection
    ) throws -> [Row] {
        try connection.all(
            """
            SELECT g.moment, COALESCE(o.order_number, g.reason), g.sale, g.commission, g.back FROM (
            SELECT COALESCE(e.order_id, -e.id) AS subject, MAX(e.order_id) AS order_id, MAX(e.reason) AS reason,
            MAX(e.available_at) AS moment, \(sums) \(entries(vendor, from: start, until: end)) GROUP BY subject) g
            LEFT JOIN orders o ON o.id = g.order_id ORDER BY g.moment, g.subject LIMIT \(limit)
            """
        ) { Row(moment: try $0(), name: try $0(), sale: try $0(), commission: try $0(), back: try $0()) }
    }

    /// Returns what became available to a vendor in a stretch of time, by quarter of an hour, with the number of entries.
    static func slots(
        _ vendor: VendorID, from start: Timestamp, until end: Timestamp, _ connection: Connection
    ) throws -> [(row: Row, entries: Int)] {
        try connection.all(
            """
            SELECT e.available_at - e.available_at % \(TimeZoneRules.slot) AS slot, \(sums), COUNT(*)
            \(entries(vendor, from: start, until: end)) GROUP BY slot ORDER BY slot
            """
        ) { (Row(moment: try $0(), name: "", sale: try $0(), commission: try $0(), back: try $0()), try $0()) }
    }
}

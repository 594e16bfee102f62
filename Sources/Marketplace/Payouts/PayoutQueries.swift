import Commerce
import Primitives
import SQL
import Vendors
import Web

/// The statements of payouts.
enum PayoutQueries {
    /// Returns the next vendors that may have something due in a period and have no payout of it: of all that are not suspended, or
    /// of those named.
    static func candidates(
        _ period: PayoutPeriod, among named: [VendorID]?, after last: VendorID, limit: Int, _ connection: Connection
    ) throws -> [VendorID] {
        let chosen: Query = named.map { "a.vendor_id IN (\(list: $0))" } ?? "v.status <> 'suspended'"
        return try connection.column(
            """
            SELECT a.vendor_id FROM vendor_accounts a JOIN vendors v ON v.id = a.vendor_id
            WHERE a.vendor_id > \(last) AND a.balance > 0 AND \(chosen)
            AND NOT EXISTS (SELECT 1 FROM vendor_payouts p WHERE p.vendor_id = a.vendor_id
            AND p.period_start = \(period.start) AND p.period_end = \(period.end))
            ORDER BY a.vendor_id LIMIT \(limit)
            """)
    }

    /// What of a vendor's balance is not due: what became available after the cut-off, and what is not available now.
    struct Held: Sendable {
        var late = Money.zero
        var pending = Money.zero
    }

    /// Returns what is held of these vendors. Payouts made after the cut-off are no earnings: they are taken off all the same.
    static func held(
        _ vendors: [VendorID], cutoff: Timestamp, now: Timestamp, _ connection: Connection
    ) throws -> [VendorID: Held] {
        let rows: [(VendorID, Money, Money)] = try connection.tuples(
            """
            SELECT vendor_id, CAST(SUM(CASE WHEN entry_type = 'payout' THEN 0 ELSE amount END) AS SIGNED),
            CAST(SUM(CASE WHEN available_at IS NULL OR available_at > \(now) THEN amount ELSE 0 END) AS SIGNED) FROM (
            SELECT vendor_id, entry_type, amount, available_at FROM vendor_ledger_entries
            WHERE vendor_id IN (\(list: vendors)) AND available_at IS NULL
            UNION ALL SELECT vendor_id, entry_type, amount, available_at FROM vendor_ledger_entries
            WHERE vendor_id IN (\(list: vendors)) AND available_at > \(cutoff)) e GROUP BY vendor_id
            """)
        return rows.reduce(into: [:]) { $0[$1.0] = Held(late: $1.1, pending: $1.2) }
    }

    /// Returns which of these vendors have a payout of a period.
    static func paid(_ period: PayoutPeriod, among vendors: [VendorID], _ connection: Connection) throws -> Set<
        VendorID
    > {
        Set(
            try connection.column(
                """
                SELECT vendor_id FROM vendor_payouts WHERE vendor_id IN (\(list: vendors))
                AND period_start = \(period.start) AND period_end = \(period.end)
                """))
    }

    static func names(_ vendors: [VendorID], _ connection: Connection) throws -> [VendorID: String] {
        Dictionary(
            uniqueKeysWithValues: try connection.tuples("SELECT id, name FROM vendors WHERE id IN (\(list: vendors))"))
    }

    static func exists(_ vendor: VendorID, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT 1 FROM vendors WHERE id = \(vendor)", as: Int.self) != nil
    }

    static func insert(_ payout: Payout, _ tx: Transaction) throws -> PayoutID {
        PayoutID(try tx.insert("INSERT INTO vendor_payouts \(insert: try payout.values())"))
    }

    static func update(_ payout: Payout, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendor_payouts SET status = \(payout.status), transaction_reference = \(payout.reference),
            failure_reason = \(payout.failureReason), processed_at = \(payout.processedAt)
            WHERE id = \(payout.id)
            """)
    }

    static func find(_ id: PayoutID, _ connection: Connection) throws -> Payout? {
        try connection.first("SELECT \(Payout.columns) FROM vendor_payouts WHERE id = \(id)")
    }

    static func lock(_ id: PayoutID, _ tx: Transaction) throws -> Payout? {
        try tx.first("SELECT \(Payout.columns) FROM vendor_payouts WHERE id = \(id) \(tx.dialect.forUpdate)")
    }

    /// Returns the payouts of an export, oldest first.
    static func all(
        _ filter: PayoutListQueries.Filter, after last: PayoutID, limit: Int, _ connection: Connection
    ) throws -> [Payout] {
        try connection.all(
            """
            SELECT \(Payout.columns) FROM vendor_payouts WHERE \(filter.condition) AND id > \(last)
            ORDER BY id LIMIT \(limit)
            """)
    }

    /// Locks the next payouts to accounts at banks that no message has, oldest first.
    static func lockUnsent(
        _ filter: PayoutListQueries.Filter, after last: PayoutID, limit: Int, _ tx: Transaction
    ) throws -> [Payout] {
        try tx.all(
            """
            SELECT \(Payout.columns) FROM vendor_payouts WHERE \(filter.condition)
            AND payout_method = \(PayoutMethod.bankTransfer) AND exported_at IS NULL AND id > \(last)
            ORDER BY id LIMIT \(limit) \(tx.dialect.forUpdate)
            """)
    }

    /// Notes that these payouts are in a message.
    static func mark(_ ids: [PayoutID], message: String, at moment: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendor_payouts SET exported_at = \(moment), bank_message_id = \(message)
            WHERE id IN (\(list: ids)) AND exported_at IS NULL
            """)
    }

    /// Returns the payouts of a message, oldest first.
    static func all(ofMessage id: String, _ connection: Connection) throws -> [Payout] {
        try connection.all(
            "SELECT \(Payout.columns) FROM vendor_payouts WHERE bank_message_id = \(id) ORDER BY id")
    }

    /// Returns which of these vendors are suspended.
    static func suspended(_ vendors: [VendorID], _ connection: Connection) throws -> Set<VendorID> {
        Set(
            try connection.column(
                "SELECT id FROM vendors WHERE id IN (\(list: vendors)) AND status = 'suspended'"))
    }

    /// Returns the user and the address of a vendor; nil where nobody manages it.
    static func contact(of vendor: VendorID, _ connection: Connection) throws -> (user: UserID, email: String)? {
        let found: (UserID, String)? = try connection.tuple(
            """
            SELECT u.id, u.email FROM vendors v JOIN users u ON u.id = v.user_id
            WHERE v.id = \(vendor) AND u.deleted_at IS NULL
            """)
        return found.map { (user: $0.0, email: $0.1) }
    }
}

import Commerce
import Primitives
import SQL
import Web

/// The statements of vendors' accounts and their entries.
enum VendorAccountQueries {
    /// Adds amounts to the accounts of vendors, which stay locked until the transaction ends: in the order of their ids.
    static func add(_ sums: [VendorID: Money], _ tx: Transaction) throws {
        for (vendor, amount) in sums.sorted(by: { $0.key < $1.key }) {
            let change: Query = "UPDATE vendor_accounts SET balance = balance + \(amount) WHERE vendor_id = \(vendor)"
            guard try tx.execute(change) == 0 else { continue }
            try open(vendor, tx)
            try tx.execute(change)
        }
    }

    /// Makes a vendor's account, where there is none.
    static func open(_ vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute(
            "\(tx.dialect.insertOrIgnore) vendor_accounts (vendor_id, balance) VALUES (\(vendor), \(Money.zero))")
    }

    /// Locks the accounts of these vendors and returns what each is owed.
    static func lock(_ vendors: [VendorID], _ tx: Transaction) throws -> [(vendor: VendorID, balance: Money)] {
        try tx.all(
            """
            SELECT vendor_id, balance FROM vendor_accounts WHERE vendor_id IN (\(list: vendors)) ORDER BY vendor_id
            \(tx.dialect.forUpdate)
            """
        ) { (vendor: try $0(VendorID.self), balance: try $0(Money.self)) }
    }

    static func insert(_ postings: [VendorPosting], at now: Timestamp, _ tx: Transaction) throws {
        guard !postings.isEmpty else { return }
        let rows = postings.map { posting -> ColumnValues in
            [
                "vendor_id": posting.vendor, "entry_type": posting.kind, "amount": posting.amount,
                "currency": posting.currency, "order_id": posting.order, "order_item_id": posting.item,
                "payout_id": posting.payout, "reason": posting.reason, "created_by": posting.user,
                "available_at": posting.availableAt, "created_at": now, "request_key": posting.requestKey,
            ]
        }
        try tx.execute("INSERT INTO vendor_ledger_entries \(insert: rows)")
    }

    /// Returns whether an entry was made by a request.
    static func isKnown(_ requestKey: String, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT 1 FROM vendor_ledger_entries WHERE request_key = \(requestKey)", as: Int.self) != nil
    }

    /// Returns the sums of an order's entries by line and kind.
    static func sums(
        of order: OrderID, _ connection: Connection
    ) throws -> [OrderItemID: [VendorEntry.Kind: Money]] {
        let rows: [(OrderItemID, VendorEntry.Kind, Money)] = try connection.tuples(
            """
            SELECT order_item_id, entry_type, CAST(SUM(amount) AS SIGNED) FROM vendor_ledger_entries
            WHERE order_id = \(order) GROUP BY order_item_id, entry_type
            """)
        return rows.reduce(into: [:]) { $0[$1.0, default: [:]][$1.1] = $1.2 }
    }

    /// Returns the sums of a vendor's entries by order: of those of commission, and of all.
    static func earnings(
        of orders: [OrderID], for vendor: VendorID, _ connection: Connection
    ) throws -> [OrderID: (commission: Money, whole: Money)] {
        guard !orders.isEmpty else { return [:] }
        let rows: [(OrderID, Money, Money)] = try connection.tuples(
            """
            SELECT order_id, CAST(SUM(CASE WHEN entry_type = 'commission' THEN amount ELSE 0 END) AS SIGNED),
            CAST(SUM(amount) AS SIGNED)
            FROM vendor_ledger_entries \(connection.dialect.through("ix_vendor_ledger_entries_order_id"))
            WHERE order_id IN (\(list: orders)) AND vendor_id = \(vendor) GROUP BY order_id
            """)
        return rows.reduce(into: [:]) { $0[$1.0] = (commission: $1.1, whole: $1.2) }
    }

    /// Says from when on what waited for these lines is available.
    static func release(_ order: OrderID, _ items: [OrderItemID], at moment: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendor_ledger_entries SET available_at = \(moment) WHERE order_id = \(order)
            AND order_item_id IN (\(list: items)) AND available_at IS NULL
            """)
    }

    /// Returns what a vendor is owed at a moment.
    static func balance(of vendor: VendorID, at now: Timestamp, _ connection: Connection) throws -> VendorBalance {
        let found: (Money, Money)? = try connection.tuple(
            """
            SELECT a.balance, \(pending(after: now)) FROM vendor_accounts a WHERE a.vendor_id = \(vendor)
            """)
        return found.map { VendorBalance(whole: $0.0, pending: $0.1) } ?? VendorBalance()
    }

    /// Two sums, each over a range of the index: what has no moment, and what has a later one.
    private static func pending(after now: Timestamp) -> Query {
        """
        CAST(COALESCE((SELECT SUM(e.amount) FROM vendor_ledger_entries e WHERE e.vendor_id = a.vendor_id
        AND e.available_at IS NULL), 0) + COALESCE((SELECT SUM(e.amount) FROM vendor_ledger_entries e
        WHERE e.vendor_id = a.vendor_id AND e.available_at > \(now)), 0) AS SIGNED)
        """
    }

    static func count(of vendor: VendorID, _ kind: VendorEntry.Kind?, _ connection: Connection) throws -> Int {
        try connection.value(
            "SELECT COUNT(*) FROM vendor_ledger_entries WHERE \(condition(vendor, kind))") ?? 0
    }

    static func list(
        of vendor: VendorID, _ kind: VendorEntry.Kind?, _ page: PageRequest, _ connection: Connection
    ) throws -> [VendorEntry] {
        try connection.all(
            """
            SELECT \(VendorEntry.columns) FROM vendor_ledger_entries WHERE \(condition(vendor, kind))
            ORDER BY created_at DESC, id DESC \(page.limit)
            """)
    }

    private static func condition(_ vendor: VendorID, _ kind: VendorEntry.Kind?) -> Query {
        guard let kind else { return "vendor_id = \(vendor)" }
        return "vendor_id = \(vendor) AND entry_type = \(kind)"
    }
}

import Commerce
import Primitives
import SQL

/// The statements that sum up what a vendor sold.
enum VendorSalesQueries {
    /// The most lines of a report by product or category.
    private static let maxLines = 1_000

    private static let sums: Query = """
        COALESCE(SUM(c.quantity), 0), COUNT(DISTINCT c.order_id), COALESCE(SUM(c.gross), 0),
        COALESCE(SUM(c.discount), 0), COALESCE(SUM(c.base), 0), COALESCE(SUM(c.commission), 0)
        """

    /// Returns sums by quarter of an hour; an order is sold at one moment.
    static func slots(
        of vendor: VendorID, from start: Timestamp, until end: Timestamp, _ connection: Connection
    ) throws -> [(moment: Timestamp, sums: VendorAnalytics.Sums)] {
        try connection.all(
            """
            SELECT c.sold_at - c.sold_at % \(TimeZoneRules.slot) AS slot, \(sums) FROM line_commissions c
            WHERE c.vendor_id = \(vendor) AND c.sold_at >= \(start) AND c.sold_at < \(end) GROUP BY slot ORDER BY slot
            """
        ) { (try $0(), try VendorAnalytics.Sums(row: &$0)) }
    }

    static func products(
        of vendor: VendorID, from start: Timestamp, until end: Timestamp, _ connection: Connection
    ) throws -> [VendorAnalytics.Line] {
        try lines("c.product_id", names: "products", of: vendor, from: start, until: end, connection)
    }

    static func categories(
        of vendor: VendorID, from start: Timestamp, until end: Timestamp, _ connection: Connection
    ) throws -> [VendorAnalytics.Line] {
        try lines("c.category_id", names: "categories", of: vendor, from: start, until: end, connection)
    }

    private static func lines(
        _ key: Query, names: Query, of vendor: VendorID, from start: Timestamp, until end: Timestamp,
        _ connection: Connection
    ) throws -> [VendorAnalytics.Line] {
        try connection.all(
            """
            SELECT COALESCE(s.line_key, 0), COALESCE(n.name, ''), s.quantity, s.orders, s.gross, s.discount, s.base,
            s.commission FROM (SELECT \(key) AS line_key, SUM(c.quantity) AS quantity,
            COUNT(DISTINCT c.order_id) AS orders, SUM(c.gross) AS gross, SUM(c.discount) AS discount,
            SUM(c.base) AS base, SUM(c.commission) AS commission FROM line_commissions c
            WHERE c.vendor_id = \(vendor) AND c.sold_at >= \(start) AND c.sold_at < \(end)
            GROUP BY line_key ORDER BY base DESC, line_key LIMIT \(maxLines)) s
            LEFT JOIN \(names) n ON n.id = s.line_key ORDER BY s.base DESC, s.line_key
            """
        ) { row in
            let (key, name): (Int64, String) = (try row(), try row())
            return VendorAnalytics.Line(key: String(key), name: name, sums: try VendorAnalytics.Sums(row: &row))
        }
    }

    static func totals(of vendors: [VendorID], _ connection: Connection) throws -> [VendorID: Money] {
        guard !vendors.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try connection.tuples(
                """
                SELECT vendor_id, CAST(SUM(base) AS SIGNED) FROM line_commissions
                WHERE vendor_id IN (\(list: vendors)) GROUP BY vendor_id
                """))
    }

    /// The counts of a dashboard.
    struct Dashboard: Sendable {
        let sales: Money
        let orders: Int
        let pendingOrders: Int
        let products: Int
        let activeProducts: Int
        let lowStock: Int
    }

    /// Counts a vendor's sales, orders and goods by three statements.
    static func dashboard(of vendor: VendorID, _ connection: Connection) throws -> Dashboard {
        let (sales, orders): (Money, Int) =
            try connection.tuple(
                """
                SELECT COALESCE(SUM(base), 0), COUNT(DISTINCT order_id) FROM line_commissions WHERE vendor_id = \(vendor)
                """) ?? (.zero, 0)
        let pending: Int =
            try connection.value(
                """
                SELECT COUNT(DISTINCT order_id) FROM order_items WHERE vendor_id = \(vendor)
                AND status IN ('pending', 'processing')
                """) ?? 0
        let (products, active, low): (Int, Int, Int) =
            try connection.tuple(
                """
                SELECT COUNT(*), COALESCE(SUM(CASE WHEN is_active = 1 THEN 1 ELSE 0 END), 0),
                (SELECT COUNT(*) FROM stock s JOIN products q ON q.id = s.product_id WHERE q.vendor_id = \(vendor)
                AND q.deleted_at IS NULL AND s.reorder_level > 0 AND s.on_hand - s.reserved <= s.reorder_level)
                FROM products WHERE vendor_id = \(vendor) AND deleted_at IS NULL
                """) ?? (0, 0, 0)
        return Dashboard(
            sales: sales, orders: orders, pendingOrders: pending, products: products, activeProducts: active,
            lowStock: low)
    }

    /// An order with lines of a vendor, as a dashboard shows it.
    struct RecentOrder: Sendable {
        let id: OrderID
        let number: String
        let status: String
        let earnings: Money
        let createdAt: Timestamp
    }

    /// Returns the last five orders with lines of a vendor, the newest first, with what they earn by now.
    static func recent(of vendor: VendorID, _ connection: Connection) throws -> [RecentOrder] {
        try connection.all(
            """
            SELECT o.id, o.order_number, o.status, CAST(COALESCE((SELECT SUM(e.amount)
            FROM vendor_ledger_entries e \(connection.dialect.through("ix_vendor_ledger_entries_order_id"))
            WHERE e.order_id = o.id AND e.vendor_id = \(vendor)), 0) AS SIGNED), o.created_at
            FROM (SELECT DISTINCT order_id FROM order_items WHERE vendor_id = \(vendor)
            ORDER BY order_id DESC LIMIT 5) i JOIN orders o ON o.id = i.order_id ORDER BY o.id DESC
            """
        ) {
            RecentOrder(
                id: try $0(), number: try $0(), status: try $0(), earnings: try $0(), createdAt: try $0())
        }
    }
}

import Commerce
import Primitives
import SQL

/// The statements of sales reports: sums are made by the database, a handful of statements whatever the report.
struct SalesReportQueries {
    /// Clocks everywhere are set by quarters of an hour: sums of these can be put together to days of any time zone.
    private static let slot: Int64 = 900_000_000
    /// The most lines of a report by product or coupon.
    static let mostLines = 1_000

    let grouping: SalesReport.Grouping
    let from: CivilDate
    let until: CivilDate
    let zone: TimeZoneRules
    let connection: Connection

    private var start: Timestamp { zone.start(of: from) }
    private var end: Timestamp { zone.start(of: CivilDate(daysSinceEpoch: until.daysSinceEpoch + 1)) }
    private var isSold: Query { "o.created_at >= \(start) AND o.created_at < \(end) AND o.status <> 'cancelled'" }

    /// - Throws: `SQLError`.
    func read() throws -> SalesReport {
        let slots = try slots()
        let summary = slots.values.reduce(into: SalesReport.Sums.noOrders) { $0 += $1 }
        let lines: [SalesReport.Line] =
            switch grouping {
            case .day, .week, .month: periods(slots)
            case .product: try lines("i.product_id", name: "MAX(i.product_name)", joined: .empty)
            case .category:
                try lines(
                    "COALESCE(c.id, 0)", name: "COALESCE(MAX(c.name), '')",
                    joined: "LEFT JOIN products p ON p.id = i.product_id LEFT JOIN categories c ON c.id = p.category_id"
                )
            case .vendor:
                try lines(
                    "COALESCE(v.id, 0)", name: "COALESCE(MAX(v.name), '')",
                    joined: "LEFT JOIN vendors v ON v.id = i.vendor_id")
            case .coupon: try coupons()
            }
        let (carts, ordered) = try carts()
        return SalesReport(
            grouping: grouping, from: from, until: until, lines: lines, summary: summary, refunds: try refunds(),
            carts: carts, orderedCarts: ordered)
    }

    /// Sums by quarter of an hour.
    private func slots() throws -> [Timestamp: SalesReport.Sums] {
        var slots: [Timestamp: SalesReport.Sums] = [:]
        let orders = try connection.rows(
            """
            SELECT o.created_at - o.created_at % \(Self.slot) AS slot, COUNT(*), \(Self.sums) FROM orders o
            WHERE \(isSold) GROUP BY slot
            """)
        for row in orders {
            slots[try row[0]] = SalesReport.Sums(
                orders: try row[1], gross: try row[2], discount: try row[3], tax: try row[4], shipping: try row[5],
                total: try row[6])
        }
        let units = try connection.rows(
            """
            SELECT o.created_at - o.created_at % \(Self.slot) AS slot, \(Self.sum("i.quantity"))
            FROM orders o JOIN order_items i ON i.order_id = o.id WHERE \(isSold) GROUP BY slot
            """)
        for row in units { slots[try row[0]]?.units = try row[1] }
        return slots
    }

    private func periods(_ slots: [Timestamp: SalesReport.Sums]) -> [SalesReport.Line] {
        let periods = ReportPeriods(grouping, from: from, until: until, in: zone)
        var sums = Array(repeating: SalesReport.Sums.noOrders, count: periods.starts.count)
        for (moment, slot) in slots {
            if let index = periods.index(of: moment) { sums[index] += slot }
        }
        return zip(periods.starts, sums).map { SalesReport.Line(key: $0.description, name: "", sums: $1) }
    }

    private func lines(_ key: Query, name: Query, joined: Query) throws -> [SalesReport.Line] {
        try connection.rows(
            """
            SELECT \(key) AS line_key, \(name), \(Self.sum("i.quantity")), \(Self.sum("i.subtotal")) AS gross,
            \(Self.sum("i.discount")), \(Self.sum("i.tax"))
            FROM orders o JOIN order_items i ON i.order_id = o.id \(joined) WHERE \(isSold)
            GROUP BY line_key ORDER BY gross DESC, line_key LIMIT \(Self.mostLines)
            """
        ).map { row in
            let (gross, discount): (Money, Money) = try (row[3], row[4])
            return SalesReport.Line(
                key: String(try row[0] as Int64), name: try row[1],
                sums: SalesReport.Sums(
                    orders: nil, units: try row[2], gross: gross, discount: discount, tax: try row[5], shipping: nil,
                    total: gross - discount))
        }
    }

    private func coupons() throws -> [SalesReport.Line] {
        try connection.rows(
            """
            SELECT o.coupon_code, COUNT(*), \(Self.sums) FROM orders o WHERE \(isSold) AND o.coupon_code <> ''
            GROUP BY o.coupon_code ORDER BY 2 DESC, 1 LIMIT \(Self.mostLines)
            """
        ).map { row in
            SalesReport.Line(
                key: try row[0], name: "",
                sums: SalesReport.Sums(
                    orders: try row[1], gross: try row[2], discount: try row[3], tax: try row[4],
                    shipping: try row[5], total: try row[6]))
        }
    }

    private func refunds() throws -> Money {
        try connection.value(
            """
            SELECT \(Self.sum("refund_amount")) FROM returns
            WHERE status = 'received' AND updated_at >= \(start) AND updated_at < \(end)
            """) ?? .zero
    }

    private func carts() throws -> (begun: Int, ordered: Int) {
        let row = try connection.rows(
            """
            SELECT COUNT(*), \(Self.sum("CASE WHEN status = 'ordered' THEN 1 ELSE 0 END")) FROM carts
            WHERE created_at >= \(start) AND created_at < \(end)
            """
        ).first
        return (try row?[0] ?? 0, try row?[1] ?? 0)
    }

    private static let sums: Query = """
        \(sum("o.subtotal")), \(sum("o.discount_amount")), \(sum("o.tax")), \(sum("o.shipping_cost")), \(sum("o.total"))
        """

    private static func sum(_ column: StaticString) -> Query {
        "CAST(COALESCE(SUM(\(Query(column))), 0) AS SIGNED)"
    }
}

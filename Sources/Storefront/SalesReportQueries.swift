import Commerce
import Primitives
import SQL

/// The statements of sales reports: sums are made by the database, a handful of statements whatever the report.
struct SalesReportQueries {
    /// The most lines of a report by product or coupon, whatever is asked for.
    static let maxLines = 1_000

    let grouping: SalesReport.Grouping
    let from: CivilDate
    let until: CivilDate
    let zone: TimeZoneRules
    let limit: Int
    let connection: Connection

    private var start: Timestamp { zone.start(of: from) }
    private var end: Timestamp { zone.start(of: CivilDate(daysSinceEpoch: until.daysSinceEpoch + 1)) }
    /// The orders by the index that has all that is summed up: SQLite would take a shorter one, and read each order.
    private var orders: Query { "orders o \(connection.dialect.through("ix_orders_sales"))" }
    private var isCounted: Query { "o.created_at >= \(start) AND o.created_at < \(end) AND o.status <> 'cancelled'" }

    /// Reads the report.
    ///
    /// - Throws: `OutOfRange` where a sum does not fit 64 bits, `SQLError`.
    func read() throws -> SalesReport {
        try OutOfRange.refusing("The sum of these sales", summed)
    }

    private func summed() throws -> SalesReport {
        let slots = try slots()
        let summary = try slots.values.reduce(into: SalesReport.Sums.noOrders) { try $0 += $1 }
        let lines: [SalesReport.Line] =
            switch grouping {
            case .day, .week, .month: try periods(slots)
            case .product: try lines("i.product_id", joined: .empty, names: "products")
            case .category:
                try lines("p.category_id", joined: "JOIN products p ON p.id = i.product_id", names: "categories")
            case .vendor: try lines("i.vendor_id", joined: .empty, names: "vendors")
            case .coupon: try coupons()
            }
        let (carts, ordered) = try carts()
        return SalesReport(
            grouping: grouping, from: from, until: until, lines: lines, summary: summary, refunds: try refunds(),
            carts: carts, orderedCarts: ordered)
    }

    /// Sums by quarter of an hour.
    private func slots() throws -> [Timestamp: SalesReport.Sums] {
        let slots = try connection.all(
            """
            SELECT o.created_at - o.created_at % \(TimeZoneRules.slot) AS slot, COUNT(*), \(Self.sums) FROM \(orders)
            WHERE \(isCounted) GROUP BY slot
            """
        ) { row in (try row(Timestamp.self), try SalesReport.Sums(row: &row)) }
        return Dictionary(uniqueKeysWithValues: slots)
    }

    private func periods(_ slots: [Timestamp: SalesReport.Sums]) throws -> [SalesReport.Line] {
        let periods = ReportPeriods(grouping, from: from, until: until, in: zone)
        var sums = Array(repeating: SalesReport.Sums.noOrders, count: periods.starts.count)
        for (moment, slot) in slots {
            if let index = periods.index(of: moment) { try sums[index] += slot }
        }
        return zip(periods.starts, sums).map { SalesReport.Line(key: $0.description, name: "", sums: $1) }
    }

    /// Sums by what a line of an order stands for; names are looked up for the sums, not for every line.
    private func lines(_ key: Query, joined: Query, names: StaticString) throws -> [SalesReport.Line] {
        try connection.all(
            """
            SELECT COALESCE(summed.line_key, 0), COALESCE(n.name, ''), summed.gross, summed.discount, summed.units,
            summed.tax FROM (SELECT \(key) AS line_key, \(Self.sum("i.quantity")) AS units,
            \(Self.sum("i.subtotal")) AS gross, \(Self.sum("i.discount")) AS discount, \(Self.sum("i.tax")) AS tax
            FROM \(orders) JOIN order_items i ON i.order_id = o.id \(joined) WHERE \(isCounted)
            GROUP BY line_key ORDER BY gross DESC, line_key LIMIT \(limit)) summed
            LEFT JOIN \(Query(names)) n ON n.id = summed.line_key ORDER BY summed.gross DESC, summed.line_key
            """
        ) { row in
            let (key, name): (Int64, String) = try (row(), row())
            let (gross, discount): (Money, Money) = try (row(), row())
            return SalesReport.Line(
                key: String(key), name: name,
                sums: SalesReport.Sums(
                    orders: nil, units: try row(), gross: gross, discount: discount, tax: try row(), shipping: nil,
                    total: try gross - discount))
        }
    }

    private func coupons() throws -> [SalesReport.Line] {
        try connection.all(
            """
            SELECT o.coupon_code, COUNT(*), \(Self.sums) FROM \(orders) WHERE \(isCounted) AND o.coupon_code <> ''
            GROUP BY o.coupon_code ORDER BY 2 DESC, 1 LIMIT \(limit)
            """
        ) { row in
            SalesReport.Line(key: try row(), name: "", sums: try SalesReport.Sums(row: &row))
        }
    }

    private func refunds() throws -> Money {
        try connection.value(
            """
            SELECT \(Self.sum("r.refund_amount")) FROM returns r JOIN orders o ON o.id = r.order_id
            WHERE r.status = 'received' AND o.status <> 'cancelled'
            AND r.updated_at >= \(start) AND r.updated_at < \(end)
            """) ?? .zero
    }

    private func carts() throws -> (begun: Int, ordered: Int) {
        try connection.tuple(
            """
            SELECT COUNT(*), \(Self.sum("CASE WHEN status = 'ordered' THEN 1 ELSE 0 END")) FROM carts
            WHERE created_at >= \(start) AND created_at < \(end)
            """) ?? (0, 0)
    }

    private static let sums: Query = """
        \(sum("o.units")), \(sum("o.subtotal")), \(sum("o.discount_amount")), \(sum("o.tax")),
        \(sum("o.shipping_cost")), \(sum("o.total"))
        """

    /// No cast: MySQL's would cut a sum of more than 64 bits where all else refuses it as out of range.
    private static func sum(_ column: StaticString) -> Query {
        "COALESCE(SUM(\(Query(column))), 0)"
    }
}

extension SalesReport.Sums: RowDecodable {
    /// Reads the number of orders and their sums.
    init(row: inout RowReader) throws {
        self.init(
            orders: try row(), units: try row(), gross: try row(), discount: try row(), tax: try row(),
            shipping: try row(), total: try row())
    }
}

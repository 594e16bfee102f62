import Commerce
import Primitives
import SQL

/// The sales of a stretch of days: orders that were not canceled, by the moment at which they were placed.
struct SalesReport: Sendable {
    /// The meanings of a line of the report.
    enum Grouping: String, Sendable, CaseIterable {
        case day
        case week
        case month
        case product
        case category
        case vendor
        case coupon
    }

    /// Sums over some orders, or over lines of orders.
    struct Sums: Sendable, Hashable {
        /// The number of orders; nil where lines of orders are counted, since an order has several.
        var orders: Int?
        var units = 0
        /// The goods at their prices, in minor units.
        var gross = Money.zero
        var discount = Money.zero
        var tax = Money.zero
        /// The price of shipping, in minor units; nil where lines of orders are counted.
        var shipping: Money?
        /// The amounts that customers pay, in minor units; for lines of orders, goods less discount.
        var total = Money.zero

        static func += (left: inout Sums, right: Sums) throws(OutOfRange) {
            if let own = left.orders, let other = right.orders { left.orders = try own.plus(other) }
            left.units = try left.units.plus(right.units)
            try left.gross += right.gross
            try left.discount += right.discount
            try left.tax += right.tax
            if let own = left.shipping, let other = right.shipping { left.shipping = try own + other }
            try left.total += right.total
        }

        /// The sums over no orders.
        static let noOrders = Sums(orders: 0, shipping: .zero)
    }

    /// A line of the report.
    struct Line: Sendable {
        /// The first day of a period, the id of a product or category, or the code of a coupon.
        let key: String
        let name: String
        let sums: Sums
    }

    let grouping: Grouping
    /// The first and the last day of the report in the shop's time zone.
    let from: CivilDate
    let until: CivilDate
    let lines: [Line]
    let summary: Sums
    /// The value of what was returned in these days, in minor units.
    let refunds: Money
    /// The carts begun in these days.
    let carts: Int
    /// Those of them that became orders.
    let orderedCarts: Int

    /// The total over the number of orders, rounded, in minor units; zero without orders.
    var average: Money {
        get throws(OutOfRange) {
            guard let orders = summary.orders, orders > 0 else { return .zero }
            return try summary.total.portion(1, of: Int64(orders))
        }
    }
}

/// The periods of a report, each by its first day.
struct ReportPeriods: Sendable {
    /// The first days, ascending; the first is that of the report.
    let starts: [CivilDate]
    /// The moments at which they begin, in the shop's time zone.
    let moments: [Timestamp]

    init(_ grouping: SalesReport.Grouping, from: CivilDate, until: CivilDate, in zone: TimeZoneRules) {
        let days = (from.daysSinceEpoch...until.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }
        starts = days.filter { day in
            switch grouping {
            // The first of January 1970 was a Thursday; weeks begin on Mondays (ISO 8601).
            case .week: day == from || ((day.daysSinceEpoch + 3) % 7 + 7) % 7 == 0
            case .month: day == from || day.day == 1
            case .day, .product, .category, .vendor, .coupon: true
            }
        }
        moments = starts.map { zone.start(of: $0) }
    }

    /// Returns the index of the period that a moment lies in; nil before the first.
    func index(of moment: Timestamp) -> Int? {
        let next = moments.partitioningIndex { $0 > moment }
        return next == 0 ? nil : next - 1
    }
}

extension SalesReport {
    /// Sums up what was sold from the beginning of one day to the end of another, by the clocks of `zone`; where lines are not
    /// of a time, the first `limit` of them.
    ///
    /// - Throws: `OutOfRange` where the sums are more than 64 bits hold, `SQLError`.
    static func read(
        by grouping: Grouping, from: CivilDate, until: CivilDate, zone: TimeZoneRules,
        limit: Int = SalesReportQueries.maxLines, _ connection: Connection
    ) throws -> SalesReport {
        try SalesReportQueries(
            grouping: grouping, from: from, until: until, zone: zone, limit: limit, connection: connection
        ).read()
    }
}

import Commerce
import Primitives

/// What was sold: orders that were not cancelled, by the moment they were placed.
struct SalesReport: Sendable {
    /// What a line of the report stands for.
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
        /// Nil where lines are counted: an order has lines of many.
        var orders: Int?
        var units = 0
        /// Goods at their prices.
        var gross = Money.zero
        var discount = Money.zero
        var tax = Money.zero
        /// Nil where lines are counted.
        var shipping: Money?
        /// What customers pay; of lines, goods less discount.
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

        /// Of orders that are none yet.
        static let noOrders = Sums(orders: 0, shipping: .zero)
    }

    /// A line of the report.
    struct Line: Sendable {
        /// The first day of a stretch of time, a product's or category's id, a coupon's code.
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
    /// For what came back in these days.
    let refunds: Money
    /// Carts that were begun in these days.
    let carts: Int
    /// Those of them that became orders.
    let orderedCarts: Int

    /// Total over orders, rounded; zero without orders.
    var average: Money {
        get throws(OutOfRange) {
            guard let orders = summary.orders, orders > 0 else { return .zero }
            return try summary.total.portion(1, of: Int64(orders))
        }
    }
}

/// The stretches of time of a report, each by its first day.
struct ReportPeriods: Sendable {
    /// In order; the first holds the report's first day.
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

    /// Which of them a moment lies in; nil before the first.
    func index(of moment: Timestamp) -> Int? {
        var (low, high) = (0, moments.count)
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}

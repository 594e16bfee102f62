import Commerce
import Primitives
import SQL
import Web

/// What a vendor sold in a stretch of days, by the moment at which it was sold; what came back later is not taken off.
struct VendorAnalytics: Sendable {
    /// The meanings of a line.
    enum Grouping: String, Sendable, CaseIterable {
        case day
        case product
        case category
    }

    /// Sums over sold lines, in minor units.
    struct Sums: Sendable, Hashable, RowDecodable {
        var quantity = 0
        var orders = 0
        var gross = Money.zero
        var discount = Money.zero
        var net = Money.zero
        var commission = Money.zero

        /// What the vendor earns.
        var earnings: Money { get throws(OutOfRange) { try net - commission } }

        init() {}

        init(row: inout RowReader) throws {
            quantity = try row()
            orders = try row()
            gross = try row()
            discount = try row()
            net = try row()
            commission = try row()
        }

        static func += (left: inout Sums, right: Sums) throws(OutOfRange) {
            left.quantity = try left.quantity.plus(right.quantity)
            left.orders = try left.orders.plus(right.orders)
            try left.gross += right.gross
            try left.discount += right.discount
            try left.net += right.net
            try left.commission += right.commission
        }
    }

    /// A line of the report.
    struct Line: Sendable {
        /// The day, or the id of the product or category; 0 where it is in none.
        let key: String
        let name: String
        let sums: Sums
    }

    let grouping: Grouping
    let lines: [Line]
    let total: Sums

    /// Sums up what a vendor sold from the beginning of one day to the end of another, by the clocks of `zone`.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    static func read(
        _ vendor: VendorID, by grouping: Grouping, from: CivilDate, until: CivilDate, zone: TimeZoneRules,
        _ connection: Connection
    ) throws -> VendorAnalytics {
        let (start, end) = (
            zone.start(of: from), zone.start(of: CivilDate(daysSinceEpoch: until.daysSinceEpoch + 1))
        )
        let slots = try VendorSalesQueries.slots(of: vendor, from: start, until: end, connection)
        let total = try slots.reduce(into: Sums()) { try $0 += $1.sums }
        let lines: [Line] =
            switch grouping {
            case .day: try days(slots, from: from, until: until, zone)
            case .product: try VendorSalesQueries.products(of: vendor, from: start, until: end, connection)
            case .category: try VendorSalesQueries.categories(of: vendor, from: start, until: end, connection)
            }
        return VendorAnalytics(grouping: grouping, lines: lines, total: total)
    }

    private static func days(
        _ slots: [(moment: Timestamp, sums: Sums)], from: CivilDate, until: CivilDate, _ zone: TimeZoneRules
    ) throws -> [Line] {
        var sums: [Int: Sums] = [:]
        for slot in slots { try sums[zone.day(of: slot.moment).daysSinceEpoch, default: Sums()] += slot.sums }
        return (from.daysSinceEpoch...until.daysSinceEpoch).map { day in
            Line(key: CivilDate(daysSinceEpoch: day).description, name: "", sums: sums[day] ?? Sums())
        }
    }
}

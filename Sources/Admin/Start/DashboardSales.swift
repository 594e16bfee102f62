import AdminPages
import Commerce
import Primitives

/// How the shop sells: today beside the same day a week ago, and the last thirty days, by the report of sales by day.
struct DashboardSales: Sendable {
    let visit: Visit
    private let days: [Day]

    /// A day's orders, and what they come to in minor units.
    private struct Day: Sendable {
        let key: String
        let orders: Int64
        let total: Int64

        /// The total over the number of orders.
        var average: Int64 {
            guard orders > 0 else { return 0 }
            return (try? Money(minorUnits: total).portion(1, of: orders))?.minorUnits ?? 0
        }
    }

    init(_ visit: Visit, _ report: JSONValue) {
        self.visit = visit
        let decimals = visit.site.shop.currency.decimals
        days = (report.at("results")?.elements ?? []).map { line in
            Day(
                key: line.text("key") ?? "", orders: line.text("sums.orders").flatMap { Int64($0) } ?? 0,
                total: line.text("sums.total").flatMap { Int64(decimal: $0, scale: decimals) } ?? 0)
        }
    }

    /// What the template shows.
    var view: [String: Any] {
        guard let today = days.last else { return ["hasNone": true] }
        let before = days.count > 7 ? days[days.count - 8] : Day(key: "", orders: 0, total: 0)
        let isQuiet = days.allSatisfy { $0.orders == 0 }
        var view: [String: Any] = [
            "todayTitle": visit.text(DashboardWords.today, visit.format.day(today.key)),
            "cards": [
                card(DashboardWords.orders, today.orders, before.orders, before.key, write: number),
                card(DashboardWords.revenue, today.total, before.total, before.key, write: money),
                card(DashboardWords.average, today.average, before.average, before.key, write: money),
            ],
            "hasNone": isQuiet,
        ]
        guard !isQuiet else { return view }
        let points = days.map { day in
            AdminChart.Point(visit.format.shortDay(day.key), name: visit.format.day(day.key), day.total)
        }
        view["chart"] = AdminChart(visit.text(DashboardWords.byDay), .bars, points, in: .amounts(visit.format))
            .view(in: visit.language)
        view["lines"] = days.reversed().map { line($0) }
        return view
    }

    private func number(_ count: Int64) -> String { visit.format.number(String(count)) }

    private func money(_ minorUnits: Int64) -> String {
        visit.format.money(visit.site.shop.currency.text(Money(minorUnits: minorUnits)))
    }

    private func card(
        _ title: Phrase, _ now: Int64, _ before: Int64, _ day: String, write: (Int64) -> String
    ) -> [String: Any] {
        var view: [String: Any] = [
            "figure": visit.text(title), "now": write(now),
            "before": DashboardWords.weekAgo.text(in: visit.language, write(before), visit.format.shortDay(day)),
        ]
        if let percent = Self.change(from: before, to: now) {
            view["change"] = (percent > 0 ? "+" : "") + visit.format.percents(percent)
            view["trend"] = percent > 0 ? "up" : percent < 0 ? "down" : "same"
        }
        return view
    }

    /// Returns by how many percent a number has changed; nil where it was nothing before.
    private static func change(from before: Int64, to now: Int64) -> Int64? {
        guard before > 0 else { return nil }
        return Int64(exactly: (Int128(now) - Int128(before)) * 100 / Int128(before))
    }

    private func line(_ day: Day) -> [String: Any] {
        var view: [String: Any] = [
            "day": visit.format.day(day.key), "orders": number(day.orders), "total": money(day.total),
        ]
        let query = ["from": day.key, "until": day.key]
        if let path = visit.listAddress(of: "/api/admin/orders/", query) { view["dayPath"] = path }
        return view
    }
}

extension AdminFormat {
    /// Writes whole percents.
    fileprivate func percents(_ percent: Int64) -> String {
        number(String(percent)) + (language == .german ? "\u{A0}%" : "%")
    }
}

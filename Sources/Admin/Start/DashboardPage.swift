import AdminPages
import Primitives
import Web

/// The first page: how the shop sells, what waits for someone, and in a new shop what to do next. Everybody sees of it what their
/// permissions show.
struct DashboardPage: Sendable {
    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// Reads everything at once, and shows it.
    func show() async throws -> AdminPage {
        let today = visit.site.shop.zone.day(of: visit.site.time.now)
        let tasks = DashboardTasks(today)
        let found = await visit.readAll(Self.readings(today) + tasks.readings)
        var view: [String: Any] = ["isStart": true, "t": DashboardWords.texts(in: visit.language)]
        if let report = found["days"] { view["sales"] = DashboardSales(visit, report).view }
        if let counts = found["statuses"] { view["statuses"] = ["lines": statuses(counts)] }
        if let report = found["best"] {
            let lines = best(report)
            view["best"] = ["lines": lines, "hasNone": lines.isEmpty] as [String: Any]
        }
        if let low = found["low"] { view["low"] = await self.low(low) }
        if tasks.readings.contains(where: { found[$0.name] != nil }) {
            let waiting = tasks.views(found, visit)
            view["tasks"] = ["lines": waiting, "hasNone": waiting.isEmpty] as [String: Any]
        }
        view["hasNothing"] = found.isEmpty
        if found["statuses"]?.text("total") ?? "0" == "0", let steps = await DashboardSetup(visit).view() {
            view["setup"] = steps
        }
        return visit.page("dashboard", title: Words.dashboard, view)
    }

    private static func readings(_ today: CivilDate) -> [Reading] {
        func day(_ before: Int) -> String { CivilDate(daysSinceEpoch: today.daysSinceEpoch - before).description }
        let sales = "/api/admin/reports/sales/"
        return [
            Reading("days", sales, ["group_by": "day", "from": day(29), "to": day(0)]),
            Reading("best", sales, ["group_by": "product", "from": day(6), "to": day(0), "limit": "5"]),
            Reading("statuses", "/api/admin/orders/counts/"),
            Reading("low", "/api/inventory/reports/low-stock/", ["page_size": "5"]),
        ]
    }

    private func statuses(_ counts: JSONValue) -> [[String: Any]] {
        (counts.at("statuses")?.elements ?? []).map { line in
            let status = line.text("status") ?? ""
            var view: [String: Any] = [
                "status": visit.word(status), "tone": Vocabulary.tone(of: status),
                "number": visit.format.number(line.text("count") ?? "0"),
            ]
            if let path = visit.listAddress(of: "/api/admin/orders/", ["status": status]) { view["statusPath"] = path }
            return view
        }
    }

    private func best(_ report: JSONValue) -> [[String: Any]] {
        (report.at("results")?.elements ?? []).map { line in
            let units = visit.format.number(line.text("sums.units") ?? "0")
            var view: [String: Any] = [
                "product": line.text("name") ?? "", "units": visit.text(DashboardWords.units, units),
                "total": visit.format.money(line.text("sums.total") ?? ""),
            ]
            if let path = pagePath("products", line.text("key")) { view["productPath"] = path }
            return view
        }
    }

    private func low(_ list: JSONValue) async -> [String: Any] {
        let lines = list.rows.map { row -> [String: Any] in
            let names = ["product_name", "variant_name"].compactMap { row.text($0) }.filter { !$0.isEmpty }
            var view: [String: Any] = [
                "product": names.joined(separator: ", "),
                "place": row.text("warehouse.name") ?? "",
                "left": visit.text(DashboardWords.left, visit.format.number(row.text("available_quantity") ?? "0")),
            ]
            if let path = pagePath("stock", row.text("product_id")) { view["productPath"] = path }
            return view
        }
        let isUnset = lines.isEmpty ? await hasNoLevels() : false
        var view: [String: Any] = ["lines": lines, "hasNone": lines.isEmpty && !isUnset, "isUnset": isUnset]
        if isUnset, let path = visit.listAddress(of: Self.stock) { view["stockPath"] = path }
        if list.count > lines.count, let path = visit.listAddress(of: "/api/inventory/reports/low-stock/") {
            view["allPath"] = path
            view["allTitle"] = visit.text(DashboardWords.allOfThese, visit.format.number(String(list.count)))
        }
        return view
    }

    private static let stock = "/api/inventory/stock/"

    /// Whether nothing has a level at which it counts as low, so that nothing can run low.
    private func hasNoLevels() async -> Bool {
        let found = try? await visit.read(Self.stock, ["has_level": "true", "page_size": "1"])
        return found?.count == 0
    }

    /// Returns the address of the page of a row; nil where the reader may not see it.
    private func pagePath(_ name: String, _ key: String?) -> String? {
        guard let key, key != "0", let screen = visit.site.byName[name], let item = screen.item, visit.may(.get, item)
        else { return nil }
        return "/admin/\(name)/\(PercentEncoding.encode(key))/"
    }
}

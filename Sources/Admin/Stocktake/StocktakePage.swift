import AdminPages
import HTTPTypes
import Primitives
import Web

/// A stocktake with a scanner or by hand: each scan counts one more, or a number in all is typed; then the differences are booked.
///
/// What was counted is compared with what was on hand when its counting began, so that what is sold while others shelves are still
/// counted does not count as missing.
struct StocktakePage: Sendable {
    static let path = "/admin/stocktake/"
    static let find = "/api/inventory/stock/find/"
    static let adjust = AdminCall(.post, "/api/inventory/stock/adjust/")

    let visit: Visit

    /// - Throws: `AdminRefusal` where the reader may not correct stock.
    init(_ visit: Visit) throws {
        guard visit.may(Self.adjust), visit.may(.get, Self.find) else {
            throw AdminRefusal.forbidden
        }
        self.visit = visit
    }

    /// A warehouse to count.
    struct Place: Sendable {
        let id: String
        let name: String
        let isDefault: Bool
    }

    /// Shows an empty sheet.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see warehouses.
    func ask() async throws -> AdminPage {
        let places = try await places()
        return page(Self.sheet(visit, places), places)
    }

    /// Counts what was scanned, or goes on with what was counted, as the button says.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see warehouses.
    func act(_ sent: SubmittedForm) async throws -> AdminPage {
        let places = try await places()
        var sheet = StocktakeSheet(sent["state"] ?? "") ?? Self.sheet(visit, places)
        if sheet.lines.isEmpty, let place = sent["warehouse"], StocktakeSheet.isDigits(place) {
            sheet.warehouse = place
        }
        if let key = sent["remove"] {
            sheet.lines.removeAll { $0.key == key }
            return page(sheet, places)
        }
        switch sent["do"] {
        case "preview": return await StocktakeBooking(visit, sheet, places).preview()
        case "book" where visit.isReturning: return await StocktakeBooking(visit, sheet, places).preview()
        case "book": return await StocktakeBooking(visit, sheet, places).book()
        case "show": return page(sheet, places)
        default: return await count(sent, sheet, places)
        }
    }

    private func count(_ sent: SubmittedForm, _ sheet: StocktakeSheet, _ places: [Place]) async -> AdminPage {
        var sheet = sheet
        let (code, entered) = ((sent["code"] ?? "").trimmed, (sent["quantity"] ?? "").trimmed)
        guard !code.isEmpty else { return page(sheet, places) }
        let quantity = Int(entered)
        guard entered.isEmpty || quantity.map({ StocktakeSheet.quantities.contains($0) }) ?? false else {
            return page(sheet, places, problem: visit.text(StocktakeWords.noNumber, entered))
        }
        let query = QueryItems(["sku": code, "warehouse": sheet.warehouse])
        let answer = await visit.send(LocalAPI.Call(.get, Self.find, query: query))
        guard answer.isSuccess else { return page(sheet, places, problem: problem(answer, code)) }
        guard let line = sheet.count(answer.json, quantity) else {
            return page(sheet, places, problem: visit.text(StocktakeWords.full, String(StocktakeSheet.limit)))
        }
        return page(sheet, places, last: line)
    }

    private func problem(_ answer: APIAnswer, _ code: String) -> String {
        if answer.response.status == .notFound { return visit.text(StocktakeWords.unknown, code) }
        let sentence = answer.json.text("detail") ?? answer.json.firstMessage
        let reason = sentence.map { Messages.text($0, in: visit.language) }
        return code + ": " + (reason ?? visit.text(Words.reason(of: answer.response.status)))
    }

    private func places() async throws -> [Place] {
        try await visit.read("/api/inventory/warehouses/", ["page_size": "100"]).rows.compactMap { row in
            row.text("id").map { id in
                Place(id: id, name: row.text("name") ?? id, isDefault: row.at("is_default") == .bool(true))
            }
        }
    }

    /// Returns an empty sheet of the default warehouse.
    static func sheet(_ visit: Visit, _ places: [Place]) -> StocktakeSheet {
        let place = places.first(where: \.isDefault) ?? places.first
        return StocktakeSheet(token: visit.site.random.token(byteCount: 12), warehouse: place?.id ?? "0")
    }
}

/// The page of a sheet.
extension StocktakePage {
    func page(
        _ sheet: StocktakeSheet, _ places: [Place], last: StocktakeSheet.Line? = nil, problem: String? = nil
    ) -> AdminPage {
        var view: [String: Any] = [
            "t": StocktakeWords.texts(in: visit.language), "action": Self.path, "state": sheet.text,
            "warehouse": sheet.warehouse, "isOpen": sheet.lines.isEmpty, "hasLines": !sheet.lines.isEmpty,
            "warehouseName": places.first { $0.id == sheet.warehouse }?.name ?? sheet.warehouse,
            "places": places.map { place in
                ["id": place.id, "name": place.name, "isOn": place.id == sheet.warehouse] as [String: Any]
            },
            "lines": sheet.lines.map { Self.view(of: $0, visit) },
            "summary": StocktakeWords.summary.text(
                in: visit.language, String(sheet.lines.count), String(sheet.differing.count)),
            "back": "/admin/stock/", "backTitle": visit.text(StocktakeWords.stock),
            "ownScript": AdminAssets.path(of: "stocktake.js"),
        ]
        if let problem { view["problem"] = problem }
        if let last { view["last"] = Self.view(of: last, visit) }
        return visit.page("stocktake", title: StocktakeWords.title, view)
    }

    /// Returns a line as templates show it.
    static func view(of line: StocktakeSheet.Line, _ visit: Visit) -> [String: Any] {
        [
            "key": line.key, "sku": line.sku, "name": line.name, "expected": visit.format.number(String(line.expected)),
            "counted": visit.format.number(String(line.counted)), "difference": signed(line.difference, visit),
            "tone": line.difference == 0 ? "good" : "warn",
        ]
    }

    /// Writes a difference with its sign.
    static func signed(_ difference: Int, _ visit: Visit) -> String {
        (difference > 0 ? "+" : "") + visit.format.number(String(difference))
    }
}

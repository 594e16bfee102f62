import AdminPages
import HTTPTypes
import Primitives
import Web

/// Booking what differs: first what would be booked, beside what is on hand now; then a correction for each difference.
///
/// A correction is a change, not a number in all: what was sold or received since the count stays as it is.
struct StocktakeBooking: Sendable {
    /// The reads that are made at once.
    private static let atOnce = 50

    let visit: Visit
    let sheet: StocktakeSheet
    let places: [StocktakePage.Place]

    init(_ visit: Visit, _ sheet: StocktakeSheet, _ places: [StocktakePage.Place]) {
        self.visit = visit
        self.sheet = sheet
        self.places = places
    }

    /// Shows what would be booked.
    func preview() async -> AdminPage {
        let lines = sheet.differing
        let now = await onHand(lines)
        let rows = lines.map { line -> [String: Any] in
            var view = StocktakePage.view(of: line, visit)
            let found = now[line.key]
            view["now"] = found.map { visit.format.number(String($0)) } ?? "–"
            view["after"] = found.map { visit.format.number(String($0 + line.difference)) } ?? "–"
            view["isMoved"] = found.map { $0 != line.expected } ?? false
            return view
        }
        return page([
            "isPreview": true, "lines": rows, "hasLines": !rows.isEmpty, "state": sheet.text,
            "hasMoved": rows.contains { ($0["isMoved"] as? Bool) ?? false },
            "button": visit.text(StocktakeWords.bookThese, String(lines.count)),
        ])
    }

    /// Books each difference by itself, and shows what came of it. What was refused stays on the sheet.
    func book() async -> AdminPage {
        var failed: [StocktakeSheet.Line] = []
        var reasons: [[String: Any]] = []
        for line in sheet.differing {
            let answer = await visit.send(call(line))
            guard !answer.isSuccess else { continue }
            failed.append(line)
            reasons.append(["name": "\(line.sku), \(line.name)", "reason": reason(answer)])
        }
        var rest = StocktakeSheet(token: visit.site.random.token(byteCount: 12), warehouse: sheet.warehouse)
        rest.lines = failed
        let (booked, right) = (sheet.differing.count - failed.count, sheet.lines.count - sheet.differing.count)
        return page([
            "isResult": true,
            "booked": StocktakeWords.booked.text(in: visit.language, String(booked), String(right)),
            "failed": reasons, "hasFailed": !failed.isEmpty, "state": rest.text, "movements": movements ?? "",
            "hasMovements": movements != nil,
        ])
    }

    private var movements: String? {
        visit.listAddress(
            of: "/api/inventory/movements/", ["movement_type": "adjustment", "warehouse": sheet.warehouse])
    }

    private func call(_ line: StocktakeSheet.Line) -> LocalAPI.Call {
        let note = StocktakeWords.note.text(in: visit.language, String(line.counted), String(line.expected))
        let body: [String: JSONValue] = [
            "product_id": .number(line.product), "variant_id": line.variant.isEmpty ? .null : .number(line.variant),
            "warehouse_id": .number(sheet.warehouse), "quantity": .number(String(line.difference)),
            "movement_type": .string("adjustment"), "notes": .string(note),
        ]
        var call = LocalAPI.Call(.post, StocktakePage.adjust.path).sending(.object(body))
        call.headers[.idempotencyKey] = "stocktake \(sheet.token) \(line.key)"
        return call
    }

    private func reason(_ answer: APIAnswer) -> String {
        FormErrors(answer, [], visit.language).general.joined(separator: " ")
    }

    /// Reads what is on hand now, by the keys of the lines.
    private func onHand(_ lines: [StocktakeSheet.Line]) async -> [String: Int] {
        var found: [String: Int] = [:]
        for chunk in lines.chunked(by: Self.atOnce) {
            let answers = await visit.readAll(
                chunk.map { Reading($0.key, StocktakePage.find, ["sku": $0.sku, "warehouse": sheet.warehouse]) })
            found.merge(answers.compactMapValues { $0.text("quantity").flatMap { Int($0) } }) { $1 }
        }
        return found
    }

    private func page(_ view: [String: Any]) -> AdminPage {
        let frame: [String: Any] = [
            "t": StocktakeWords.texts(in: visit.language), "action": StocktakePage.path,
            "warehouse": sheet.warehouse, "ownScript": AdminAssets.path(of: "stocktake.js"),
            "warehouseName": places.first { $0.id == sheet.warehouse }?.name ?? sheet.warehouse,
        ]
        return visit.page("stocktake-booking", title: StocktakeWords.bookTitle, frame.merging(view) { $1 })
    }
}

import AdminPages
import Primitives
import Web

/// Fields of forms as templates show them.
struct FieldViews: Sendable {
    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// Returns the view of a field that holds these values; `row` is what it is entered about.
    func view(
        _ field: AdminField, _ values: [String], prefix: String = "field", row: JSONValue = .null, error: String? = nil
    ) async -> [String: Any] {
        let value = values.first ?? ""
        var view: [String: Any] = [
            "name": field.name, "id": prefix + "-" + field.name, "label": visit.text(field.title), "value": value,
            "required": field.isRequired, "blank": visit.text(Words.any),
        ]
        if let help = field.help { view["help"] = visit.text(help) }
        if let error { view["error"] = error }
        switch field.kind {
        case .text: view["input"] = "text"
        case .longText: view["area"] = true
        case .source, .json: view["source"] = true
        case .lines:
            view["area"] = true
            view["help"] = field.help.map(visit.text) ?? visit.text(Words.oneALine)
        case .integer: view.merge(["input": "text", "mode": "numeric"]) { $1 }
        case .decimal: view.merge(["input": "text", "mode": "decimal"]) { $1 }
        case .money: view.merge(["input": "text", "mode": "decimal", "unit": visit.site.shop.currency.code]) { $1 }
        case .rate: view.merge(["input": "text", "mode": "decimal", "unit": "%"]) { $1 }
        case .flag: view["check"] = ["isOn": value == "true"]
        case .day: view["input"] = "date"
        case .moment:
            view["input"] = "datetime-local"
            view["unit"] = visit.site.shop.zone.name
        // A browser would put the reader's own password into every other field for a secret.
        case .secret:
            let isOwn = field.name == StepUp.password.name
            view.merge(["input": "password", "isSecret": isOwn ? "current-password" : "new-password"]) { $1 }
        case .file(let types): view["file"] = ["accept": types.joined(separator: ",")]
        case .choice(let words): view.merge(["select": true, "options": options(words, chosen: [value])]) { $1 }
        case .choices(let words): view.merge(["isGroup": true, "options": options(words, chosen: values)]) { $1 }
        case .row(let screen, let member): view.merge(await rowField(screen, member, value)) { $1 }
        case .rows(let screen, let member):
            view.merge(["isGroup": true, "options": await rows(of: screen, member, chosen: values).options]) { $1 }
        case .quantities: view.merge(["isGroup": true, "quantities": quantities(field, values, row)]) { $1 }
        }
        view["isBlankOffered"] = !field.isRequired
        if prefix != "filter" { view["blank"] = "–" }
        return view
    }

    private func options(_ words: [String], chosen: [String]) -> [[String: Any]] {
        words.map { word in
            let text = word == "true" ? visit.text(Words.yes) : word == "false" ? visit.text(Words.no) : visit.word(word)
            return ["value": word, "text": text, "isOn": chosen.contains(word)]
        }
    }

    /// A choice among few rows; among many, a field that finds them.
    private func rowField(_ screen: String, _ member: String, _ value: String) async -> [String: Any] {
        let (options, isWhole) = await rows(of: screen, member, chosen: [value])
        if isWhole { return ["select": true, "options": options] }
        return ["input": "text", "lookup": "/admin/lookup/\(screen)/?value=\(member)", "options": options]
    }

    private func rows(
        of name: String, _ member: String, chosen: [String]
    ) async -> (options: [[String: Any]], isWhole: Bool) {
        guard let screen = visit.site.byName[name], let json = try? await visit.read(screen.list, ["page_size": "100"])
        else { return ([], true) }
        let options = json.rows.map { row -> [String: Any] in
            let value = row.text(member) ?? ""
            return ["value": value, "text": row.text(screen.label) ?? value, "isOn": chosen.contains(value)]
        }
        return (options, json.count <= 100)
    }

    private func quantities(_ field: AdminField, _ values: [String], _ row: JSONValue) -> [[String: Any]] {
        guard case .quantities(let list, let id, _, let most, let label) = field.kind else { return [] }
        let entered = Dictionary(values.map { $0.halves(at: "=") }.map { (String($0.0), String($0.1 ?? "")) }) { $1 }
        return (row.at(list)?.elements ?? []).compactMap { element in
            guard let key = element.text(id), let limit = element.text(most), limit != "0" else { return nil }
            return [
                "name": "\(field.name).\(key)", "id": "field-\(field.name)-\(key)", "label": element.text(label) ?? key,
                "most": limit, "value": entered[key] ?? limit,
            ]
        }
    }
}

import AdminPages
import Commerce
import Primitives
import Web

/// Fields of forms as templates show them.
struct FieldViews: Sendable {
    let visit: Visit
    /// The first rows of screens, by the screen's name, as far as they were read before.
    let known: [String: JSONValue]

    init(_ visit: Visit, known: [String: JSONValue] = [:]) {
        self.visit = visit
        self.known = known
    }

    /// Returns the view of a field that holds these values; `row` is what it is entered about.
    func view(
        _ field: AdminField, _ values: [String], prefix: String = "field", row: JSONValue = .null, error: String? = nil,
        entry: RowEntry? = nil
    ) async -> [String: Any] {
        let value = values.first ?? ""
        var view: [String: Any] = [
            "name": field.name, "id": prefix + "-" + field.name, "label": visit.text(field.title), "value": value,
            "required": field.isRequired, "blank": visit.text(Words.any),
        ]
        if let help = field.help { view["help"] = visit.text(help) }
        if let error { view["error"] = error }
        if field.kind == .secret || !field.mayBeKept { view["isUnkept"] = true }
        if let fallback = fallback(of: field, in: row) { view["placeholder"] = fallback }
        switch field.kind {
        case .text: view["input"] = "text"
        case .longText: view["area"] = true
        case .source, .json, .records: view["source"] = true
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
            // A browser refuses seconds unless it is told of them.
            if value.utf8.count > "2026-11-30T12:05".utf8.count { view["step"] = "1" }
        // A browser would put the reader's own password into every other field for a secret.
        case .secret:
            let isOwn = [StepUp.password.name, "old_password"].contains(field.name)
            view.merge(["input": "password", "isSecret": isOwn ? "current-password" : "new-password"]) { $1 }
            if let state = kept(row.at(field.source ?? field.name)) { view["help"] = state }
        case .file(let types): view["file"] = ["accept": types.joined(separator: ",")]
        case .choice(let words): view.merge(["select": true, "options": options(words, chosen: [value])]) { $1 }
        case .choices(let words): view.merge(["isGroup": true, "options": options(words, chosen: values)]) { $1 }
        case .country: view.merge(["select": true, "options": countries(chosen: [value])]) { $1 }
        case .countries:
            let options = countries(chosen: values, chosenFirst: true)
            view.merge(["isGroup": true, "isLong": true, "options": options]) { $1 }
        case .row(let screen, let member) where prefix == "filter":
            view.merge(await filterField(screen, member, value)) { $1 }
        case .row(let screen, let member): view.merge(await rowField(screen, member, value, entry)) { $1 }
        case .rows(let screen, let member):
            let id = prefix + "-" + field.name
            view.merge(await rowsField(field, screen, member, chosen: values, entry, id: id)) { $1 }
        case .element(let list, let member, let label):
            view.merge(["select": true, "options": elements(of: row.at(list), member, label, chosen: value)]) { $1 }
        case .offered(let path, let list, let value, let label):
            view.merge(["isGroup": true, "isTall": true]) { $1 }
            let id = prefix + "-" + field.name
            view.merge(await offered(path, list, value: value, label: label, chosen: values, id: id)) { $1 }
        case .quantities(let kind):
            let elements = quantities(kind, field.name, values, row)
            view.merge(["isGroup": true, "quantities": elements]) { $1 }
            if elements.isEmpty { view["help"] = visit.text(Words.nothingLeft) }
        }
        view["isBlankOffered"] = !field.isRequired || view["isUndecided"] as? Bool == true
        if prefix != "filter" { view["blank"] = "–" }
        return view
    }

    /// Returns what counts where a field is left blank, as it would be entered; nil where nothing does.
    func fallback(of field: AdminField, in row: JSONValue) -> String? {
        guard let member = field.fallback else { return nil }
        let shown = field.with { $0.source = member }
        return FieldValues(visit: visit, fields: [shown]).texts(of: row)[field.name]?.first
    }

    /// Returns what is said of a secret that is set: as `{"set": true, "ends": "a1b2"}`.
    private func kept(_ secret: JSONValue?) -> String? {
        guard let secret, secret.at("set")?.holds == true else { return nil }
        let ends = secret.text("ends").flatMap { $0.isEmpty ? nil : visit.text(Words.secretEnds, $0) + " " } ?? ""
        return ends + visit.text(Words.secretKept)
    }

    private func options(_ words: [String], chosen: [String]) -> [[String: Any]] {
        words.map { word in
            let text =
                word == "true" ? visit.text(Words.yes) : word == "false" ? visit.text(Words.no) : visit.word(word)
            return ["value": word, "text": text, "isOn": chosen.contains(word)]
        }
    }

    private func elements(
        of list: JSONValue?, _ member: String, _ label: String, chosen: String
    ) -> [[String: Any]] {
        (list?.elements ?? []).compactMap { element in
            guard let value = element.text(member) else { return nil }
            return ["value": value, "text": element.text(label) ?? value, "isOn": value == chosen]
        }
    }

    /// The elements of the row's list of which something can be entered. `entered` has what was, as `id=quantity`, and
    /// `id.flag=true` for flags.
    private func quantities(
        _ quantities: AdminQuantities, _ name: String, _ entered: [String], _ row: JSONValue
    ) -> [[String: Any]] {
        let entered = Dictionary(
            entered.map { $0.halves(at: "=") }.map { (String($0.0), String($0.1 ?? "")) }, uniquingKeysWith: { $1 })
        return (row.at(quantities.list)?.elements ?? []).compactMap { element -> [String: Any]? in
            guard let key = element.text(quantities.id), let most = element.text(quantities.most), most != "0" else {
                return nil
            }
            let texts = quantities.labels.compactMap { element.text($0) }.filter { !$0.isEmpty }
            var view: [String: Any] = [
                "name": "\(name).\(key)", "id": "field-\(name)-\(key)",
                "label": texts.isEmpty ? key : texts.joined(separator: " · "), "most": most,
                "value": entered[key] ?? (quantities.beginning == .most ? most : "0"),
            ]
            if let flag = quantities.flag {
                let isOn = entered.isEmpty ? flag.isOn : entered["\(key).\(flag.name)"] == "true"
                let shown: [String: Any] = [
                    "flagName": "\(name).\(key).\(flag.name)", "flagTitle": visit.text(flag.title), "isOn": isOn,
                ]
                view["flag"] = shown
            }
            return view
        }
    }
}

import AdminPages
import Primitives
import Web

/// Fields by which many rows of another list are chosen, or much of what an endpoint offers.
extension FieldViews {
    /// Returns a choice among few rows, the first of which is nobody's choice; among many, a field that says what the row is
    /// called and takes what names another. Of a list that the reader may not see it is the row's key.
    func rowField(_ name: String, _ member: String, _ value: String, _ entry: RowEntry?) async -> [String: Any] {
        guard let finder = self.finder(name, member) else { return ["input": "text"] }
        if let entry { return entered(entry, finder) }
        let first = await firstRows(finder, chosen: [value])
        if first.isWhole { return first.choice(value) }
        guard !value.isEmpty else { return entered(RowEntry(), finder) }
        return entered(RowEntry(typed: await called(value, first, finder) ?? value, key: value), finder)
    }

    /// Returns a filter's choice among few rows; among many, a field that finds them by what its address can hold.
    func filterField(_ name: String, _ member: String, _ value: String) async -> [String: Any] {
        guard let finder = self.finder(name, member) else { return ["input": "text"] }
        let first = await firstRows(finder, chosen: [value])
        return first.isWhole ? first.choice(value) : ["input": "text", "lookup": lookup(finder, by: "name")]
    }

    /// Returns a box for each row of a short list. Of a long one there are boxes of the chosen rows, so that none of them is lost,
    /// and a field that adds what names another; of one that the reader may not see, the boxes alone.
    func rowsField(
        _ field: AdminField, _ name: String, _ member: String, chosen: [String], _ entry: RowEntry?, id: String
    ) async -> [String: Any] {
        let chosen = chosen.filter { !$0.isEmpty }
        guard let finder = self.finder(name, member) else {
            return [
                "isGroup": true, "options": chosen.map { ["value": $0, "text": $0, "isOn": true] as [String: Any] },
            ]
        }
        let first = await firstRows(finder, chosen: chosen)
        if first.isWhole { return ["isGroup": true, "options": first.options] }
        let names = await self.names(chosen, first, finder)
        let kept = chosen.map { ["value": $0, "text": names[$0] ?? $0, "isOn": true] as [String: Any] }
        var adding: [String: Any] = [
            "finderID": id + "-add", "finderLabel": visit.text(Words.addRow), "typed": entry?.typed ?? "",
            "finderLookup": lookup(finder, by: "choice"), "finderName": RowInput.added(field.name),
        ]
        if let entry, !entry.hits.isEmpty { adding["hits"] = ["choices": Self.choices(entry)] }
        return ["isGroup": true, "options": kept, "finder": adding]
    }

    private func entered(_ entry: RowEntry, _ finder: RowFinder) -> [String: Any] {
        var view: [String: Any] = ["input": "text", "value": entry.typed, "lookup": lookup(finder, by: "choice")]
        view["named"] = ["shown": entry.typed, "chosenKey": entry.key]
        if !entry.hits.isEmpty { view["hits"] = ["choices": Self.choices(entry)] }
        if let hint = finder.screen.search { view["placeholder"] = visit.text(hint) }
        return view
    }

    private static func choices(_ entry: RowEntry) -> [[String: Any]] {
        entry.hits.map { ["value": $0.key, "text": $0.text] }
    }

    private func lookup(_ finder: RowFinder, by way: String) -> String {
        "/admin/lookup/\(finder.screen.name)/?value=\(finder.member)&by=\(way)"
    }

    /// Returns what finds the rows of a screen; nil where the reader may not see them.
    private func finder(_ name: String, _ member: String) -> RowFinder? {
        guard let screen = visit.site.byName[name], visit.may(.get, screen.list) else { return nil }
        return RowFinder(visit: visit, screen: screen, member: member)
    }

    /// Returns what the row with a key is called; nil where there is none.
    private func called(_ key: String, _ first: FirstRows, _ finder: RowFinder) async -> String? {
        if let name = first.names[key] { return name }
        return await finder.row(key: key).map { finder.name($0) }
    }

    /// Returns what the rows with these keys are called, as far as they are found at once.
    private func names(_ keys: [String], _ first: FirstRows, _ finder: RowFinder) async -> [String: String] {
        let missing = keys.filter { first.names[$0] == nil }.prefix(100)
        guard !missing.isEmpty, let parameter = finder.screen.keysParameter, finder.isByKey else { return first.names }
        let asked = [parameter: missing.joined(separator: ","), "page_size": "100"]
        var names = first.names
        for row in (try? await visit.read(finder.screen.list, asked))?.rows ?? [] {
            if let key = row.text(finder.member) { names[key] = finder.name(row) }
        }
        return names
    }

    private func firstRows(_ finder: RowFinder, chosen: [String]) async -> FirstRows {
        var found = known[finder.screen.name]
        if found == nil { found = try? await visit.read(finder.screen.list, ["page_size": "100"]) }
        guard let json = found else { return FirstRows() }
        var first = FirstRows()
        first.isWhole = json.count <= 100
        for row in json.rows.flatMap({ finder.screen.unfolded($0) }) {
            let (value, text) = (row.text(finder.member) ?? "", finder.name(row))
            first.options.append(["value": value, "text": text, "isOn": chosen.contains(value)])
            first.names[value] = text
        }
        return first
    }

    /// Returns a box for each element that an endpoint offers. Those whose values begin with the same word before a dot stand
    /// under it.
    func offered(
        _ path: String, _ list: String, value: String, label: String, chosen: [String], id: String
    ) async -> [String: Any] {
        guard let json = try? await visit.read(path) else {
            return ["options": chosen.map { ["value": $0, "text": visit.word($0), "isOn": true] as [String: Any] }]
        }
        var areas: [String] = []
        var options: [String: [[String: Any]]] = [:]
        for element in json.at(list)?.elements ?? [] {
            guard let key = element.text(value) else { continue }
            let area = String(key.halves(at: ".").0)
            let words = element.text(label).map { Messages.text($0, in: visit.language) } ?? visit.word(key)
            if options[area] == nil { areas.append(area) }
            options[area, default: []].append(["value": key, "text": words, "isOn": chosen.contains(key)])
        }
        let parts = areas.map { area -> [String: Any] in
            [
                "partID": id + "-" + area, "partTitle": Vocabulary.area(area).text(in: visit.language),
                "options": options[area] ?? [],
            ]
        }
        return ["areas": parts]
    }
}

/// The keys of rows that a form was sent with: boxes, and fields that hold several with commas between.
enum RowKeys {
    static func all(_ name: String, in form: SubmittedForm) -> [String] {
        form.all(name).flatMap { $0.cut(at: ",") }.map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Returns the list that is sent; ids are numbers.
    static func value(of name: String, _ member: String, in form: SubmittedForm) -> JSONValue {
        .array(
            all(name, in: form).map { key -> JSONValue in
                let isNumber = member == "id" && Int64(key).map { String($0) } == key
                return isNumber ? .number(key) : .string(key)
            })
    }
}

extension AdminField.Kind {
    /// Whether it is a choice of many rows.
    var isRows: Bool { if case .rows = self { true } else { false } }
}

extension AdminScreen {
    /// Returns a row with those below it, each after the one above it.
    func unfolded(_ row: JSONValue) -> [JSONValue] {
        guard let nesting else { return [row] }
        return [row] + (row.at(nesting)?.elements ?? []).flatMap { unfolded($0) }
    }
}

extension JSONValue {
    /// Whether nothing was entered: null, a blank text, a list without elements.
    var isBlank: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}

/// The first rows of a list, and whether they are all of them.
private struct FirstRows {
    var options: [[String: Any]] = []
    /// What the rows are called, by their keys.
    var names: [String: String] = [:]
    var isWhole = false

    /// Returns the choice of one of them, the first of which is nobody's choice.
    func choice(_ value: String) -> [String: Any] {
        ["select": true, "options": options, "isUndecided": value.isEmpty && options.count > 1]
    }
}

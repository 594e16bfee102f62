import AdminPages
import Primitives
import Web

/// Fields by which many rows of another list are chosen, or much of what an endpoint offers.
extension FieldViews {
    /// The most rows whose names are looked up one by one.
    private static let named = 50

    /// Returns a box for each row of a short list. Of a long one, and of one that the reader may not see, there are boxes of the
    /// chosen rows, so that none of them is lost, and a field that adds others.
    func rowsField(_ name: String, _ member: String, chosen: [String], id: String) async -> [String: Any] {
        let (options, isWhole) = await rows(of: name, member, chosen: chosen)
        if isWhole { return ["isGroup": true, "options": options] }
        var names: [String: String] = [:]
        for option in options {
            if let value = option["value"] as? String { names[value] = option["text"] as? String }
        }
        var kept: [[String: Any]] = []
        for value in chosen where !value.isEmpty {
            let isLookedUp = names[value] == nil && kept.count < Self.named
            let found = isLookedUp ? await self.name(of: value, name, member) : nil
            kept.append(["value": value, "text": names[value] ?? found ?? value, "isOn": true])
        }
        let finder: [String: Any] = [
            "finderID": id + "-add", "finderLabel": visit.text(Words.addRow),
            "finderLookup": "/admin/lookup/\(name)/?value=\(member)",
        ]
        return ["isGroup": true, "options": kept, "finder": finder]
    }

    /// Returns what the row with a key is called; nil where the screen's rows have another key, or there is none.
    private func name(of key: String, _ name: String, _ member: String) async -> String? {
        guard let screen = visit.site.byName[name], screen.key == member, let path = screen.itemPath(key) else {
            return nil
        }
        return (try? await visit.read(path))?.text(screen.label)
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

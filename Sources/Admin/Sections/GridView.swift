import AdminPages
import Commerce
import Primitives
import Web

/// A grid as its template shows it.
struct GridView: Sendable {
    private let form: GridForm
    /// What was sent and refused; nil where the page is shown for the first time.
    private let state: SectionState?
    private let names: [String: [String]]
    private let columns: [GridColumn]

    init(_ form: GridForm, _ state: SectionState?) {
        self.form = form
        self.state = state
        let names = state?.names ?? Self.names(form)
        self.names = names
        columns = form.columns(names)
    }

    private var visit: Visit { form.visit }

    /// Returns the names of pairs, with blank ones behind them that a heading asks for: two for the first pairs, else one.
    private static func names(_ form: GridForm) -> [String: [String]] {
        var names: [String: [String]] = [:]
        for pairs in form.pairs {
            let known = form.knownNames(pairs)
            let mayName = form.mayUpdate || form.mayCreate
            names[pairs.member] = known + Array(repeating: "", count: !mayName ? 0 : known.isEmpty ? 2 : 1)
        }
        return names
    }

    /// Returns the view; the form is sent to `address`.
    func view(at address: String, _ place: Int) async -> [String: Any] {
        var rows: [[String: Any]] = []
        for element in form.elements { rows.append(await row(element, place)) }
        if form.mayCreate {
            for id in newIDs { rows.append(await newRow(id, place)) }
        }
        let maySave = form.mayUpdate || form.mayDelete || form.mayCreate
        var view: [String: Any] = [
            "send": address, "s": SectionWords.all(in: visit.language), "seal": visit.site.random.token(byteCount: 16),
            "heads": heads(place), "lines": rows, "isVoid": rows.isEmpty, "maySave": maySave, "mayAdd": form.mayCreate,
            "hasTicks": form.mayDelete, "width": columns.count + (form.mayDelete ? 1 : 0),
        ]
        if let state, state.isRefused {
            let general = state.general.isEmpty ? [visit.text(SectionWords.notSaved)] : state.general
            view["refusal"] = ["sentences": general] as [String: Any]
        }
        return view
    }

    /// The ids of new rows: those that were refused first, then blank ones.
    private var newIDs: [String] {
        let kept = (state?.kept ?? []).filter { $0.begins(with: "new") }
        let blank = (1...100).map { "new\($0)" }.filter { !kept.contains($0) }
        return kept + blank.prefix(form.grid.blankRows)
    }

    private func heads(_ place: Int) -> [[String: Any]] {
        columns.map { column -> [String: Any] in
            switch column {
            case .shown(let shown): return ["heading": visit.text(shown.title), "isNumber": shown.isNumeric]
            case .field(let field):
                var head: [String: Any] = ["heading": visit.text(field.title), "isNumber": false]
                if field.kind == .money { head["measure"] = visit.site.shop.currency.code }
                return head
            case .pair(let pairs, let number):
                let name = names[pairs.member]?[number] ?? ""
                let input = "name.\(pairs.member)"
                if form.knownNames(pairs).contains(name) {
                    return ["heading": name, "known": ["input": input, "text": name]]
                }
                let title = "\(visit.text(pairs.title)) \(number + 1)"
                return [
                    "heading": title,
                    "entry": ["input": input, "text": name, "entryID": "grid-\(place)-\(pairs.member)-\(number)"],
                ]
            }
        }
    }

    private func row(_ element: JSONValue, _ place: Int) async -> [String: Any] {
        let id = element.text("id") ?? ""
        let words = [form.grid.label, form.grid.detail].compactMap { member in member.flatMap { element.text($0) } }
        let name = words.isEmpty ? id : words.joined(separator: ", ")
        let isKept = state?.kept.contains(id) ?? false
        var (cells, origins): ([[String: Any]], [String]) = ([], [])
        for column in columns {
            let isEntered = form.mayUpdate && column.isEntered(new: false)
            let text = form.text(of: element, column, names)
            if column.isEntered(new: false) { origins.append(text) }
            if isEntered {
                cells.append(await input(id, name, column, text, place, of: element))
            } else {
                cells.append(shown(element, column, text))
            }
        }
        var view: [String: Any] = [
            "rowID": id, "rowName": name, "cells": cells, "mayDelete": form.mayDelete,
            "origin": (isKept ? state?.origins[id] : nil) ?? SectionOrigin.text(origins),
        ]
        if let version = (isKept ? state?.versions[id] : nil) ?? element.text("version") { view["edited"] = version }
        if let problem = state?.problems[id] { view["problem"] = problem }
        return view
    }

    private func newRow(_ id: String, _ place: Int) async -> [String: Any] {
        let name = visit.text(SectionWords.newRow, String(id.after("new") ?? ""))
        var cells: [[String: Any]] = []
        for column in columns {
            if column.isEntered(new: true) {
                cells.append(await input(id, name, column, form.standard(column), place))
            } else {
                cells.append(["heading": heading(column), "still": CellView.nothing])
            }
        }
        var view: [String: Any] = ["rowID": id, "rowName": name, "cells": cells, "isNew": true, "mayDelete": false]
        if let problem = state?.problems[id] { view["problem"] = problem }
        return view
    }

    /// Returns a cell with an input; it holds what was typed where that was refused, else `text`.
    private func input(
        _ id: String, _ row: String, _ column: GridColumn, _ text: String, _ place: Int, of element: JSONValue = .null
    ) async -> [String: Any] {
        let name = SectionInput.name(id, column.key ?? "")
        let (heading, field) = (self.heading(column), self.field(column))
        let views = FieldViews(visit)
        var view = await views.view(
            field, [state?.texts[name] ?? text], row: form.row, error: state?.errors[name])
        // What counts where it is blank is the element's own, as the page's row may have a member of that name.
        view["placeholder"] = views.fallback(of: field, in: element)
        view.merge([
            "name": name, "id": "grid-\(place)-\(id)-\(column.key ?? "")", "label": "\(heading): \(row)",
        ]) { $1 }
        if view["input"] == nil { view["input"] = "text" }
        return ["heading": heading, "entered": view]
    }

    private func field(_ column: GridColumn) -> AdminField {
        if case .field(let field) = column { return field }
        return AdminField(column.key ?? "", Phrase("", ""), .text)
    }

    private func heading(_ column: GridColumn) -> String {
        switch column {
        case .shown(let shown): return visit.text(shown.title)
        case .field(let field): return visit.text(field.title)
        case .pair(let pairs, let place):
            let name = names[pairs.member]?[place] ?? ""
            return name.isEmpty ? "\(visit.text(pairs.title)) \(place + 1)" : name
        }
    }

    /// Returns a cell without an input.
    private func shown(_ element: JSONValue, _ column: GridColumn, _ text: String) -> [String: Any] {
        let cell =
            switch column {
            case .shown(let shown): visit.cell(shown, of: element)
            case .field(let field):
                visit.cell(
                    AdminColumn(field.fallback ?? field.source ?? field.name, field.title, field.kind.asShown),
                    of: element)
            case .pair: text.isEmpty ? CellView.nothing : CellView(text: text)
            }
        return ["heading": heading(column), "still": cell]
    }
}

extension AdminField.Kind {
    /// The way in which a column shows what is entered so.
    var asShown: AdminColumn.Kind {
        switch self {
        case .integer, .decimal: .number
        case .money: .money
        case .rate: .rate
        case .flag: .flag
        case .choice: .status
        case .country, .countries: .country
        case .day: .day
        case .moment: .moment
        default: .text
        }
    }
}

import AdminPages
import HTTPTypes
import Primitives
import Web

/// The page of a row: what can be done next, its form, its parts.
struct DetailPage: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let key: String
    let path: String

    /// The page of the row that the address names, or of one that was made just now.
    ///
    /// - Throws: `AdminRefusal.notFound` where rows of the screen have no page.
    init(_ visit: Visit, made: String? = nil) throws {
        self.visit = visit
        screen = try visit.screen()
        guard let key = made ?? visit.call.parameters["key"], let path = screen.itemPath(key) else {
            throw AdminRefusal.notFound
        }
        self.key = key
        self.path = path
    }

    /// The address of this page.
    var address: String { "/admin/\(screen.name)/\(PercentEncoding.encode(key))/" }

    /// Shows the row; with `state` the form, and with `sent` a section, as it was sent and refused.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see it, or there is none.
    func show(_ state: FormState? = nil, section sent: SectionState? = nil) async throws -> AdminPage {
        let row = try await visit.read(path)
        let name = visit.name(of: row, on: screen) ?? key
        var view: [String: Any] = [
            "back": "/admin/\(screen.name)/", "backTitle": visit.text(screen.title), "name": name,
            "files": files(screen.files, row),
        ]
        if let form = screen.form, form.updates || form.deletes { view.merge(await formView(form, row, state)) { $1 } }
        var (above, below): ([[String: Any]], [[String: Any]]) = ([], [])
        var actions = buttons(screen.actions, row)
        for (place, section) in (screen.sections + history).enumerated() {
            guard let shown = try await self.section(section, place, row, sent) else { continue }
            if section.standsBelow { below.append(shown.view) } else { above.append(shown.view) }
            actions += shown.onTop
        }
        view["sections"] = above
        view["below"] = below
        view["actions"] = Self.ordered(Self.withOnePrimary(actions))
        view["hasActions"] = !actions.isEmpty || !files(screen.files, row).isEmpty
        view.merge(preview(of: row)) { $1 }
        var page = visit.page("detail", title: "\(visit.text(screen.singularTitle)) \(name)", view)
        if let status = state?.status ?? sent?.status { page.status = status }
        return page
    }

    private func formView(_ form: AdminForm, _ row: JSONValue, _ state: FormState?) async -> [String: Any] {
        let fields = form.fields.filter { $0.use != .creating && $0.applies(to: row) }
        let values = FieldValues(visit: visit, fields: fields)
        var view = await FormView(visit, form, .editing).view(
            state ?? FormState(texts: values.texts(of: row)), row: row)
        if let clash = state?.clash { view["clash"] = clash.view(in: visit.language) }
        let mayUpdate = form.updates && visit.may(screen.updateCall)
        if mayUpdate { view["was"] = state?.was ?? FieldMarks(fields, values.texts(of: row)).text }
        view["action"] = address
        view["isReadOnly"] = !mayUpdate
        if form.deletes, form.deletesWhere.isMet(by: row), visit.may(screen.deleteCall) {
            view["delete"] = address + "delete/"
        }
        return view
    }

    /// Returns the buttons of the actions that a reader may do to a row now.
    func buttons(_ actions: [AdminAction], _ row: JSONValue, part: JSONValue = .null, id: String? = nil) -> [[String:
        Any]]
    {
        let subject = part == .null ? row : part
        let offered = actions.filter { visit.may($0.call) && $0.condition.isMet(by: subject) }
        let query = id.map { "?row=\(PercentEncoding.encode($0))" } ?? ""
        return Self.ordered(
            offered.map { action -> [String: Any] in
                let isPrimary = action.weight == .primary || action.primaryWhere?.isMet(by: subject) ?? false
                return [
                    "title": visit.text(action.title), "path": address + "do/\(action.name)/" + query,
                    "asks": action.asks(of: subject),
                    "isPrimary": isPrimary, "isDanger": action.weight == .danger,
                    "once": visit.site.random.token(byteCount: 16),
                ]
            })
    }

    /// Returns buttons of which the first that is the next sensible thing stays so, and the others are things among several.
    private static func withOnePrimary(_ buttons: [[String: Any]]) -> [[String: Any]] {
        let first = buttons.firstIndex { $0["isPrimary"] as? Bool == true }
        return buttons.enumerated().map { place, button in
            place == first ? button : button.merging(["isPrimary": false]) { $1 }
        }
    }

    /// Returns buttons with the next sensible things first and those that ask again last.
    private static func ordered(_ buttons: [[String: Any]]) -> [[String: Any]] {
        func rank(_ button: [String: Any]) -> Int {
            if button["isPrimary"] as? Bool == true { return 0 }
            return button["isDanger"] as? Bool == true ? 2 : 1
        }
        return (0...2).flatMap { place in buttons.filter { rank($0) == place } }
    }

    private func files(_ files: [AdminFile], _ row: JSONValue, part: JSONValue = .null, id: String? = nil) -> [[String:
        Any]]
    {
        files.filter { file in
            visit.may(file) && file.condition.isMet(by: part == .null ? row : part)
        }.map { file in
            [
                "title": visit.text(file.title),
                "path": address + "files/\(file.name)/" + (id.map { "?row=\(PercentEncoding.encode($0))" } ?? ""),
            ]
        }
    }

    /// A section as its template shows it, and the buttons that it has at the top of the page.
    private struct Shown {
        var view: [String: Any]
        var onTop: [[String: Any]] = []
    }

    private func section(
        _ section: AdminSection, _ place: Int, _ row: JSONValue, _ sent: SectionState?
    ) async throws -> Shown? {
        var view: [String: Any] = ["title": visit.text(section.title), "id": "section-\(place)"]
        if let link = listing(of: section, row) { view["listing"] = link }
        let state = sent?.place == place ? sent : nil
        var onTop: [[String: Any]] = []
        switch section.content {
        case .facts(let columns): view["facts"] = facts(columns, row)
        case .pictures(let pictures):
            view["pictures"] = await PictureView(visit, pictures, row, state).view(at: sectionAddress(place), place)
        case .grid(let grid):
            guard let found = try await elements(of: grid, row) else { return nil }
            view["grid"] = await GridView(GridForm(visit, grid, found.row), state)
                .view(at: sectionAddress(place), place)
            if found.more > 0 { view["more"] = visit.text(Words.moreRows, String(found.more)) }
        case .relatedFacts(let template, let columns):
            guard let path = AdminCall.path(template, for: row), let json = try await related(path) else { return nil }
            view["facts"] = facts(columns, json)
        case .comparison(let before, let after):
            view["table"] = comparison(row.at(before) ?? .null, row.at(after) ?? .null, about: row.text("about") ?? "")
        case .document(let member):
            guard let frame = frame(of: member, row) else { return nil }
            view["frame"] = frame
        case .table(let member, let columns):
            let elements = row.at(member)?.elements ?? []
            if section.hidesEmpty, elements.isEmpty { return nil }
            view["table"] = table(section, columns, elements, row)
            onTop = buttonsOnTop(section, columns, elements, row)
        case .related(let template, let columns):
            guard let path = AdminCall.path(template, for: row), let json = try await related(path) else { return nil }
            if section.hidesEmpty, json.rows.isEmpty { return nil }
            view["table"] = table(section, columns, json.rows, row)
            onTop = buttonsOnTop(section, columns, json.rows, row)
            if json.count > json.rows.count {
                view["more"] = visit.text(Words.moreRows, String(json.count - json.rows.count))
            }
        }
        return Shown(view: view, onTop: onTop)
    }

    /// Returns the buttons of what can be done to a section's elements that stand at the top of the page; with several
    /// elements each says which it is.
    private func buttonsOnTop(
        _ section: AdminSection, _ columns: [AdminColumn], _ elements: [JSONValue], _ row: JSONValue
    ) -> [[String: Any]] {
        let actions = section.actions.filter(\.isOnTop)
        guard !actions.isEmpty else { return [] }
        return elements.flatMap { element -> [[String: Any]] in
            let offered = buttons(actions, row, part: element, id: element.text("id"))
            guard elements.count > 1, let column = columns.first else { return offered }
            let name = visit.cell(column, of: element).text
            return offered.map { button in
                let title = button["title"] as? String ?? ""
                return button.merging(["title": "\(title): \(name)"]) { $1 }
            }
        }
    }

    /// Returns the element of a section that an id names; null where there is no section or no id.
    ///
    /// - Throws: `AdminRefusal.notFound` where the section has no such element.
    func part(of section: AdminSection?, id: String?, in row: JSONValue) async throws -> JSONValue {
        guard let section, let id else { return .null }
        var elements: [JSONValue] = []
        switch section.content {
        case .table(let member, _): elements = row.at(member)?.elements ?? []
        case .related(let template, _):
            if let path = AdminCall.path(template, for: row) { elements = try await related(path)?.rows ?? [] }
        default: break
        }
        guard let part = elements.first(where: { $0.text("id") == id }) else { throw AdminRefusal.notFound }
        return part
    }

    /// The address to which a section's form is sent.
    private func sectionAddress(_ place: Int) -> String { "\(address)sections/\(place)/" }

    /// A link to the list that shows more of what a section shows.
    private func listing(of section: AdminSection, _ row: JSONValue) -> [String: Any]? {
        guard let (name, template) = section.listing, let screen = visit.site.byName[name],
            visit.may(.get, screen.list), let query = AdminCall.path(template, for: row)
        else { return nil }
        return ["path": "/admin/\(name)/?\(query)", "title": visit.text(screen.title)]
    }

    /// Reads what belongs to a row; nil where the reader may not see it, or there is nothing.
    func related(_ path: String) async throws -> JSONValue? {
        let (path, query) = path.halves(at: "?")
        guard visit.may(.get, String(path)) else { return nil }
        let answer = await visit.send(LocalAPI.Call(.get, String(path), query: QueryItems(query ?? "")))
        if [.notFound, .forbidden].contains(answer.response.status) { return nil }
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return answer.json
    }

    private func facts(_ columns: [AdminColumn], _ row: JSONValue) -> [[String: Any]] {
        columns.map { column in ["title": visit.text(column.title), "cells": [visit.cell(column, of: row)]] }
    }

    /// Returns an element with the names of what columns name by the page's own row, in place of their keys; an entry of the audit
    /// with what the row itself is called.
    private func named(_ element: JSONValue, _ columns: [AdminColumn], _ row: JSONValue) -> JSONValue {
        guard case .object(var members) = element else { return element }
        for column in columns {
            if column.kind == .deed, let name = visit.name(of: row, on: screen) {
                members[Visit.rowName] = .string(name)
            }
            guard case .element(let list, let key, let label) = column.kind, let wanted = element.text(column.member),
                let found = row.at(list)?.elements.first(where: { $0.text(key) == wanted }),
                let name = found.text(label)
            else { continue }
            members[column.member] = .string(name)
        }
        return .object(members)
    }

    private func table(
        _ section: AdminSection, _ offered: [AdminColumn], _ elements: [JSONValue], _ row: JSONValue
    ) -> [String: Any] {
        let columns = offered.filter { column in
            !column.hidesEmpty || elements.isEmpty || elements.contains { $0.holds(column) }
        }
        let lead = section.screen == nil ? nil : columns.firstIndex { $0.kind != .picture && !$0.isLink }
        let rows = elements.map { element -> [String: Any] in
            let named = self.named(element, columns, row)
            var cells = visit.cells(columns, of: named, lead: lead)
            if let (name, member) = section.screen, let key = element.text(member), visit.site.byName[name] != nil,
                let place = lead
            {
                cells[place].link = "/admin/\(name)/\(PercentEncoding.encode(key))/"
            }
            let id = element.text("id")
            let actions = buttons(section.actions, row, part: element, id: id)
            let files = files(section.files, row, part: element, id: id)
            return ["cells": cells, "actions": actions, "files": files, "does": !actions.isEmpty || !files.isEmpty]
        }
        return [
            "heads": columns.map { ["title": visit.text($0.title), "isNumber": $0.isNumeric] as [String: Any] },
            "rows": rows, "empty": rows.isEmpty, "does": rows.contains { ($0["does"] as? Bool) ?? false },
        ]
    }
}

extension AdminScreen {
    /// What one of its rows is called, at the beginning of a heading.
    var singularTitle: Phrase { singular.capitalized }
}

extension Phrase {
    /// The texts with a capital letter at their beginning.
    var capitalized: Phrase { Phrase(Self.capital(english), Self.capital(german)) }

    private static func capital(_ text: String) -> String {
        text.prefix(scalars: 1).uppercased() + String(text.unicodeScalars.dropFirst())
    }
}

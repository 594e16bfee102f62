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

    /// - Throws: `AdminRefusal.notFound` where rows of the screen have no page.
    init(_ visit: Visit) throws {
        self.visit = visit
        screen = try visit.screen()
        guard let key = visit.call.parameters["key"], let path = screen.itemPath(key) else { throw AdminRefusal.notFound }
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
        let name = row.text(screen.label) ?? key
        var view: [String: Any] = [
            "back": "/admin/\(screen.name)/", "backTitle": visit.text(screen.title), "name": name,
            "actions": buttons(screen.actions, row), "files": files(screen.files, row),
        ]
        view["hasActions"] = !buttons(screen.actions, row).isEmpty || !files(screen.files, row).isEmpty
        if let form = screen.form, form.updates || form.deletes { view.merge(await formView(form, row, state)) { $1 } }
        var (above, below): ([[String: Any]], [[String: Any]]) = ([], [])
        for (place, section) in screen.sections.enumerated() {
            guard let shown = try await self.section(section, place, row, sent) else { continue }
            if section.standsBelow { below.append(shown) } else { above.append(shown) }
        }
        view["sections"] = above
        view["below"] = below
        view.merge(preview(of: row)) { $1 }
        var page = visit.page("detail", title: "\(visit.text(screen.singularTitle)) \(name)", view)
        if let status = state?.status ?? sent?.status { page.status = status }
        return page
    }

    private func formView(_ form: AdminForm, _ row: JSONValue, _ state: FormState?) async -> [String: Any] {
        let fields = form.fields.filter { $0.use != .creating }
        let values = FieldValues(visit: visit, fields: fields)
        var view = await FormView(visit, form, .editing).view(state ?? FormState(texts: values.texts(of: row)), row: row)
        let mayUpdate = form.updates && visit.may(screen.updateCall)
        view["action"] = address
        view["isReadOnly"] = !mayUpdate
        if form.deletes, visit.may(screen.deleteCall) { view["delete"] = address + "delete/" }
        return view
    }

    /// Returns the buttons of the actions that a reader may do to a row now.
    func buttons(_ actions: [AdminAction], _ row: JSONValue, part: JSONValue = .null, id: String? = nil) -> [[String: Any]] {
        let offered = actions.filter { action in
            visit.may(action.call) && action.condition.isMet(by: part == .null ? row : part)
        }
        let ordered = offered.filter { $0.weight == .primary } + offered.filter { $0.weight != .primary }
        return ordered.map { action in
            let asks = !action.fields.isEmpty || action.weight == .danger || action.explanation != nil
            return [
                "title": visit.text(action.title), "path": address + "do/\(action.name)/" + (id.map { "?row=\(PercentEncoding.encode($0))" } ?? ""),
                "asks": asks, "isPrimary": action.weight == .primary, "isDanger": action.weight == .danger,
                "once": visit.site.random.token(byteCount: 16),
            ]
        }
    }

    private func files(_ files: [AdminFile], _ row: JSONValue, part: JSONValue = .null, id: String? = nil) -> [[String: Any]] {
        files.filter { file in
            visit.may(.get, file.path) && file.condition.isMet(by: part == .null ? row : part)
        }.map { file in
            [
                "title": visit.text(file.title),
                "path": address + "files/\(file.name)/" + (id.map { "?row=\(PercentEncoding.encode($0))" } ?? ""),
            ]
        }
    }

    private func section(
        _ section: AdminSection, _ place: Int, _ row: JSONValue, _ sent: SectionState?
    ) async throws -> [String: Any]? {
        var view: [String: Any] = ["title": visit.text(section.title), "id": "section-\(place)"]
        if let link = listing(of: section, row) { view["listing"] = link }
        let state = sent?.place == place ? sent : nil
        switch section.content {
        case .facts(let columns): view["facts"] = facts(columns, row)
        case .pictures(let pictures):
            view["pictures"] = await PictureView(visit, pictures, row, state).view(at: sectionAddress(place), place)
        case .grid(let grid):
            view["grid"] = await GridView(GridForm(visit, grid, row), state).view(at: sectionAddress(place), place)
        case .relatedFacts(let template, let columns):
            guard let path = AdminCall.path(template, for: row), let json = try await related(path) else { return nil }
            view["facts"] = facts(columns, json)
        case .comparison(let before, let after):
            view["table"] = comparison(row.at(before) ?? .null, row.at(after) ?? .null)
        case .document(let member):
            guard let frame = frame(of: member, row) else { return nil }
            view["frame"] = frame
        case .table(let member, let columns):
            let elements = row.at(member)?.elements ?? []
            if section.hidesEmpty, elements.isEmpty { return nil }
            view["table"] = table(section, columns, elements, row)
        case .related(let template, let columns):
            guard let path = AdminCall.path(template, for: row), let json = try await related(path) else { return nil }
            if section.hidesEmpty, json.rows.isEmpty { return nil }
            view["table"] = table(section, columns, json.rows, row)
            if json.count > json.rows.count { view["more"] = visit.text(Words.moreRows, String(json.count - json.rows.count)) }
        }
        return view
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

    /// Returns an element with the names of what columns name by the page's own row, in place of their keys.
    private static func named(_ element: JSONValue, _ columns: [AdminColumn], _ row: JSONValue) -> JSONValue {
        guard case .object(var members) = element else { return element }
        for column in columns {
            guard case .element(let list, let key, let label) = column.kind, let wanted = element.text(column.member),
                let found = row.at(list)?.elements.first(where: { $0.text(key) == wanted }), let name = found.text(label)
            else { continue }
            members[column.member] = .string(name)
        }
        return .object(members)
    }

    private func table(
        _ section: AdminSection, _ columns: [AdminColumn], _ elements: [JSONValue], _ row: JSONValue
    ) -> [String: Any] {
        let rows = elements.map { element -> [String: Any] in
            let named = Self.named(element, columns, row)
            var cells = columns.map { visit.cell($0, of: named) }
            if let (name, member) = section.screen, let key = element.text(member), visit.site.byName[name] != nil,
                let place = columns.firstIndex(where: { $0.kind != .picture && !$0.isLink })
            {
                cells[place]["link"] = "/admin/\(name)/\(PercentEncoding.encode(key))/"
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
    var singularTitle: Phrase { Phrase(Self.capital(singular.english), Self.capital(singular.german)) }

    private static func capital(_ text: String) -> String {
        text.prefix(scalars: 1).uppercased() + String(text.unicodeScalars.dropFirst())
    }
}

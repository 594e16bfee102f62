import AdminPages
import HTTPTypes
import Primitives
import Web

/// A list of rows.
struct ListPage: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let query: ListQuery

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        self.visit = visit
        screen = try visit.screen()
        query = ListQuery(screen, visit.call.query)
    }

    /// - Throws: `AdminRefusal.answer` where the reader may not see it.
    func show() async throws -> AdminPage {
        async let offered = visit.readAll(offers)
        let entered = await EnteredFilters(query, visit)
        let answer =
            entered.refusals.isEmpty
            ? await visit.send(LocalAPI.Call(reading: screen.list, entered.applied(to: query.asked)))
            : APIAnswer(APIResponse(status: .badRequest))
        if answer.response.status == .notFound, let page = query.items["page"], page != "1" {
            return .redirect(query.address("page", ""))
        }
        let isBadFilter = answer.response.status == .badRequest
        guard answer.isSuccess || isBadFilter else { throw AdminRefusal.answer(answer) }
        if isBadFilter, answer.json.at("ordering") != nil { return .redirect(query.address("ordering", "")) }
        var view = await filters(isBadFilter ? answer.json : .null, entered, offered: await offered)
        view.merge(table(await visit.naming(answer.json.rows, on: screen))) { $1 }
        view.merge(frame(answer.json.count)) { $1 }
        return visit.page("list", title: screen.title, view)
    }

    private func frame(_ count: Int) -> [String: Any] {
        var view: [String: Any] = [
            "name": screen.name, "count": visit.format.number(String(count)),
            "export": query.address("page", "", path: "/admin/\(screen.name)/export.csv"),
            "isNarrowed": query.isNarrowed, "isFiltered": query.isFiltered,
            "plain": "/admin/\(screen.name)/", "exports": exports, "neighbors": neighbors,
            "commands": commands, "bulk": bulk, "hasBulk": !bulk.isEmpty,
            "columnChoices": screen.columns.map { column in
                [
                    "member": column.member, "title": visit.text(column.title), "isOn": query.columns.contains(column),
                ] as [String: Any]
            },
            "empty": count == 0, "isOne": count == 1, "links": links, "cleared": query.cleared,
            "canNarrow": screen.search != nil || !screen.filters.isEmpty,
            "seal": visit.site.random.token(byteCount: 16),
            "held": query.held.map { ["name": $0.name, "value": $0.value] },
        ]
        if visit.may(screen.createCall), screen.form?.creates ?? false {
            view["create"] = "/admin/\(screen.name)/new/"
            view["createTitle"] = visit.text(Words.new, visit.text(screen.singular))
        }
        if let hint = screen.hint { view["hint"] = visit.text(hint) }
        return view.merging(pages(count)) { $1 }
    }

    private func pages(_ count: Int) -> [String: Any] {
        let page = max(1, query.items["page"].flatMap { Int($0) } ?? 1)
        let last = max(1, (count + query.size - 1) / query.size)
        var view: [String: Any] = [
            "page": page, "last": last, "hasPages": last > 1,
            "pageText": visit.language == .german ? "Seite \(page) von \(last)" : "Page \(page) of \(last)",
            "sizes": ListQuery.sizes.map { ["size": $0, "isOn": $0 == query.size] as [String: Any] },
        ]
        if page > 1 {
            view["first"] = query.address("page", "")
            view["previous"] = query.address("page", page == 2 ? "" : String(page - 1))
        }
        if page < last {
            view["next"] = query.address("page", String(page + 1))
            view["lastPage"] = query.address("page", String(last))
        }
        return view
    }

    private var commands: [[String: Any]] {
        screen.commands.filter { visit.may($0.call) }.map {
            ["title": visit.text($0.title), "path": "/admin/\(screen.name)/do/\($0.name)/"]
        }
    }

    private var links: [[String: Any]] {
        screen.links.filter { visit.may($0.call) }.map { ["title": visit.text($0.title), "path": $0.path] }
    }

    private var exports: [[String: Any]] {
        screen.exports.filter { visit.may(.get, $0.path) }.map {
            ["title": visit.text($0.title), "path": "/admin/\(screen.name)/files/\($0.name)/"]
        }
    }

    private var neighbors: [[String: Any]] {
        screen.neighbors.compactMap { visit.site.byName[$0] }.filter { visit.may(.get, $0.list) }.map {
            ["title": visit.text($0.title), "path": "/admin/\($0.name)/"]
        }
    }

    /// The buttons beside a row.
    private func buttons(_ row: JSONValue, _ key: String) -> [[String: Any]] {
        screen.actions.filter { $0.isInList && visit.may($0.call) && $0.condition.isMet(by: row) }.map { action in
            [
                "title": visit.text(action.title), "sign": action.sign ?? visit.text(action.title),
                "asks": action.asks(of: row), "isDanger": action.weight == .danger,
                "path": "/admin/\(screen.name)/\(PercentEncoding.encode(key))/do/\(action.name)/",
            ]
        }
    }

    private var bulk: [[String: Any]] {
        let files = screen.bulkFiles.filter { visit.may(.get, $0.path) }.map { ($0.name, $0.title) }
        let actions = screen.actions.filter { $0.isBulk && visit.may($0.call) }.map { ($0.name, $0.title) }
        return (files + actions).map { ["name": $0, "title": visit.text($1)] }
    }

    private func table(_ found: [JSONValue]) -> [String: Any] {
        let columns = query.columns
        let heads = columns.map { column in
            query.heading(column).merging([
                "title": visit.text(column.title), "isNumber": column.isNumeric,
            ]) { $1 }
        }
        let lead = visit.lead(of: columns, on: screen)
        let rows = found.map { row -> [String: Any] in
            let key = row.text(screen.key) ?? ""
            let name = visit.name(of: row, on: screen) ?? key
            var cells = visit.cells(columns, of: row, lead: lead)
            if let index = lead {
                if cells[index].isNothing { (cells[index].dress, cells[index].text) = (.text, name) }
                cells[index].link = "/admin/\(screen.name)/\(PercentEncoding.encode(key))/"
            }
            return ["key": key, "name": name, "cells": cells, "buttons": buttons(row, key)]
        }
        let hasButtons = screen.actions.contains { $0.isInList && visit.may($0.call) }
        return ["heads": heads, "rows": rows, "hasButtons": hasButtons]
    }

    /// What reads the rows that filters offer.
    private var offers: [Reading] {
        let names = screen.filters.compactMap { filter -> String? in
            if case .row(let name, _) = filter.kind { name } else { nil }
        }
        return Set(names).compactMap { name in
            visit.site.byName[name].map { Reading(name, $0.list, ["page_size": "100"]) }
        }
    }

    private func filters(
        _ errors: JSONValue, _ entered: EnteredFilters, offered: [String: JSONValue]
    ) async -> [String: Any] {
        let shown = FieldViews(visit, known: offered)
        var views: [[String: Any]] = []
        for filter in screen.filters {
            let value = query.items[filter.name] ?? ""
            if value.isEmpty, !filter.canBeEntered(by: visit) { continue }
            var view = await shown.view(filter, value, name: entered.names[filter.name])
            if let error = errors.at(filter.name)?.firstMessage {
                view["error"] = Messages.text(error, in: visit.language)
            }
            if let refusal = entered.refusals[filter.name] { view["error"] = refusal }
            view["meant"] = (entered.hits[filter.name] ?? []).map {
                ["path": query.address(filter.name, $0.key), "text": $0.text]
            }
            views.append(view)
        }
        var view: [String: Any] = ["filters": views, "hasFilters": !views.isEmpty]
        if let search = screen.search {
            view["search"] = ["hint": visit.text(search), "value": query.items["search"] ?? ""]
        }
        view["kept"] = query.kept.map { ["name": $0.name, "value": $0.value] }
        return view
    }
}

extension AdminAction {
    /// Returns whether there is a page before it is done to a row: something to enter, or to think of.
    func asks(of row: JSONValue) -> Bool {
        !fields.isEmpty || weight == .danger || explanation != nil
            || effects.contains { $0.condition.isMet(by: row) }
    }
}

extension Visit {
    /// Returns the place of the column that leads to a row's page, and says what the row is called where it has nothing there;
    /// nil where rows have no page that the reader may see.
    func lead(of columns: [AdminColumn], on screen: AdminScreen) -> Int? {
        guard let item = screen.item, may(.get, item) else { return nil }
        return columns.firstIndex { $0.kind != .picture && !$0.isLink }
    }
}

extension AdminColumn {
    var isLink: Bool { if case .link = kind { true } else { false } }
}

extension AdminFilter {
    /// The field by which it is entered.
    var fieldKind: AdminField.Kind {
        switch kind {
        case .choice(let words): .choice(words)
        case .flag: .choice(["true", "false"])
        case .day: .day
        case .country: .country
        case .about: .choice([])
        case .number: .decimal
        case .text, .named: .text
        case .row(let screen, let value): .row(screen: screen, value: value)
        }
    }
}

extension AdminScreen {
    /// The call that makes a row.
    var createCall: AdminCall { form?.create ?? AdminCall(.post, listPath) }
    /// The call that changes one.
    var updateCall: AdminCall { form?.update ?? AdminCall(.patch, item ?? listPath) }
    /// The call that deletes one.
    var deleteCall: AdminCall { form?.delete ?? AdminCall(.delete, item ?? listPath) }

    /// Returns the path of a row's endpoint.
    func itemPath(_ key: String) -> String? {
        guard let item, let start = item.utf8.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        let rest = item[start...].halves(at: "}").1 ?? ""
        return item[..<start] + PercentEncoding.encode(key) + rest
    }
}

extension JSONValue {
    /// The first sentence of a field's errors, however deep it stands.
    var firstMessage: String? {
        switch self {
        case .string(let text): text
        case .array(let elements): elements.lazy.compactMap(\.firstMessage).first
        case .object(let members): members.sorted { $0.key < $1.key }.lazy.compactMap(\.value.firstMessage).first
        default: nil
        }
    }
}

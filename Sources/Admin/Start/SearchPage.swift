import AdminPages
import Primitives
import Web

/// One search over what people have in hand: the number of an order, an e-mail, a SKU, the name of a product.
struct SearchPage: Sendable {
    let visit: Visit
    let words: String

    init(_ visit: Visit) {
        self.visit = visit
        words = (visit.call.query["q"] ?? "").trimmed
    }

    /// Leads to the page of what the words name exactly, else shows what is found.
    func show() async throws -> AdminPage {
        guard !words.isEmpty else { return visit.page("search", title: Words.search, [:]) }
        let screens = asked
        let found = await visit.readAll(
            screens.map { Reading($0.name, $0.list, ["search": words, "page_size": "10"]) } + scanned)
        if let path = exact(found) { return .redirect(path) }
        let groups = screens.compactMap { screen in
            found[screen.name].flatMap { $0.rows.isEmpty ? nil : group(screen, $0) }
        }
        let others = elsewhere(screens)
        return visit.page(
            "search", title: Words.search,
            [
                "q": words, "groups": groups, "isEmpty": groups.isEmpty, "elsewhere": others,
                "hasElsewhere": !others.isEmpty, "elsewhereTitle": visit.text(Self.elsewhereTitle),
            ])
    }

    private static let elsewhereTitle = Phrase("Search for it elsewhere:", "Anderswo danach suchen:")

    /// The screens that are searched, the likeliest first: people only by an e-mail, since a part of a name is looked for in all
    /// of them.
    private var asked: [AdminScreen] {
        let names = words.holds("@") ? ["orders", "customers"] : ["orders", "products", "vendors"]
        return names.compactMap { visit.site.byName[$0] }.filter { $0.search != nil && visit.may(.get, $0.list) }
    }

    /// What the words are as a SKU, be it a variant's.
    private var scanned: [Reading] {
        let isSKU = !words.holds("@") && words.unicodeScalars.count <= 100
        return isSKU ? [Reading("scanned", "/api/inventory/stock/find/", ["sku": words])] : []
    }

    /// Returns the address of the one thing that is called exactly this.
    private func exact(_ found: [String: JSONValue]) -> String? {
        if let order = row("orders", "order_number", found) { return address(of: order, on: "orders") }
        if let product = row("products", "sku", found) { return address(of: product, on: "products") }
        guard let id = found["scanned"]?.text("product_id") else { return nil }
        for name in ["products", "stock"] {
            guard let screen = visit.site.byName[name], visit.may(.get, screen.item ?? screen.list) else { continue }
            return "/admin/\(name)/\(PercentEncoding.encode(id))/"
        }
        return nil
    }

    /// Returns the row whose member is the words, in upper or lower case.
    private func row(_ screen: String, _ member: String, _ found: [String: JSONValue]) -> JSONValue? {
        found[screen]?.rows.first { $0.text(member)?.lowercased().isSame(as: words.lowercased()) ?? false }
    }

    private func address(of row: JSONValue, on name: String) -> String? {
        guard let screen = visit.site.byName[name], let key = row.text(screen.key) else { return nil }
        return "/admin/\(name)/\(PercentEncoding.encode(key))/"
    }

    private func group(_ screen: AdminScreen, _ answer: JSONValue) -> [String: Any] {
        let told = screen.columns.filter { !$0.isHidden && $0.kind != .picture && $0.member != screen.label }
        let columns = told.prefix(4)
        let rows = answer.rows.map { row -> [String: Any] in
            let key = row.text(screen.key) ?? ""
            return [
                "path": "/admin/\(screen.name)/\(PercentEncoding.encode(key))/", "name": row.text(screen.label) ?? key,
                "cells": columns.map { visit.cell($0, of: row) }.filter { !$0.isNothing },
            ]
        }
        var view: [String: Any] = ["heading": visit.text(screen.title), "rows": rows]
        if answer.count > rows.count {
            view["more"] = list(screen)
            view["moreTitle"] = visit.text(Words.moreRows, visit.format.number(String(answer.count - rows.count)))
        }
        return view
    }

    /// Links to the lists that were not searched, with the words.
    private func elsewhere(_ searched: [AdminScreen]) -> [[String: Any]] {
        visit.site.screens.filter { screen in
            screen.search != nil && screen.isInMenu && visit.may(.get, screen.list)
                && !searched.contains { $0.name == screen.name }
        }.map { ["path": list($0), "name": visit.text($0.title)] }
    }

    private func list(_ screen: AdminScreen) -> String {
        "/admin/\(screen.name)/?search=" + PercentEncoding.encode(words)
    }
}

/// Rows that a field offers while somebody types: JSON for the admin's own script.
struct LookupAnswer: Sendable {
    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// - Throws: `AdminRefusal` where the reader may not see the rows.
    func show() async throws -> AdminPage {
        let screen = try visit.screen()
        let member = visit.call.query["value"] ?? screen.key
        let finder = RowFinder(visit: visit, screen: screen, member: member)
        let rows = try await finder.hits((visit.call.query["q"] ?? "").trimmed)
        let options = visit.call.query["by"] == "name" ? Self.names(rows, finder) : Self.choices(rows, finder)
        return AdminPage(contentType: "application/json", body: (try? JSONBytes.encode(JSONValue.array(options))) ?? [])
    }

    /// What a filter's address can hold: the name of a row, or its key where several are called so.
    private static func names(_ rows: [JSONValue], _ finder: RowFinder) -> [JSONValue] {
        let names = rows.map(finder.name)
        return zip(rows, names).map { row, name -> JSONValue in
            // What several are called says nothing of one of them.
            let isOwn = names.count { $0.isSame(as: name) } == 1
            let value = isOwn ? name : row.text(finder.member) ?? ""
            return .object(["value": .string(value), "text": .string(name)])
        }
    }

    /// What a form can send: what tells a row from the others, and its key.
    private static func choices(_ rows: [JSONValue], _ finder: RowFinder) -> [JSONValue] {
        finder.choices(rows).map {
            .object(["value": .string($0.text), "text": .string($0.text), "key": .string($0.key)])
        }
    }
}

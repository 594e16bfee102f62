import AdminPages
import Primitives
import Web

/// One search over everything that can be searched: orders, people, products.
struct SearchPage: Sendable {
    let visit: Visit

    /// The screens that are searched, the likeliest first.
    private static let searched = ["orders", "products", "customers", "vendors"]

    init(_ visit: Visit) {
        self.visit = visit
    }

    func show() async throws -> AdminPage {
        let words = (visit.call.query["q"] ?? "").trimmed
        var found: [[String: Any]] = []
        for name in Self.searched where !words.isEmpty {
            guard let screen = visit.site.byName[name], visit.may(.get, screen.list) else { continue }
            let answer = try? await visit.read(screen.list, ["search": words, "page_size": "10"])
            guard let answer, !answer.rows.isEmpty else { continue }
            found.append(group(screen, answer, words))
        }
        return visit.page(
            "search", title: Words.search, ["q": words, "found": found, "nothing": found.isEmpty && !words.isEmpty])
    }

    private func group(_ screen: AdminScreen, _ answer: JSONValue, _ words: String) -> [String: Any] {
        let columns = screen.columns.filter { !$0.isHidden && $0.kind != .picture }.prefix(4)
        let rows = answer.rows.map { row -> [String: Any] in
            let key = row.text(screen.key) ?? ""
            return [
                "path": "/admin/\(screen.name)/\(PercentEncoding.encode(key))/", "name": row.text(screen.label) ?? key,
                "cells": columns.filter { $0.member != screen.label }.map { visit.cell($0, of: row) },
            ]
        }
        var view: [String: Any] = ["title": visit.text(screen.title), "rows": rows]
        if answer.count > rows.count {
            view["more"] = "/admin/\(screen.name)/?search=" + PercentEncoding.encode(words)
            view["moreTitle"] = visit.text(Words.moreRows, String(answer.count - rows.count))
        }
        return view
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
        var query = ["page_size": "20"]
        if screen.search != nil { query["search"] = visit.call.query["q"] }
        let json = try await visit.read(screen.list, query)
        let label = screen.choiceLabel ?? screen.label
        let options = json.rows.map { row in
            JSONValue.object([
                "value": .string(row.text(member) ?? ""), "text": .string(row.text(label) ?? ""),
            ])
        }
        return AdminPage(contentType: "application/json", body: (try? JSONBytes.encode(JSONValue.array(options))) ?? [])
    }
}

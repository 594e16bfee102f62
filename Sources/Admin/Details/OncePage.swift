import AdminPages
import Primitives

extension Visit {
    /// Returns a page of what an endpoint tells this once, such as a new secret.
    func once(_ columns: [AdminColumn], of json: JSONValue, title: String, back: String) -> AdminPage {
        let facts = columns.map { column -> [String: Any] in
            ["title": text(column.title), "cells": [cell(column, of: json)]]
        }
        return page(
            "result", title: title, ["back": back, "backTitle": text(Words.back), "facts": facts, "isOnce": true])
    }
}

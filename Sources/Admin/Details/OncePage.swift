import AdminPages
import Primitives

extension Visit {
    /// Returns a page of what an endpoint tells this once, such as a new secret, or with `isShownAgain` of what came of a call;
    /// `next` is the command that goes on from there.
    func once(
        _ columns: [AdminColumn], of json: JSONValue, title: String, back: String, isShownAgain: Bool = false,
        next: [String: Any]? = nil
    ) -> AdminPage {
        let facts = columns.map { column -> [String: Any] in
            ["title": text(column.title), "cells": [cell(column, of: json)]]
        }
        var view: [String: Any] = [
            "back": back, "backTitle": text(Words.back), "facts": facts, "isOnce": !isShownAgain,
        ]
        if let next { view["next"] = next }
        return page("result", title: title, view)
    }
}

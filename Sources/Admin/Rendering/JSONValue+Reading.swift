import AdminPages
import Primitives
import Web

/// What pages read of the answers of endpoints.
extension JSONValue {
    /// Returns the value at a path of members and places: `vendor.name`, `items.0.sku`.
    func at(_ path: String) -> JSONValue? {
        var value = self
        for part in path.cut(at: ".") {
            if case .array(let elements) = value {
                guard let place = Int(part), elements.indices.contains(place) else { return nil }
                value = elements[place]
            } else {
                guard let member = value[String(part)] else { return nil }
                value = member
            }
        }
        return value
    }

    /// Returns a text or a number at a path; nil for anything else.
    func text(_ path: String) -> String? { at(path)?.scalarText }

    /// This value as text where it is a text, a number or a Boolean.
    var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// The elements of a list; none for anything else.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The rows of a list's answer, whether it comes in pages or whole.
    var rows: [JSONValue] { self["results"]?.elements ?? elements }

    /// The number of rows of the whole list.
    var count: Int { text("count").flatMap { Int($0) } ?? elements.count }

    /// Returns whether it is one of these texts, or a list with one of them.
    func isOneOf(_ texts: [String]) -> Bool {
        if case .array(let elements) = self { return elements.contains { $0.isOneOf(texts) } }
        return scalarText.map { texts.contains($0) } ?? false
    }

    /// Whether it is true, a number above zero, or a list or a text that is not empty.
    var holds: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        case .number(let text):
            !text.begins(with: "-") && text.unicodeScalars.contains { (0x31...0x39).contains($0.value) }
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object: true
        }
    }
}

extension JSONValue {
    /// Whether a row has anything in a column, or more than zero.
    func holds(_ column: AdminColumn) -> Bool {
        guard let value = at(column.member) else { return false }
        guard column.isNumeric, let text = text(column.member) else { return value.holds }
        return JSONValue.number(text).holds
    }
}

extension AdminCondition {
    /// Returns whether a row meets it.
    func isMet(by row: JSONValue) -> Bool {
        switch self {
        case .always: true
        case .oneOf(let member, let words): row.at(member)?.isOneOf(words) ?? false
        case .holds(let member): row.at(member)?.holds ?? false
        case .exceedsZero(let member): row.text(member).map { JSONValue.number($0).holds } ?? false
        case .not(let condition): !condition.isMet(by: row)
        case .all(let conditions): conditions.allSatisfy { $0.isMet(by: row) }
        case .any(let conditions): conditions.contains { $0.isMet(by: row) }
        }
    }
}

extension String {
    /// Returns the member at this path of a row, or with `row.` before it of a row within that row's page.
    func member(of row: JSONValue, within part: JSONValue) -> JSONValue? {
        after("row.").map { part.at(String($0)) } ?? row.at(self)
    }
}

extension AdminCall {
    /// Returns the path for a row: each member in braces is replaced by its value, percent-encoded; nil where one is missing
    /// or blank.
    static func path(_ template: String, for row: JSONValue, within part: JSONValue = .null) -> String? {
        var path = ""
        var rest = template[...]
        while true {
            let (head, tail) = rest.halves(at: "{")
            path += head
            guard let tail else { return path }
            let (name, after) = tail.halves(at: "}")
            let value = name.after("row.").map { part.text(String($0)) } ?? row.text(String(name))
            guard let value, !value.isEmpty, let after else { return nil }
            path += PercentEncoding.encode(value)
            rest = after
        }
    }
}

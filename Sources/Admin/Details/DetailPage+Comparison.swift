import AdminPages
import Primitives

/// What somebody changed, value by value.
extension DetailPage {
    /// The most values that are shown.
    private static let mostDifferences = 300

    /// Returns the table of the values in which two states differ of a row that the audit names.
    func comparison(_ before: JSONValue, _ after: JSONValue, about: String) -> [String: Any] {
        let differences = StateWords(visit, about: about).differences(before, after)
        let titles = [Phrase("Value", "Wert"), Phrase("Before", "Vorher"), Phrase("After", "Nachher")]
        let rows = differences.prefix(Self.mostDifferences).map { change -> [String: Any] in
            var cells = [CellView(text: change.title, classes: "lead"), long(change.before), long(change.after)]
            for (place, title) in titles.enumerated() { cells[place].heading = visit.text(title) }
            return ["cells": cells, "actions": [[String: Any]](), "files": [[String: Any]](), "does": false]
        }
        return [
            "heads": titles.map { ["title": visit.text($0), "isNumber": false] as [String: Any] }, "rows": rows,
            "empty": rows.isEmpty, "does": false,
        ]
    }

    private func long(_ text: String) -> CellView {
        text.isEmpty ? .nothing : CellView(text: text, dress: .long)
    }
}

extension JSONValue {
    /// The texts, numbers and flags within this value, by their paths; a list of such alone is one value.
    func leaves(at path: String = "") -> [String: String] {
        let inner = path.isEmpty ? "" : path + "."
        switch self {
        case .null: return [:]
        case .bool, .number, .string: return [path: scalarText ?? ""]
        case .array(let elements) where elements.allSatisfy({ $0.scalarText != nil }):
            return [path: elements.compactMap(\.scalarText).joined(separator: ", ")]
        case .array(let elements):
            return elements.enumerated().reduce(into: [:]) { found, element in
                found.merge(element.element.leaves(at: inner + String(element.offset + 1))) { $1 }
            }
        case .object(let members):
            return members.reduce(into: [:]) { found, member in
                found.merge(member.value.leaves(at: inner + member.key)) { $1 }
            }
        }
    }

    /// This value as text in several lines, members by their names.
    func lines(indent: String = "") -> String {
        let deeper = indent + "  "
        switch self {
        case .array(let elements) where !elements.isEmpty:
            let parts = elements.map { deeper + $0.lines(indent: deeper) }
            return "[\n" + parts.joined(separator: ",\n") + "\n" + indent + "]"
        case .object(let members) where !members.isEmpty:
            let parts = members.sorted { $0.key < $1.key }.map { name, value in
                deeper + JSONValue.string(name).lines() + ": " + value.lines(indent: deeper)
            }
            return "{\n" + parts.joined(separator: ",\n") + "\n" + indent + "}"
        default: return (try? JSONBytes.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }
}

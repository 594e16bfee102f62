import Primitives

/// A list of objects as text: an object a line, its members between tabs or semicolons, as spreadsheets paste them. Where a
/// line has neither, its last members are words, so that `OAK LAMP 12` is a SKU with a space and a quantity.
struct RecordLines: Sendable {
    let members: [String]

    /// Returns the objects of a text; members that a line does not have are left out.
    func list(of text: String) -> JSONValue {
        .array(
            text.cut(at: "\n").map(\.trimmed).filter { !$0.isEmpty }.map { line in
                let values = zip(members, cells(of: line)).filter { !$1.isEmpty }
                return .object(Dictionary(values.map { ($0, JSONValue.string($1)) }) { first, _ in first })
            })
    }

    /// Returns the text of a list of objects.
    func text(of list: JSONValue) -> String {
        list.elements.map { element in members.map { element.text($0) ?? "" }.joined(separator: "\t") }
            .joined(separator: "\n")
    }

    private func cells(of line: String) -> [String] {
        for separator: Unicode.Scalar in ["\t", ";"] where line.holds(separator) {
            return line.cut(at: separator).map(\.trimmed)
        }
        let words = line.words.map { String($0) }
        guard words.count > members.count else { return words }
        let tail = words.suffix(members.count - 1)
        return [words.dropLast(tail.count).joined(separator: " ")] + tail
    }
}

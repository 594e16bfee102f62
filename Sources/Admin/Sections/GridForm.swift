import AdminPages
import Primitives
import Web

/// A column of a grid as it stands on a page: pairs have one for each of their names.
enum GridColumn: Sendable {
    case shown(AdminColumn)
    case field(AdminField)
    /// The value of the pair whose name is the one at `place`.
    case pair(AdminPairs, place: Int)

    /// Whether it is entered as a box.
    var isFlag: Bool { if case .field(let field) = self { field.kind == .flag } else { false } }

    /// The part of the names of its inputs; nil where there is nothing to enter.
    var key: String? {
        switch self {
        case .shown: nil
        case .field(let field): field.name
        case .pair(let pairs, let place): "\(pairs.member).\(place)"
        }
    }

    /// The member that lists the pairs of which it has a value; nil for a field.
    var list: String? { if case .pair(let pairs, _) = self { pairs.member } else { nil } }

    /// Returns whether it is entered in a new row, or in one that is there.
    func isEntered(new: Bool) -> Bool {
        switch self {
        case .shown: false
        case .field(let field): field.use == .always || field.use == (new ? .creating : .editing)
        case .pair: true
        }
    }
}

/// A grid over the elements of a row: what its inputs hold and what they send.
struct GridForm: Sendable {
    let visit: Visit
    let grid: AdminGrid
    /// The page's row.
    let row: JSONValue

    init(_ visit: Visit, _ grid: AdminGrid, _ row: JSONValue) {
        self.visit = visit
        self.grid = grid
        self.row = row
    }

    var elements: [JSONValue] { row.at(grid.member)?.elements ?? [] }

    var mayCreate: Bool { grid.create.map { visit.may($0) } ?? false }
    var mayUpdate: Bool { grid.update.map { visit.may($0) } ?? false }
    var mayDelete: Bool { grid.delete.map { visit.may($0) } ?? false }

    /// The lists of pairs that the grid has.
    var pairs: [AdminPairs] {
        grid.columns.compactMap { column -> AdminPairs? in
            if case .pairs(let pairs) = column { pairs } else { nil }
        }
    }

    /// Returns the names of pairs that elements have, in the order in which they occur.
    func knownNames(_ pairs: AdminPairs) -> [String] {
        var names: [String] = []
        for pair in elements.flatMap({ $0.at(pairs.member)?.elements ?? [] }) {
            guard let name = pair.text(pairs.name), !names.contains(name) else { continue }
            names.append(name)
        }
        return names
    }

    /// Returns the names of pairs that a form was sent with, in the order of their columns.
    func names(in sent: SubmittedForm) -> [String: [String]] {
        Dictionary(pairs.map { ($0.member, sent.all("name.\($0.member)").map(\.trimmed)) }) { first, _ in first }
    }

    /// Returns the columns, with one for each of `names`.
    func columns(_ names: [String: [String]]) -> [GridColumn] {
        grid.columns.flatMap { column -> [GridColumn] in
            switch column {
            case .shown(let shown): [.shown(shown)]
            case .entered(let field): isLeftOut(field) ? [] : [.field(field)]
            case .pairs(let pairs): (names[pairs.member] ?? []).indices.map { .pair(pairs, place: $0) }
            }
        }
    }

    /// Whether a field holds nothing that can be shown to a reader who changes nothing.
    private func isLeftOut(_ field: AdminField) -> Bool {
        grid.beginsBlank && field.use == .always && !mayUpdate && !mayCreate
    }

    /// Returns the text that the input of an element holds in a column.
    func text(of element: JSONValue, _ column: GridColumn, _ names: [String: [String]]) -> String {
        switch column {
        case .shown: return ""
        case .field where grid.beginsBlank: return standard(column)
        case .field(let field):
            return FieldValues(visit: visit, fields: [field]).texts(of: element)[field.name]?.first ?? ""
        case .pair(let pairs, let place):
            let name = names[pairs.member]?[place] ?? ""
            let pair = element.at(pairs.member)?.elements.first { $0.text(pairs.name) == name }
            return name.isEmpty ? "" : pair?.text(pairs.value) ?? ""
        }
    }

    /// Returns the text that the input of a new row begins with.
    func standard(_ column: GridColumn) -> String {
        if case .field(let field) = column { return field.standard ?? (field.kind == .flag ? "false" : "") }
        return ""
    }

    /// Returns the text that was sent for an element in a column.
    func text(in sent: SubmittedForm, _ id: String, _ column: GridColumn) -> String {
        guard let key = column.key else { return "" }
        let text = sent[SectionInput.name(id, key)] ?? ""
        if case .field(let field) = column, field.kind == .flag { return text == "true" ? "true" : "false" }
        return text.replacing { $0 == "\r" ? "" : nil }
    }

    /// Returns why numbers in columns are refused that may be one of two, by the names of their fields.
    func unclear(_ texts: [(column: GridColumn, text: String)]) -> [String: String] {
        texts.reduce(into: [:]) { found, entry in
            guard case .field(let field) = entry.column else { return }
            let form = SubmittedForm([(name: field.name, value: entry.text)])
            found.merge(FieldValues(visit: visit, fields: [field]).unclear(in: form)) { $1 }
        }
    }

    /// Returns the members of the body that texts in columns come to.
    func body(_ texts: [(column: GridColumn, text: String)], _ names: [String: [String]]) -> [String: JSONValue] {
        var (fields, pairs): ([AdminField], [String: [JSONValue]]) = ([], [:])
        for (column, text) in texts {
            switch column {
            case .shown: continue
            case .field(let field): fields.append(field)
            case .pair(let list, let place):
                let name = names[list.member]?[place] ?? ""
                let pair = JSONValue.object([list.name: .string(name), list.value: .string(text.trimmed)])
                pairs[list.member, default: []] += text.trimmed.isEmpty ? [] : [pair]
            }
        }
        let form = SubmittedForm(
            texts.compactMap { entry -> (name: String, value: String)? in
                if case .field(let field) = entry.column { (name: field.name, value: entry.text) } else { nil }
            })
        let members = FieldValues(visit: visit, fields: fields).members(of: form)
        return members.merging(pairs.mapValues { JSONValue.array($0) }) { $1 }
    }
}

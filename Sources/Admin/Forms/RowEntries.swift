import AdminPages
import HTTPTypes
import Primitives
import Web

/// The rows that a form names in words: what was typed is looked up before the form is sent on, one call a field.
struct RowEntries: Sendable {
    /// The form, with the keys of the rows that were found in place of what was typed.
    private(set) var form: SubmittedForm
    /// What names no row or several, by the field's name.
    private(set) var open: [String: RowEntry] = [:]

    /// Looks up what was typed into those of the fields that find rows.
    init(_ sent: SubmittedForm, _ fields: [AdminField], _ visit: Visit) async {
        form = sent
        for field in fields {
            guard let target = field.kind.target, let screen = visit.site.byName[target.screen],
                sent[RowInput.shown(field.name)] != nil
            else { continue }
            await take(field, RowFinder(visit: visit, screen: screen, member: target.member))
        }
    }

    private mutating func take(_ field: AdminField, _ finder: RowFinder) async {
        let box = field.kind.isRows ? RowInput.added(field.name) : field.name
        let typed = (form[box] ?? "").trimmed
        guard !typed.isEmpty else { return }
        let chosen = form.all(RowInput.key(field.name)).filter { !$0.isEmpty }
        if typed.isSame(as: (form[RowInput.shown(field.name)] ?? "").trimmed), !chosen.isEmpty {
            return put(chosen, field)
        }
        switch await finder.find(typed) {
        case .row(let row): put(row.text(finder.member).map { [$0] } ?? [], field)
        case .nothing: open[field.name] = RowEntry(typed: typed, error: Words.noSuchRow)
        case .unknown: open[field.name] = RowEntry(typed: typed, error: Words.rowsNotSearched)
        case .several(let rows):
            open[field.name] = RowEntry(typed: typed, hits: finder.choices(rows), error: Words.severalSuchRows)
        }
    }

    private mutating func put(_ keys: [String], _ field: AdminField) {
        guard field.kind.isRows else { return form = form.replacing(field.name, with: Array(keys.prefix(1))) }
        let all = form.all(field.name) + keys
        form = form.replacing(field.name, with: all).replacing(RowInput.added(field.name), with: [])
    }
}

/// A field by which a row is named, and what it says.
struct RowEntry: Sendable {
    /// What is typed.
    var typed = ""
    /// The key of the row that is called so; blank for none.
    var key = ""
    /// The rows of which one is to be chosen.
    var hits: [RowChoice] = []
    /// Why it is refused; nil where it is not.
    var error: Phrase?
}

/// The names of the inputs beside a field that finds rows.
enum RowInput {
    /// What the field said when it was shown, which belongs to ``key(_:)``. Without it the field itself has the key.
    static func shown(_ field: String) -> String { field + ".shown" }

    /// The key of the row, or of those that were chosen.
    static func key(_ field: String) -> String { field + ".key" }

    /// What names one more row, where a field holds several.
    static func added(_ field: String) -> String { field + ".add" }
}

extension AdminField.Kind {
    /// The screen of whose rows it names one or several, with the member that is sent; nil where it names none.
    var target: (screen: String, member: String)? {
        switch self {
        case .row(let screen, let value), .rows(let screen, let value): (screen: screen, member: value)
        default: nil
        }
    }
}

extension FormState {
    /// Creates the state of a form of which fields name no row, or several.
    init(_ rows: RowEntries, _ values: FieldValues, _ sent: SubmittedForm) {
        self.init(texts: values.texts(of: rows.form))
        entries = rows.open
        for (name, entry) in rows.open {
            if let error = entry.error { errors.byField[name] = values.visit.text(error) }
        }
        status = .badRequest
        once = sent["once"]
        version = sent["version"]
        was = sent["was"]
    }
}

import AdminPages
import HTTPTypes
import Primitives
import Web

/// Filters as people enter them, and what the endpoint is asked by: for a row of another list, which they name by what they have
/// in hand, such as an order's number, an e-mail or a SKU, the row's key; for a number as their language writes it, the API's
/// text of it.
struct EnteredFilters: Sendable {
    /// The keys of the rows that were found and the numbers, by the filter's name.
    private var values: [String: String] = [:]
    /// What those rows are called, by the filter's name.
    private(set) var names: [String: String] = [:]
    /// Why what was entered cannot be asked for, by the filter's name.
    private(set) var refusals: [String: String] = [:]
    /// The rows of which one may be meant, by the filter's name.
    private(set) var hits: [String: [RowChoice]] = [:]

    /// Reads the filters of a list's address. What is a key already is looked up where the filter is entered by name, so that
    /// it can be shown.
    init(_ query: ListQuery, _ visit: Visit) async {
        let entered = query.narrowing
        for filter in query.screen.filters {
            guard let text = entered[filter.name]?.trimmed, !text.isEmpty else { continue }
            if filter.kind == .number { take(number: text, for: filter, visit.format) }
            guard let (name, member) = filter.target, let screen = visit.site.byName[name],
                visit.may(.get, screen.list), filter.isNamed || !Self.isKey(text)
            else { continue }
            switch await Self.find(text, member, on: screen, visit) {
            case .row(let key, let name):
                values[filter.name] = key
                names[filter.name] = name
            case .refusal(let phrase): refusals[filter.name] = visit.text(phrase)
            case .several(let choices):
                refusals[filter.name] = visit.text(Words.severalSuchRows)
                hits[filter.name] = choices
            }
        }
    }

    /// Takes a number; what is none the endpoint refuses.
    private mutating func take(number text: String, for filter: AdminFilter, _ format: AdminFormat) {
        switch format.reading(text) {
        case .number(let number): values[filter.name] = number
        case .unclear(let thousands, let fraction):
            refusals[filter.name] = format.refusal(thousands: thousands, fraction: fraction)
        case .other: break
        }
    }

    /// Returns what the endpoint is asked, with the keys of rows in place of their names and numbers as the API writes them.
    func applied(to asked: [String: String]) -> [String: String] { asked.merging(values) { $1 } }

    /// Refuses what names no row, and what may be one of two numbers.
    ///
    /// - Throws: `AdminRefusal.answer`.
    func check() throws {
        guard refusals.isEmpty else { throw AdminRefusal.answer(APIAnswer(APIResponse(status: .badRequest))) }
    }

    private enum Finding {
        case row(key: String, name: String?)
        case refusal(Phrase)
        case several([RowChoice])
    }

    /// Returns the row that has the text for its key or in one of its columns; else the only one that a search finds.
    private static func find(
        _ text: String, _ member: String, on screen: AdminScreen, _ visit: Visit
    ) async -> Finding {
        let finder = RowFinder(visit: visit, screen: screen, member: member)
        if isKey(text), let row = await finder.row(key: text) {
            return .row(key: text, name: visit.name(of: row, on: screen))
        }
        switch await finder.find(text) {
        case .row(let row):
            guard let key = row.text(member) else { return .refusal(Words.noSuchRow) }
            return .row(key: key, name: visit.name(of: row, on: screen))
        case .several(let rows): return .several(finder.choices(rows))
        case .unknown where isKey(text): return .row(key: text, name: nil)
        case .nothing, .unknown: return .refusal(Words.noSuchRow)
        }
    }

    private static func isKey(_ text: String) -> Bool { Int64(text).map { String($0).isSame(as: text) } ?? false }
}

extension AdminFilter {
    /// The screen of whose rows it names one, with the member that is sent; nil where it names none.
    var target: (screen: String, member: String)? {
        switch kind {
        case .row(let screen, let value), .named(let screen, let value): (screen: screen, member: value)
        default: nil
        }
    }

    /// Whether a row is entered by its name, however few there are.
    var isNamed: Bool { if case .named = kind { true } else { false } }

    /// Returns whether the reader may look up what it is to name.
    func canBeEntered(by visit: Visit) -> Bool {
        if case .about = kind { return false }
        guard let target else { return true }
        return visit.site.byName[target.screen].map { visit.may(.get, $0.list) } ?? false
    }
}

extension FieldViews {
    /// Returns the view of a filter that holds a value; `name` is what the row is called that was found for it.
    func view(_ filter: AdminFilter, _ value: String, name: String?) async -> [String: Any] {
        let field = AdminField(filter.name, filter.title, filter.fieldKind)
        var view = await self.view(field, [value], prefix: "filter")
        if case .named(let screen, let member) = filter.kind {
            view["lookup"] = "/admin/lookup/\(screen)/?value=\(member)&by=name"
            if let hint = visit.site.byName[screen]?.search { view["help"] = visit.text(hint) }
        }
        if case .about = filter.kind {
            let called = await visit.called(value)
            view["options"] = [["value": value, "text": called, "isOn": true] as [String: Any]]
        }
        if let name, view["select"] == nil, !name.isSame(as: value) { view["help"] = name }
        return view
    }
}

import AdminPages
import Primitives
import TestSupport

/// Holds the declaration of a screen against the endpoints that it stands on, and collects what does not agree.
struct ScreenWalk {
    let api: APISchemas
    let screens: [String: AdminScreen]
    let screen: AdminScreen
    private(set) var faults: [String] = []

    init(_ screen: AdminScreen, among screens: [AdminScreen], _ api: APISchemas) {
        self.screen = screen
        self.screens = Dictionary(screens.map { ($0.name, $0) }) { first, _ in first }
        self.api = api
    }

    /// Returns what does not agree.
    mutating func walk() -> [String] {
        walkList()
        walkForm()
        walkPreview()
        walkActions()
        walkSections()
        walkFiles()
        return faults
    }

    mutating func note(_ fault: String) { faults.append(fault) }

    /// The schema of a row of the list; one that takes anything where the list has no endpoint.
    var row: JSONValue { api.operation("GET", screen.list)?.answer.map { api.row(of: $0) } ?? .object([:]) }

    /// The schema of what the page of a row shows: that of the list's rows where rows have no page.
    var item: JSONValue { screen.item.flatMap { api.operation("GET", $0)?.answer } ?? row }

    private mutating func walkList() {
        guard let list = api.operation("GET", screen.list) else { return note("no endpoint GET \(screen.list)") }
        if list.answer == nil { note("GET \(screen.list) answers no JSON") }
        if let item = screen.item, api.operation("GET", item) == nil { note("no endpoint GET \(item)") }
        if let item = screen.item, !item.contains("{") { note("\(item) names no row") }
        if screen.search != nil, list.inputs["search"] == nil { note("GET \(screen.list) has no search") }
        if screen.search == nil, list.inputs["search"] != nil { note("GET \(screen.list) has a search in vain") }
        walkOrders(list)
        expect(screen.key, in: row, "the key")
        expect(screen.key, in: item, "the key on the page of a row")
        expect(screen.label, in: row, "the label")
        expect(screen.label, in: item, "the label on the page of a row")
        expectDistinct(screen.columns.map(\.member), "columns")
        expectDistinct(screen.filters.map(\.name), "filters")
        if screen.columns.allSatisfy(\.isHidden) { note("no column is shown") }
        for column in screen.columns {
            walk(column, in: row, "the column")
            walkSort(column, list)
        }
        for filter in screen.filters { walk(filter, list) }
        for match in screen.list.matches(of: #/[?&]([^=&]+)=/#) where list.inputs[String(match.1)] == nil {
            note("GET \(screen.list) does not take \(match.1)")
        }
        if let nesting = screen.nesting { expect(nesting, in: row, "the rows below a row") }
        if let name = screen.keysParameter, list.inputs[name] == nil {
            note("GET \(screen.list) does not take \(name)")
        }
        if let label = screen.choiceLabel { expect(label, in: row, "the label in choices") }
        for name in screen.neighbors where screens[name] == nil { note("there is no screen \(name) beside it") }
        for link in screen.links where api.operation(link.call.method.rawValue, link.call.path) == nil {
            note("\(link.path) makes the call \(link.call.path), which is none")
        }
    }

    /// Expects whatever the endpoint orders by to be offered by a column.
    private mutating func walkOrders(_ list: APISchemas.Operation) {
        let keys = list.inputs["ordering"].flatMap { api.words(of: $0) } ?? []
        let offered = Set(screen.columns.compactMap(\.sort))
        for key in keys where !key.hasPrefix("-") && key != "id" && !offered.contains(key) {
            note("GET \(screen.list) is ordered by \(key), which no column offers")
        }
    }

    private mutating func walkSort(_ column: AdminColumn, _ list: APISchemas.Operation) {
        guard let key = column.sort else { return }
        let known = list.inputs["ordering"].flatMap { api.words(of: $0) } ?? []
        for key in [key, "-" + key] where !known.contains(key) { note("GET \(screen.list) is not ordered by \(key)") }
    }

    private mutating func walk(_ filter: AdminFilter, _ list: APISchemas.Operation) {
        let reserved = ["ordering", "page", "page_size", "columns", "search"]
        if reserved.contains(filter.name) { note("the filter \(filter.name) has a name of the list's own") }
        guard let input = list.inputs[filter.name] else {
            return note("GET \(screen.list) has no filter \(filter.name)")
        }
        switch filter.kind {
        case .choice(let words): expect(words, areTakenBy: input, "the filter \(filter.name)")
        case .flag:
            let type = api.type(of: input)
            if type != "boolean" { note("the filter \(filter.name) is yes or no, and \(type ?? "anything") is taken") }
        case .row(let name, let value): expectRows(of: name, value, "the filter \(filter.name)")
        case .named(let name, let value):
            expectRows(of: name, value, "the filter \(filter.name)")
            if screens[name]?.search == nil || screens[name]?.key != value {
                note("the filter \(filter.name) cannot be entered by name")
            }
        case .number, .text:
            if api.type(of: input) == "integer" { note("the filter \(filter.name) asks for the id of a row") }
        case .country:
            let format = api.core(input)["format"]?.text
            if format != "iso-3166-1-alpha-2" { note("the filter \(filter.name) names a country in vain") }
        case .day, .about: return
        }
    }
}

extension ScreenWalk {
    /// Expects a member to be in a schema, and returns its own.
    @discardableResult
    mutating func expect(_ member: String, in schema: JSONValue, _ what: String) -> JSONValue? {
        let found = api.schema(at: member, in: schema)
        if found == nil { note("\(what): there is no member \(member)") }
        return found
    }

    mutating func expectDistinct(_ names: [String], _ what: String) {
        let twice = Set(names.filter { name in names.count { $0 == name } > 1 })
        if !twice.isEmpty { note("\(what): \(twice.sorted().joined(separator: ", ")) twice") }
    }

    mutating func expect(_ words: [String], areTakenBy schema: JSONValue, _ what: String) {
        expectDistinct(words, what)
        let taken = api.words(of: schema) ?? api.words(of: api.core(schema)["items"] ?? .null)
        guard let taken else { return }
        let unknown = words.filter { !taken.contains($0) }
        if !unknown.isEmpty { note("\(what): \(unknown.joined(separator: ", ")) is refused") }
    }

    mutating func expectRows(of name: String, _ value: String, _ what: String) {
        guard let other = screens[name] else { return note("\(what): there is no screen \(name)") }
        guard let answer = api.operation("GET", other.list)?.answer else { return }
        expect(value, in: api.row(of: answer), "\(what), a row of \(name)")
    }

    /// Expects a column to show what the schema of its row has.
    mutating func walk(_ column: AdminColumn, in schema: JSONValue, _ what: String) {
        let what = "\(what) \(column.member)"
        guard let shown = expect(column.member, in: schema, what) else { return }
        let type = api.type(of: shown)
        switch column.kind {
        case .list(let member):
            if let type, type != "array" { note("\(what) is shown as a list and is one of \(type)") }
            if !member.isEmpty, let items = api.core(shown)["items"] { expect(member, in: items, what) }
        case .picture, .json, .refusals: return
        case .postalAddress:
            for member in ["address_line1", "address_line2", "postal_code", "city", "state", "country"] {
                expect(member, in: shown, what)
            }
        case .deed:
            for member in ["method", "endpoint", "about", "before", "after"] { expect(member, in: schema, what) }
        case .changes(let before): expect(before, in: schema, what)
        case .country:
            if let type, !["string", "array"].contains(type) { note("\(what) is shown as a country and is \(type)") }
        case .element(let list, let key, let label): walkElement(list, [key, label], what)
        case .photo(let full): expect(full, in: schema, what)
        case .code, .address:
            if type == "object" { note("\(what) is an object and would show nothing") }
        case .indented(let depth): expect(depth, in: schema, what)
        case .link(let name, let key):
            if screens[name] == nil { note("\(what): there is no screen \(name)") }
            expect(key, in: schema, what)
            fallthrough
        default:
            if let type, ["array", "object"].contains(type) { note("\(what) is \(type) and would show nothing") }
            walkKind(column.kind, type, format: api.core(shown)["format"]?.text, what)
        }
    }

    /// Expects the page's row to have a list whose elements have these members.
    mutating func walkElement(_ list: String, _ members: [String], _ what: String) {
        guard let found = expect(list, in: item, what) else { return }
        for member in members { expect(member, in: api.core(found)["items"] ?? .object([:]), what) }
    }

    private mutating func walkKind(_ kind: AdminColumn.Kind, _ type: String?, format: String?, _ what: String) {
        guard let type else { return }
        switch kind {
        case .flag where type != "boolean": note("\(what) is shown as yes or no and is \(type)")
        case .moment where format != "date-time": note("\(what) is shown as a moment and is \(format ?? type)")
        case .day where type != "string":
            note("\(what) is shown as a day and is \(format ?? type)")
        case .money where type == "boolean", .rate where type == "boolean", .number where type == "boolean":
            note("\(what) is shown as a number and is \(type)")
        case .stars where type == "string" && format != "decimal": note("\(what) is shown as stars and is text")
        default: return
        }
    }
}

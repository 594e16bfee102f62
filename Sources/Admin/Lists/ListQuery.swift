import AdminPages
import Primitives
import Web

/// What the address of a list holds: filters, search, order, page and columns.
struct ListQuery: Sendable {
    let screen: AdminScreen
    let items: QueryItems

    static let sizes = [25, 50, 100]
    /// What the names of the boxes of columns begin with.
    private static let column = "column."

    init(_ screen: AdminScreen, _ items: QueryItems) {
        self.screen = screen
        self.items = items
    }

    /// What is asked of the endpoint: what it knows and what is not blank.
    var asked: [String: String] {
        var asked = narrowing
        asked["page_size"] = String(size)
        if let page = items["page"], !page.isEmpty { asked["page"] = page }
        return asked
    }

    /// What narrows and orders the list, whatever page of it.
    var narrowing: [String: String] {
        var names = screen.filters.map(\.name) + ["ordering"]
        if screen.search != nil { names.append("search") }
        return items.values.filter { names.contains($0.key) && !$0.value.isEmpty }
    }

    var size: Int {
        items["page_size"].flatMap { Int($0) }.flatMap { Self.sizes.contains($0) ? $0 : nil } ?? Self.sizes[0]
    }

    /// Whether it shows less than everything.
    var isNarrowed: Bool { narrowing.contains { $0.key != "ordering" } }

    /// Whether a filter narrows it, and not the search alone.
    var isFiltered: Bool { narrowing.contains { !["ordering", "search"].contains($0.key) } }

    /// The columns that are shown.
    var columns: [AdminColumn] {
        let shown = screen.columns.filter { items[Self.column + $0.member] != nil }
        return shown.isEmpty ? screen.columns.filter { !$0.isHidden } : shown
    }

    /// What a form of filters keeps of the address: order, columns, size.
    var kept: [(name: String, value: String)] {
        items.values.filter { name, value in
            !value.isEmpty && (["ordering", "page_size"].contains(name) || name.begins(with: Self.column))
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What a form of columns keeps of the address: search, filters, order.
    var held: [(name: String, value: String)] { narrowing.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// The address of the whole list, in the same order and with the same columns.
    var cleared: String {
        let text = QueryItems(Dictionary(kept.map { ($0.name, $0.value) }) { first, _ in first }).text
        return "/admin/\(screen.name)/" + (text.isEmpty ? "" : "?" + text)
    }

    /// The address of the list with one thing changed; from another order or filter it begins at the first page.
    func address(_ name: String, _ value: String, path: String? = nil) -> String {
        var values = items.values.filter { !$0.value.isEmpty }
        if name != "page" { values["page"] = nil }
        values[name] = value.isEmpty ? nil : value
        let text = QueryItems(values).text
        return (path ?? "/admin/\(screen.name)/") + (text.isEmpty ? "" : "?" + text)
    }

    /// The heading of a column: the address that orders by it, or the other way round, and how it is ordered now. Numbers and
    /// moments come the largest first.
    func heading(_ column: AdminColumn) -> [String: Any] {
        guard let key = column.sort else { return [:] }
        let now = items["ordering"] ?? ""
        let (first, second) = column.comesLargestFirst ? ("-" + key, key) : (key, "-" + key)
        var view: [String: Any] = ["sort": address("ordering", now == first ? second : first)]
        if now == key { view["sorted"] = "ascending" } else if now == "-" + key { view["sorted"] = "descending" }
        return view
    }
}

extension AdminColumn {
    /// Whether people look for its largest or newest values first.
    fileprivate var comesLargestFirst: Bool {
        switch kind {
        case .money, .number, .rate, .moment, .day, .stars: true
        default: false
        }
    }
}

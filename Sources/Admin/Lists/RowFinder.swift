import AdminPages
import Primitives
import Web

/// Finds rows of a screen by what people have in hand: a name, a number, a SKU, an e-mail. Each answer is one call of an endpoint.
struct RowFinder: Sendable {
    /// What a text names.
    enum Finding: Sendable {
        /// The row that is called so, or the only one that a search finds.
        case row(JSONValue)
        /// No row.
        case nothing
        /// More than one row: the first of them.
        case several([JSONValue])
        /// Nobody knows: the list refused to be searched.
        case unknown
    }

    /// The most rows that are offered.
    static let most = 20

    let visit: Visit
    let screen: AdminScreen
    /// The member of a row that is sent.
    let member: String

    /// Returns what a text names: a row of which a column is exactly this, in upper or lower case, else the only one that is found.
    func find(_ text: String) async -> Finding {
        guard let rows = try? await hits(text, atMost: 100) else { return .unknown }
        let exact = rows.filter { isCalled(text, $0) }
        let found = exact.isEmpty ? rows : exact
        guard let row = found.first else { return .nothing }
        return found.count == 1 ? .row(row) : .several(Array(found.prefix(Self.most)))
    }

    /// Returns the rows that words find: what the list's own search finds, or of a list without one those of the first hundred
    /// that have the words in their names.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see the list.
    func hits(_ words: String, atMost most: Int = RowFinder.most) async throws -> [JSONValue] {
        guard screen.search == nil else {
            let query = ["page_size": String(most), "search": words]
            return try await visit.read(screen.list, query).rows.flatMap { screen.unfolded($0) }
        }
        let first = try await visit.read(screen.list, ["page_size": "100"]).rows.flatMap { screen.unfolded($0) }
        return Array(first.filter { name($0).lowercased().holds(text: words.lowercased()) }.prefix(most))
    }

    /// Whether what is sent is the key of the screen's rows.
    var isByKey: Bool { screen.key.isSame(as: member) }

    /// Returns the row with a key; nil where the screen's rows have another key, or there is none.
    func row(key: String) async -> JSONValue? {
        guard isByKey, let path = screen.itemPath(key) else { return nil }
        return try? await visit.read(path)
    }

    /// Returns what a row is called where one of several is chosen.
    func name(_ row: JSONValue) -> String {
        row.text(screen.choiceLabel ?? screen.label) ?? row.text(screen.label) ?? row.text(member) ?? ""
    }

    /// Returns rows with what tells each of them from the others: its name where no other is called so, else with what else the
    /// list shows of it.
    func choices(_ rows: [JSONValue]) -> [RowChoice] {
        let names = rows.map(name)
        let told = zip(rows, names).map { row, name -> String in
            let isOwn = names.count { $0.isSame(as: name) } == 1
            return isOwn ? name : ([name] + details(row)).joined(separator: " · ")
        }
        return zip(rows, told).compactMap { row, text -> RowChoice? in
            guard let key = row.text(member) else { return nil }
            let isOwn = told.count { $0.isSame(as: text) } == 1
            return RowChoice(key: key, text: isOwn ? text : "\(text) · \(key)")
        }
    }

    private func isCalled(_ text: String, _ row: JSONValue) -> Bool {
        screen.columns.contains { row.text($0.member)?.lowercased().isSame(as: text.lowercased()) ?? false }
    }

    /// The first things beside its name that a list shows of a row.
    private func details(_ row: JSONValue) -> [String] {
        let columns = screen.columns.filter { !$0.isHidden && $0.tells && !$0.member.isSame(as: screen.label) }
        let texts = columns.map { visit.cell($0, of: row).text }
        return Array(texts.filter { !$0.isEmpty }.prefix(2))
    }
}

/// A row that can be chosen: its key, and what it is called.
struct RowChoice: Sendable {
    let key: String
    let text: String
}

extension AdminColumn {
    /// Whether it tells rows apart in words.
    fileprivate var tells: Bool {
        switch kind {
        case .text, .code, .moment, .day, .link, .money, .status: true
        default: false
        }
    }
}

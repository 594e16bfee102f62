/// What a search in a list of rows means: the rows whose ids a query selects.
public struct RowSearch<ID: SQLConvertible & Hashable & Sendable>: Sendable, Hashable {
    private let matches: Query
    private var found: [ID]?

    /// Searches for the rows whose ids `matches` selects; it has no `LIMIT`.
    public init(_ matches: Query) {
        self.matches = matches
    }

    /// Returns the search with its rows found, where they are few: neither counting nor listing them then searches again.
    ///
    /// - Throws: `SQLError`.
    public func done(_ connection: Connection) throws -> RowSearch {
        var search = self
        search.found = try connection.few(matches)
        return search
    }

    /// Whether its rows are few and known by now.
    public var isDone: Bool { found != nil }

    /// Gives the condition on a row whose primary key is `key`. Inside a condition the query stands in a table of its own, or
    /// MariaDB would run it again for every row.
    public func holds(_ key: Query) -> Query {
        guard let found else { return "\(key) IN (SELECT found.id FROM (\(matches)) found)" }
        return found.isEmpty ? "1 = 0" : "\(key) IN (\(list: found))"
    }
}

extension Connection {
    /// Returns the ids that `query` finds, which has no `LIMIT`, where they are at most 200; nil where they are more.
    ///
    /// - Throws: `SQLError`.
    public func few<ID: SQLDecodable>(_ query: Query, as type: ID.Type = ID.self) throws -> [ID]? {
        let most = 200
        let ids = try column("\(query) LIMIT \(most + 1)", as: ID.self)
        return ids.count <= most ? ids : nil
    }
}

extension Query {
    /// Returns a statement for a page of a long table: the ids of its rows are found first, so that what comes before the page
    /// is skipped by an index alone, and rows are read and joined of the page only.
    ///
    /// `source` is the table with its alias, if it has one, and `key` its primary key in the same words. No table of the
    /// statement has a column `chosen`.
    public static func page(
        of columns: Query, from source: Query, key: Query = "id", through walk: Query = .empty, where condition: Query,
        joining joins: Query = .empty, by order: Query, _ limit: Query
    ) -> Query {
        let found: Query = "FROM \(source) \(walk) WHERE \(condition) ORDER BY \(order) \(limit)"
        return """
            SELECT \(columns) FROM (SELECT \(key) AS chosen \(found)) page JOIN \(source) ON \(key) = page.chosen \(joins)
            ORDER BY \(order)
            """
    }
}

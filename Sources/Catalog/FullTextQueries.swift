import Commerce
import SQL

/// The statements of `product_search`, SQLite's full-text table of words that are cut and folded already.
enum FullTextQueries {
    /// Writes the words of a product where they differ from those stored.
    ///
    /// - Returns: the words of the name that the product had.
    static func replace(_ id: ProductID, _ words: SearchIndexWords, _ tx: Transaction) throws -> [String] {
        let (name, body) = (words.name.joined(separator: " "), words.body.joined(separator: " "))
        let old = try tx.tuple(
            "SELECT name, body FROM product_search WHERE rowid = \(id)", as: (String, String).self)
        if let old, old == (name, body) { return words.name }
        try tx.execute("INSERT OR REPLACE INTO product_search (rowid, name, body) VALUES (\(id), \(name), \(body))")
        return (old?.0 ?? "").split(separator: " ").map(String.init)
    }

    /// Removes a product from the index.
    ///
    /// - Returns: the words of the name that the product had.
    static func remove(_ id: ProductID, _ tx: Transaction) throws -> [String] {
        let before: String? = try tx.value("SELECT name FROM product_search WHERE rowid = \(id)")
        try tx.execute("DELETE FROM product_search WHERE rowid = \(id)")
        return (before ?? "").split(separator: " ").map(String.init)
    }

    static func match(_ text: SearchText) -> SearchMatch {
        let words = text.terms.map { "(" + $0.ways.map(all).joined(separator: " OR ") + ")" }.joined(separator: " AND ")
        let best = text.terms.map { all($0.ways[0]) }.joined(separator: " AND ")
        let closeness: Query =
            text.terms.contains { $0.ways.count > 1 } ? "+ (p.id NOT IN \(found(best))) * 500" : .empty
        let (key, length): (_, Query) = (quoted(text.key), "LENGTH(p.name_key)")
        return SearchMatch(
            source: "product_search CROSS JOIN products p ON p.id = product_search.rowid",
            condition: "product_search MATCH \(words)", ranking: .empty,
            order: """
                CASE WHEN p.id IN \(found(key)) THEN 0
                WHEN p.id IN \(found(key + "*")) THEN 1000 + \(length)
                WHEN p.id IN \(found("name : (" + words + ")")) THEN 2000 + \(length) ELSE 3000 END \(closeness)
                """)
    }

    static func holders(of word: SearchWord) -> Query {
        "SELECT 1 FROM product_search WHERE product_search MATCH \(all([word]))"
    }

    private static func found(_ expression: String) -> Query {
        "(SELECT rowid FROM product_search WHERE product_search MATCH \(expression))"
    }

    private static func all(_ words: [SearchWord]) -> String {
        "(" + words.map { quoted($0.text) + ($0.isPrefix ? "*" : "") }.joined(separator: " AND ") + ")"
    }

    /// Quotes a word for FTS5. None holds a quote: they are letters and digits, and `=`, `+`, `#`, `.` and `-`, which
    /// the table takes for letters.
    private static func quoted(_ word: String) -> String { "\"" + word + "\"" }
}

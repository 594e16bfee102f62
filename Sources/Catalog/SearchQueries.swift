import Commerce
import SQL

/// The statements of `product_search`: FTS5 on SQLite, FULLTEXT on MySQL, the same folded words in both.
public enum SearchQueries {
    /// Puts the words of a product in place of those it had.
    static func replace(_ id: ProductID, name: String, body: [String], _ tx: Transaction) throws {
        let (name, body) = (SearchText.indexed(name), SearchText.indexed(body.joined(separator: " ")))
        try SpellingQueries.recount(from: nameWords(of: id, tx), to: words(name), tx)
        switch tx.dialect {
        case .sqlite:
            try tx.execute(
                "INSERT OR REPLACE INTO product_search (rowid, name, body) VALUES (\(id), \(name), \(body))")
        case .mysql:
            try tx.execute(
                """
                INSERT INTO product_search (product_id, name, body) VALUES (\(id), \(name), \(body))
                ON DUPLICATE KEY UPDATE name = VALUES(name), body = VALUES(body)
                """)
        }
    }

    static func remove(_ id: ProductID, _ tx: Transaction) throws {
        try SpellingQueries.recount(from: nameWords(of: id, tx), to: [], tx)
        switch tx.dialect {
        case .sqlite: try tx.execute("DELETE FROM product_search WHERE rowid = \(id)")
        case .mysql: try tx.execute("DELETE FROM product_search WHERE product_id = \(id)")
        }
    }

    private static func nameWords(of id: ProductID, _ tx: Transaction) throws -> Set<String> {
        let name: String? =
            switch tx.dialect {
            case .sqlite: try tx.value("SELECT name FROM product_search WHERE rowid = \(id)")
            case .mysql: try tx.value("SELECT name FROM product_search WHERE product_id = \(id)")
            }
        return words(name ?? "")
    }

    private static func words(_ name: String) -> Set<String> {
        Set(name.split(separator: " ").map(String.init).filter { $0.count >= Spelling.shortest })
    }

    /// How `text` is looked for: to be put into a query over `products p`, found from the words first. Of the last word its
    /// beginning, unless it `endsWhole`.
    public static func match(_ text: SearchText, endsWhole: Bool = false, _ dialect: Dialect) -> SearchMatch {
        let open = endsWhole ? text.words.count : text.words.count - 1
        return switch dialect {
        case .sqlite: fts5(text, open)
        case .mysql: fulltext(text, open)
        }
    }

    private static func fts5(_ text: SearchText, _ last: Int) -> SearchMatch {
        let phrase = text.words.enumerated().map { "\"\($1)\"" + ($0 == last ? "*" : "") }.joined(separator: " ")
        return SearchMatch(
            source: "product_search CROSS JOIN products p ON p.id = product_search.rowid",
            condition: "product_search MATCH \(phrase)", order: "product_search.rank")
    }

    /// Words that InnoDB does not index, being short or stopwords, are looked for in the text itself.
    private static func fulltext(_ text: SearchText, _ last: Int) -> SearchMatch {
        var indexed: [String] = []
        var conditions: [Query] = []
        for (index, word) in text.words.enumerated() {
            let isPrefix = index == last
            if SearchText.isIndexed(word, asPrefix: isPrefix) {
                indexed.append("+" + word + (isPrefix ? "*" : ""))
            } else {
                let pattern = "% " + word + (isPrefix ? "%" : " %")
                conditions.append("CONCAT(' ', s.name, ' ', s.body, ' ') LIKE \(pattern)")
            }
        }
        let first = "% " + (text.words.first ?? "") + "%"
        let named: Query = "CASE WHEN CONCAT(' ', s.name) LIKE \(first) THEN 0 ELSE 1 END"
        guard !indexed.isEmpty else {
            return SearchMatch(source: source, condition: conditions.joined(by: " AND "), order: named)
        }
        let wanted = indexed.joined(separator: " ")
        conditions.insert("MATCH (s.name, s.body) AGAINST (\(wanted) IN BOOLEAN MODE)", at: 0)
        let any = indexed.map { String($0.dropFirst()) }.joined(separator: " ")
        return SearchMatch(
            source: source, condition: conditions.joined(by: " AND "),
            order: """
                MATCH (s.name) AGAINST (\(any) IN BOOLEAN MODE) * 10
                + MATCH (s.name, s.body) AGAINST (\(wanted) IN BOOLEAN MODE) DESC
                """)
    }

    private static let source: Query = "product_search s JOIN products p ON p.id = s.product_id"
}

/// The parts that a search brings into a query over `products p`.
public struct SearchMatch: Sendable {
    /// `products p`, joined to its words.
    public let source: Query
    public let condition: Query
    /// Best match first.
    public let order: Query
}

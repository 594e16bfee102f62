import Commerce
import SQL

/// The statements of the search: the same words in the same order on every database, kept by FTS5 on SQLite and as rows
/// of `search_postings` on MySQL, whose own full-text index leaves out short words and stop words.
public enum SearchQueries {
    /// Replaces the indexed words of a product.
    static func replace(_ id: ProductID, _ product: SearchableText, _ tx: Transaction) throws {
        let words = SearchIndexWords(product)
        let before =
            switch tx.dialect {
            case .sqlite: try FullTextQueries.replace(id, words, tx)
            case .mysql: try PostingQueries.replace(id, words, tx)
            }
        try SpellingQueries.recount(from: spelled(before), to: spelled(words.name), tx)
    }

    static func remove(_ id: ProductID, _ tx: Transaction) throws {
        let before =
            switch tx.dialect {
            case .sqlite: try FullTextQueries.remove(id, tx)
            case .mysql: try PostingQueries.remove(id, tx)
            }
        try SpellingQueries.recount(from: spelled(before), to: [], tx)
    }

    /// Returns those words of a name that may correct the spelling of a search.
    private static func spelled(_ name: [String]) -> Set<String> {
        Set(name.filter { $0.unicodeScalars.count >= Spelling.shortest })
    }

    /// Returns the parts by which a query over `products p` finds `text`, driven from the words.
    public static func match(_ text: SearchText, _ dialect: Dialect) -> SearchMatch {
        switch dialect {
        case .sqlite: FullTextQueries.match(text)
        case .mysql: PostingQueries.match(text)
        }
    }

    /// Returns whether any product holds `word`.
    static func holds(_ word: SearchWord, _ connection: Connection) throws -> Bool {
        let query =
            switch connection.dialect {
            case .sqlite: FullTextQueries.holders(of: word)
            case .mysql: PostingQueries.holders(of: word)
            }
        return try connection.value("\(query) LIMIT 1", as: Int.self) != nil
    }
}

/// The parts that a search adds to a query over `products p`.
public struct SearchMatch: Sendable {
    /// `products p`, joined to its words.
    public let source: Query
    /// The condition on the words; empty where `source` alone decides.
    public let condition: Query
    /// Joins that `order` reads from; they leave out no row.
    public let ranking: Query
    /// The best match first: what equals the search (name or SKU), what begins with it, what holds it in its name, the
    /// rest; among these, what holds compounds as they were written, then shorter names.
    public let order: Query
}

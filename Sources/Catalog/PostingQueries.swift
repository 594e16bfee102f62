import Commerce
import Primitives
import SQL

/// The statements of `search_postings`: a row for each word of each product.
enum PostingQueries {
    private static let rowsPerInsert = 512
    /// The optimizer finds the rarest word by itself, but looks too long for the best order of many.
    private static let mostOrderedByOptimizer = 5
    /// Combinations of ways in which several terms may be held; each is a part of a UNION.
    private static let maxCombinations = 8

    /// Writes the words of a product where they differ from those stored.
    ///
    /// - Returns: the words of the name that the product had.
    static func replace(_ id: ProductID, _ words: SearchIndexWords, _ tx: Transaction) throws -> [String] {
        let old = try postings(of: id, tx)
        var new: [String: Bool] = [:]
        for word in words.body { new[word] = false }
        for word in words.name { new[word] = true }
        try delete(old.keys.filter { new[$0] == nil }.sorted(), of: id, tx)
        try insert(new.filter { old[$0.key] != $0.value }, of: id, tx)
        return old.filter(\.value).map(\.key)
    }

    /// Removes a product from the index.
    ///
    /// - Returns: the words of the name that the product had.
    static func remove(_ id: ProductID, _ tx: Transaction) throws -> [String] {
        let old = try postings(of: id, tx)
        try delete(old.keys.sorted(), of: id, tx)
        return old.filter(\.value).map(\.key)
    }

    static func match(_ text: SearchText) -> SearchMatch {
        let found = combinations(of: text.terms).enumerated().map { holders($1, isBest: $0 == 0) }.joined(
            by: " UNION ALL ")
        let key = SearchWord(text.key, isPrefix: true)
        let keys: Query = """
            (SELECT product_id, MAX(word = \(key.text)) AS is_whole FROM search_postings
            WHERE \(condition(key, of: "search_postings")) GROUP BY product_id)
            """
        return SearchMatch(
            source: """
                (SELECT product_id, MAX(named) AS named, MAX(best) AS best FROM (\(found)) held GROUP BY product_id) found
                STRAIGHT_JOIN products p ON p.id = found.product_id
                """,
            condition: .empty, ranking: "LEFT JOIN \(keys) keyed ON keyed.product_id = p.id",
            order: """
                CASE WHEN keyed.is_whole = 1 THEN 0
                WHEN keyed.product_id IS NOT NULL THEN 1000 + CHAR_LENGTH(p.name_key)
                WHEN found.named = 1 THEN 2000 + CHAR_LENGTH(p.name_key) ELSE 3000 END
                + (1 - found.best) * 500
                """)
    }

    static func holders(of word: SearchWord) -> Query {
        "SELECT 1 FROM search_postings WHERE \(condition(word, of: "search_postings"))"
    }

    /// Returns a query for the products that hold all of `words`, and for whether they do so in their name; `isBest`
    /// says that no other words are nearer to the search.
    private static func holders(_ words: [SearchWord], isBest: Bool) -> Query {
        let named = words.indices.map { "\(alias($0)).in_name" as Query }.joined(by: " * ")
        let joins = words.indices.dropFirst().map { index -> Query in
            "JOIN search_postings \(alias(index)) ON \(alias(index)).product_id = w0.product_id"
        }
        let conditions = words.indices.map { condition(words[$0], of: alias($0)) }.joined(by: " AND ")
        let order: Query = words.count > mostOrderedByOptimizer ? "STRAIGHT_JOIN" : .empty
        let best: Query = isBest ? "1" : "0"
        // The other index has the order of the grouping, for which MariaDB would read all of it.
        let walk: Query = words.count == 1 ? "FORCE INDEX (PRIMARY)" : .empty
        return """
            SELECT \(order) w0.product_id, \(named) AS named, \(best) AS best
            FROM search_postings w0 \(walk) \(joins.joined(by: " ")) WHERE \(conditions)
            """
    }

    private static func condition(_ word: SearchWord, of table: Query) -> Query {
        word.isPrefix ? .begins("\(table).word", with: word.text) : "\(table).word = \(word.text)"
    }

    private static func alias(_ index: Int) -> Query { aliases[index] }

    private static let aliases: [Query] = [
        "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "w11", "w12", "w13", "w14", "w15",
    ]

    /// Returns every choice of one way for each term, as its different words, longest (and so rarest) first.
    private static func combinations(of terms: [SearchTerm]) -> [[SearchWord]] {
        var combinations: [[SearchWord]] = [[]]
        for term in terms {
            let isTooMuch = combinations.count * term.ways.count > maxCombinations
            let ways = isTooMuch ? Array(term.ways.suffix(1)) : term.ways
            combinations = combinations.flatMap { words in ways.map { words + $0 } }
        }
        return combinations.map { words in
            let sorted = Set(words).sorted { ($0.text.utf8.count, $0.text) > ($1.text.utf8.count, $1.text) }
            return Array(sorted.prefix(aliases.count))
        }
    }

    private static func postings(of id: ProductID, _ connection: Connection) throws -> [String: Bool] {
        let rows: [(String, Bool)] = try connection.tuples(
            "SELECT word, in_name FROM search_postings WHERE product_id = \(id)")
        return Dictionary(rows) { first, _ in first }
    }

    /// Writes words with whether the name holds them. Rows are repeated up to a power of two, so that few statements
    /// serve all.
    private static func insert(_ words: [String: Bool], of id: ProductID, _ tx: Transaction) throws {
        let rows = words.sorted { $0.key < $1.key }.map { [SQLValue].row($0.key, id, $0.value) }
        for part in rows.chunked(by: rowsPerInsert) {
            var chunk = Array(part)
            while chunk.count & (chunk.count - 1) != 0, let last = chunk.last { chunk.append(last) }
            try tx.execute(
                """
                INSERT INTO search_postings (word, product_id, in_name) VALUES \(rows: chunk)
                ON DUPLICATE KEY UPDATE in_name = VALUES(in_name)
                """)
        }
    }

    private static func delete(_ words: [String], of id: ProductID, _ tx: Transaction) throws {
        for part in words.chunked(by: rowsPerInsert) {
            try tx.execute("DELETE FROM search_postings WHERE product_id = \(id) AND word IN (\(list: Array(part)))")
        }
    }
}

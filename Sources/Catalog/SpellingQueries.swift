import Commerce
import Primitives
import SQL

/// The statements of `search_words` and their trigrams.
public enum SpellingQueries {
    /// Words of a query that are looked after: a longer one was not typed by hand.
    private static let maxCorrected = 6
    private static let maxCandidates = 60

    /// Counts the words that a name gained and lost.
    static func recount(from old: Set<String>, to new: Set<String>, _ tx: Transaction) throws {
        let gone = old.subtracting(new).sorted()
        if !gone.isEmpty {
            try tx.execute("UPDATE search_words SET uses = uses - 1 WHERE word IN (\(list: gone)) AND uses > 0")
        }
        let come = new.subtracting(old).sorted()
        guard !come.isEmpty else { return }
        try tx.execute(
            """
            INSERT INTO search_words (word, uses) VALUES \(rows: come.map { .row($0, 1) })
            \(tx.dialect.onConflict("word")) uses = search_words.uses + 1
            """)
        let trigrams = come.flatMap { word in
            Spelling.trigrams(of: word).sorted().map { [SQLValue].row($0, word) }
        }
        for rows in trigrams.chunked(by: 400) {
            try tx.execute("\(tx.dialect.insertOrIgnore) search_trigrams (trigram, word) VALUES \(rows: Array(rows))")
        }
    }

    /// Returns `text` with every term that no product holds corrected to a similar one that is known; nil where nothing
    /// was corrected.
    ///
    /// - Throws: `SQLError`.
    public static func corrected(_ text: SearchText, _ connection: Connection) throws -> SearchText? {
        var terms = text.terms
        for index in terms.indices.prefix(maxCorrected) where try !isKnown(terms[index], connection) {
            terms[index] = try corrected(terms[index], connection) ?? terms[index]
        }
        return terms == text.terms ? nil : SearchText(terms: terms)
    }

    /// Returns the term without its symbols, or with the likeliest word in its place; nil where none is similar.
    private static func corrected(_ term: SearchTerm, _ connection: Connection) throws -> SearchTerm? {
        if let plain = term.plain { return SearchTerm(ways: plain) }
        guard let word = term.ways.first?.first, term.ways[0].count == 1,
            word.text.unicodeScalars.count >= Spelling.shortest,
            let better = try likeliest(for: word.text, asPrefix: word.isPrefix, connection)
        else { return nil }
        return SearchTerm(ways: [[SearchWord(better, isPrefix: word.isPrefix)]])
    }

    /// Returns whether products hold the words of the term, in their names or elsewhere.
    private static func isKnown(_ term: SearchTerm, _ connection: Connection) throws -> Bool {
        try term.ways.contains { try $0.allSatisfy { try SearchQueries.holds($0, connection) } }
    }

    private static func likeliest(for word: String, asPrefix: Bool, _ connection: Connection) throws -> String? {
        let candidates = try connection.all(
            """
            SELECT t.word, COUNT(*), MAX(w.uses) FROM search_trigrams t JOIN search_words w ON w.word = t.word
            WHERE t.trigram IN (\(list: Spelling.trigrams(of: word).sorted())) AND w.uses > 0
            GROUP BY t.word ORDER BY 2 DESC, 1 LIMIT \(maxCandidates)
            """
        ) { (word: try $0(String.self), shared: try $0(Int.self), uses: try $0(Int.self)) }
        let digits = Spelling.digits(of: word)
        let near = candidates.filter { Spelling.digits(of: $0.word) == digits }.map { candidate in
            (slips: Spelling.slips(from: word, to: candidate.word, asPrefix: asPrefix), candidate)
        }.filter { $0.slips <= Spelling.tolerance(of: word) }
        return near.min { left, right in
            (left.slips, -left.1.shared, -left.1.uses, left.1.word)
                < (right.slips, -right.1.shared, -right.1.uses, right.1.word)
        }?.1.word
    }
}

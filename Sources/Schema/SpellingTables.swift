import SQL

/// The words of the products' names, by whose trigrams a word that was typed wrong is recognised.
enum SpellingTables {
    static let steps: [Migration.Step] = [.create(words), .create(trigrams)]

    /// `uses` says in how many products' names the word stands.
    private static let words = Table("search_words") {
        Column("word", .text(80), .primaryKey)
        Column("uses", .integer)
    }

    private static let trigrams = Table("search_trigrams") {
        Column("trigram", .text(3))
        Column("word", .text(80))
        Constraint.primaryKey(["trigram", "word"])
    }
}

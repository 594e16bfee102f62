import SQL

/// The index of the search, whose words the program itself cuts and folds; how far it is built; and the words by whose
/// trigrams one that was typed wrong is recognized.
extension CatalogSchema {
    /// `uses` says in how many products' names the word stands.
    static let searchWords = Table("search_words") {
        Column("word", .text(80), .primaryKey)
        Column("uses", .integer)
    }

    static let searchTrigrams = Table("search_trigrams") {
        Column("trigram", .text(3))
        Column("word", .text(80))
        Constraint.primaryKey(["trigram", "word"])
    }

    /// One row: `version` says by which rules words are cut; `next_product` is the last product done, null when
    /// all are.
    static let searchIndex = Table("search_index") {
        Column("slot", .integer, .primaryKey)
        Column("version", .integer)
        Column("next_product", .integer, .null)
    }

    /// FTS5 on SQLite, with words between spaces as they are; a row for each word of each product on MySQL. It is
    /// filled from the products behind the migrations.
    static let searchSteps: [Migration.Step] = [
        .only(
            .sqlite,
            """
            CREATE VIRTUAL TABLE IF NOT EXISTS product_search
            USING fts5(name, body, tokenize = "ascii tokenchars '=+#.-'", prefix = '2 3', detail = 'column')
            """),
        .only(
            .mysql,
            """
            CREATE TABLE IF NOT EXISTS search_postings (
                word VARCHAR(80) NOT NULL,
                product_id BIGINT NOT NULL,
                in_name TINYINT NOT NULL,
                PRIMARY KEY (word, product_id),
                INDEX ix_search_postings_product (product_id, word, in_name)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
            """),
        .only(.sqlite, "INSERT OR IGNORE INTO search_index (slot, version, next_product) VALUES (1, 0, 0)"),
        .only(.mysql, "INSERT IGNORE INTO search_index (slot, version, next_product) VALUES (1, 0, 0)"),
    ]
}

import SQL

/// What reports look for rows by.
enum ReportTables {
    static let steps: [Migration.Step] = [
        .addIndex(Index("created_at", "status"), table: "carts"),
        .addIndex(Index("updated_at", "status"), table: "returns"),
    ]
}

import SQL

/// What clearing away by age and ending imports ask of older tables.
enum RetentionTables {
    static let steps: [Migration.Step] = [
        .addColumn(Column("failure", .text(500), .defaultText("")), table: "imports"),
        .addIndex(Index("status", "updated_at"), table: "carts"),
        .addIndex(Index("created_at"), table: "mailbox"),
    ]
}

import SQL

/// Makes the tables of the vendors app.
enum VendorsSchema {
    static let steps: [Migration.Step] = [
        .create(vendors)
    ]

    private static let vendors = Table("vendors") {
        Column.id
        Column("user_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("name", .text(200))
        Column("slug", .text(220), .unique)
        Column("status", .text(20))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("user_id")
        Index("status", "created_at")
    }
}

import SQL

/// Makes the tables of imports.
enum MerchandisingSchema {
    static let migrations = [Migration(15, "merchandising", steps)]

    static let steps: [Migration.Step] = [
        .create(imports), .create(importRows),
    ]

    /// Files on their way into the shop.
    private static let imports = Table("imports") {
        Column.id
        Column("kind", .text(20))
        Column("file_name", .text(255))
        Column("is_dry_run", .boolean)
        Column("format", .text(20), .defaultText("kontor"))
        Column("left_out", .text(500), .defaultText(""))
        Column("status", .text(12))
        Column("failure", .text(500), .defaultText(""))
        Column("header", .json)
        Column("row_count", .integer, .defaultInteger(0))
        Column("done_count", .integer, .defaultInteger(0))
        Column("created_count", .integer, .defaultInteger(0))
        Column("updated_count", .integer, .defaultInteger(0))
        Column("unchanged_count", .integer, .defaultInteger(0))
        Column("failed_count", .integer, .defaultInteger(0))
        Column("created_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Column("finished_at", .timestamp, .null)
        Index("kind", "created_at")
        Index("created_at")
    }

    /// `number` counts from 1 without gaps; `line` is where the row begins in the file; `row_key` is what the row is
    /// about, and `outcome` what became of it.
    private static let importRows = Table("import_rows") {
        Column("import_id", .integer, .references("imports", onDelete: .cascade))
        Column("number", .integer)
        Column("line", .integer)
        Column("row_key", .text(200))
        Column("cells", .longText)
        Column("outcome", .text(10), .defaultText(""))
        Column("errors", .longText)
        Constraint.primaryKey(["import_id", "number"])
        Index("import_id", "row_key", name: "ix_import_rows_key")
        Index("import_id", "outcome", "number", name: "ix_import_rows_outcome")
    }
}

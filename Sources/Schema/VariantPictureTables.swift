import SQL

/// Pictures of one variant among those of its product; the first of them stands on the variant's own row.
enum VariantPictureTables {
    static let steps: [Migration.Step] = [
        .addColumn(Column("variant_id", .integer, .null), table: "product_images"),
        .addColumn(Column("image_key", .text(255), .null), table: "product_variants"),
    ]
}

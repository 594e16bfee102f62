import SQL

/// What products cost in lists, where variants have prices of their own: kept, so that lists can be filtered and ordered by it.
enum ListPriceTables {
    static let steps: [Migration.Step] = [
        .addColumn(Column("price_low", .money, .defaultInteger(0)), table: "products"),
        .addColumn(Column("price_high", .money, .defaultInteger(0)), table: "products"),
        .create(between),
        .only(.sqlite, "INSERT OR IGNORE INTO prices_between (product_id, price) \(shownPrices)"),
        .only(.mysql, "INSERT IGNORE INTO prices_between (product_id, price) \(shownPrices)"),
        .run(
            """
            UPDATE products SET price_low = COALESCE((SELECT MIN(b.price) FROM prices_between b
            WHERE b.product_id = products.id), price), price_high = COALESCE((SELECT MAX(b.price) FROM prices_between b
            WHERE b.product_id = products.id), price)
            """),
        .run(
            """
            DELETE FROM prices_between WHERE EXISTS (SELECT 1 FROM products p WHERE p.id = prices_between.product_id
            AND (p.price_low = prices_between.price OR p.price_high = prices_between.price))
            """),
    ]

    /// The indexes that lists walk, with the new columns in place of the price; made before those go that foreign keys need.
    static let indexSteps: [Migration.Step] =
        [
            Index(
                "is_listed", "created_at", "id", "price_low", "price_high", "category_id",
                name: "ix_products_newest_prices"),
            Index("is_listed", "price_low", "id", "price_high", "category_id", name: "ix_products_price_low"),
            Index(
                "is_listed", "name_key", "id", "price_low", "price_high", "category_id", name: "ix_products_name_prices"
            ),
            Index(
                "is_listed", "is_featured", "created_at", "id", "price_low", "price_high",
                name: "ix_products_featured_prices"),
            Index(
                "category_id", "is_listed", "created_at", "id", "price_low", "price_high",
                name: "ix_products_category_prices"),
            Index(
                "vendor_id", "is_listed", "created_at", "id", "price_low", "price_high",
                name: "ix_products_vendor_prices"),
        ].map { .addIndex($0, table: "products") }
        + ["newest", "price", "name", "featured", "category", "vendor"].map {
            .dropIndex("ix_products_\($0)", table: "products")
        }

    /// Prices of variants that are neither the product's lowest nor its highest.
    private static let between = Table("prices_between") {
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Column("price", .money)
        Constraint.primaryKey(["product_id", "price"])
    }

    /// The prices of what can be bought; of what is offered where nothing can; of all variants where none is offered.
    private static let shownPrices: Query = """
        SELECT v.product_id, CASE WHEN v.price IS NOT NULL THEN v.price WHEN p.price + v.price_adjustment < 0 THEN 0
        ELSE p.price + v.price_adjustment END
        FROM product_variants v JOIN products p ON p.id = v.product_id AND p.has_variants = 1
        WHERE v.deleted_at IS NULL AND \(rank("v")) = (SELECT MIN(\(rank("w"))) FROM product_variants w
        WHERE w.product_id = v.product_id AND w.deleted_at IS NULL)
        """

    private static func rank(_ variant: StaticString) -> Query {
        let v = Query(variant)
        return """
            CASE WHEN \(v).is_active = 0 OR (\(v).price IS NULL AND \(v).price_adjustment < 0
            AND p.price + \(v).price_adjustment <= 0) THEN 2 WHEN EXISTS (SELECT 1 FROM stock_totals t
            WHERE t.product_id = \(v).product_id AND t.variant_key = \(v).id AND t.on_hand > t.reserved) THEN 0 ELSE 1 END
            """
    }
}

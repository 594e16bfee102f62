import SQL

/// The tables of the catalogue, and the two counters of other apps that its lists are filtered and ordered by.
enum CatalogTables {
    static let steps: [Migration.Step] =
        [
            .create(revision), .create(categories), .create(products), .create(variants), .create(images),
            .create(skus), .create(ratings), .create(sales),
        ] + revisionSlots + search

    private static let revision = Table("catalog_revision") {
        Column("slot", .integer, .primaryKey)
        Column("revision", .integer)
    }

    /// `path` holds the ids from the root to the category between slashes, so that a subtree is a range of it;
    /// `is_visible` says that the category and all above it are active.
    private static let categories = Table("categories") {
        Column.id
        Column("parent_id", .integer, .null, .references("categories", onDelete: .restrict))
        Column("name", .text(200))
        Column("slug", .text(220), .unique)
        Column("description", .longText)
        Column("image_key", .text(255), .null)
        Column("path", .text(200), .defaultText(""))
        Column("is_active", .boolean)
        Column("is_visible", .boolean)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("path")
        Index("parent_id")
    }

    /// `is_listed` sums up what decides whether the public sees a product. The indexes that lists walk hold all that a page
    /// of ids needs, price and category for filters.
    private static let products = Table("products") {
        Column.id
        Column("vendor_id", .integer, .null, .references("vendors", onDelete: .restrict))
        Column("category_id", .integer, .null, .references("categories", onDelete: .restrict))
        Column("name", .text(255))
        Column("name_key", .text(255))
        Column("slug", .text(255), .unique)
        Column("sku", .text(100))
        Column("short_description", .text(500))
        Column("description", .longText)
        Column("price", .money)
        Column("compare_at_price", .money, .null)
        Column("tax_class", .text(50))
        Column("weight_grams", .integer, .null)
        Column("length_mm", .integer, .null)
        Column("width_mm", .integer, .null)
        Column("height_mm", .integer, .null)
        Column("is_active", .boolean)
        Column("is_featured", .boolean)
        Column("approval_status", .text(20))
        Column("is_listed", .boolean)
        Column("has_variants", .boolean, .defaultInteger(0))
        Column("image_key", .text(255), .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index("is_listed", "created_at", "id", "price", "category_id", name: "ix_products_newest")
        Index("is_listed", "price", "id", "category_id", name: "ix_products_price")
        Index("is_listed", "name_key", "id", "price", "category_id", name: "ix_products_name")
        Index("is_listed", "is_featured", "created_at", "id", "price", name: "ix_products_featured")
        Index("category_id", "is_listed", "created_at", "id", "price", name: "ix_products_category")
        Index("vendor_id", "is_listed", "created_at", "id", "price", name: "ix_products_vendor")
        Constraint.check("products_price", "price >= 0")
    }

    private static let variants = Table("product_variants") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("sku", .text(100))
        Column("options", .json)
        Column("price", .money, .null)
        Column("price_adjustment", .money, .defaultInteger(0))
        Column("position", .integer)
        Column("is_active", .boolean)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index("product_id", "position")
    }

    private static let images = Table("product_images") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("image_key", .text(255))
        Column("alt_text", .text(255))
        Column("display_order", .integer)
        Column("width", .integer)
        Column("height", .integer)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Index("product_id", "display_order")
    }

    /// Every SKU ever given, in lower case: one space over products and variants, in which a SKU stays taken.
    private static let skus = Table("skus") {
        Column("sku", .text(100), .primaryKey)
        Column("product_id", .integer)
        Column("variant_key", .integer)
    }

    private static let ratings = Table("product_ratings") {
        Column("product_id", .integer, .primaryKey)
        Column("rating_sum", .integer)
        Column("rating_count", .integer)
    }

    private static let sales = Table("product_sales") {
        Column("product_id", .integer, .primaryKey)
        Column("units_90d", .integer)
    }

    private static let revisionSlots: [Migration.Step] = [
        .only(.sqlite, "INSERT OR IGNORE INTO catalog_revision (slot, revision) VALUES \(rows: slots)"),
        .only(.mysql, "INSERT IGNORE INTO catalog_revision (slot, revision) VALUES \(rows: slots)"),
    ]

    private static let slots: [[SQLValue]] = (0..<16).map { [.integer($0), .integer(0)] }

    /// The words of each product, folded: an FTS5 table by rowid on SQLite, a table with FULLTEXT indexes on MySQL.
    private static let search: [Migration.Step] = [
        .only(
            .sqlite,
            """
            CREATE VIRTUAL TABLE IF NOT EXISTS product_search
            USING fts5(name, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')
            """),
        .only(.sqlite, "INSERT INTO product_search (product_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')"),
        .only(
            .mysql,
            """
            CREATE TABLE IF NOT EXISTS product_search (
                product_id BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                body LONGTEXT NOT NULL,
                FULLTEXT INDEX ft_product_search_name (name),
                FULLTEXT INDEX ft_product_search_all (name, body)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
            """),
    ]
}

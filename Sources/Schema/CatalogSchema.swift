import SQL

/// Makes the tables of the catalog.
enum CatalogSchema {
    static let migrations = [Migration(6, "catalog", steps)]

    static let steps: [Migration.Step] =
        [
            .create(categories), .create(products), .create(variants), .create(images), .create(skus),
            .create(priceChanges), .create(pricesBetween), .create(searchWords), .create(searchTrigrams),
            .create(searchIndex),
        ] + searchSteps

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
        Column("display_order", .integer, .defaultInteger(0))
        Column("is_active", .boolean)
        Column("is_visible", .boolean)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("path")
        Index("parent_id")
    }

    /// `is_listed` sums up what decides whether the public sees a product; `price_low` and `price_high` are what it
    /// costs in lists, where variants have prices of their own. `approved_price` is the own price as staff last approved
    /// it, null before they did. The indexes that lists walk hold all that a page of ids needs, prices and category for
    /// filters.
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
        Column("price_low", .money, .defaultInteger(0))
        Column("price_high", .money, .defaultInteger(0))
        Column("approved_price", .money, .null)
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
        Column("vendor_sells", .boolean, .defaultInteger(1))
        Column("has_variants", .boolean, .defaultInteger(0))
        Column("image_key", .text(255), .null)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index(
            "deleted_at", "created_at", "id", "approval_status", "is_active", "is_featured",
            name: "ix_products_staff_newest")
        Index(
            "deleted_at", "updated_at", "id", "approval_status", "is_active", "is_featured",
            name: "ix_products_staff_updated")
        Index(
            "deleted_at", "name_key", "id", "approval_status", "is_active", "is_featured",
            name: "ix_products_staff_name")
        Index(
            "deleted_at", "price_low", "id", "approval_status", "is_active", "is_featured",
            name: "ix_products_staff_price")
        Index(
            "is_listed", "created_at", "id", "price_low", "price_high", "category_id", name: "ix_products_newest_prices"
        )
        Index("is_listed", "price_low", "id", "price_high", "category_id", name: "ix_products_price_low")
        Index("is_listed", "name_key", "id", "price_low", "price_high", "category_id", name: "ix_products_name_prices")
        Index(
            "is_listed", "is_featured", "created_at", "id", "price_low", "price_high",
            name: "ix_products_featured_prices")
        Index(
            "category_id", "is_listed", "created_at", "id", "price_low", "price_high",
            name: "ix_products_category_prices")
        Index(
            "vendor_id", "is_listed", "created_at", "id", "price_low", "price_high", name: "ix_products_vendor_prices")
        Constraint.check("products_price", "price >= 0")
    }

    /// `approved_price` is what the variant cost when staff last approved it, null before they did.
    private static let variants = Table("product_variants") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("sku", .text(100))
        Column("options", .json)
        Column("price", .money, .null)
        Column("price_adjustment", .money, .defaultInteger(0))
        Column("approved_price", .money, .null)
        Column("position", .integer)
        Column("image_key", .text(255), .null)
        Column("is_active", .boolean)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index("product_id", "position")
    }

    /// Pictures of a product, or of one variant of it; the first of a variant's stands on the variant's own row too.
    private static let images = Table("product_images") {
        Column.id
        Column("product_id", .integer, .references("products", onDelete: .restrict))
        Column("variant_id", .integer, .null)
        Column("image_key", .text(255))
        Column("alt_text", .text(255))
        Column("display_order", .integer)
        Column("width", .integer)
        Column("height", .integer)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Index("product_id", "display_order")
        Index("image_key")
    }

    /// Every SKU ever given, in lower case: one space over products and variants, in which a SKU stays taken.
    private static let skus = Table("skus") {
        Column("sku", .text(100), .primaryKey)
        Column("product_id", .integer)
        Column("variant_key", .integer)
    }
}

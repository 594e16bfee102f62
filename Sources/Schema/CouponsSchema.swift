import SQL

/// Makes the tables of the coupons.
enum CouponsSchema {
    static let migrations = [Migration(13, "coupons", steps)]

    static let steps: [Migration.Step] = [
        .create(coupons), .create(categories), .create(products), .create(users), .create(usages),
    ]

    /// `discount_value` counts millionths of a percent or of the currency's unit. A deleted coupon keeps its row for
    /// the orders that used it.
    private static let coupons = Table("coupons") {
        Column.id
        Column("code", .text(80), .unique)
        Column("description", .text(500), .defaultText(""))
        Column("discount_type", .text(15))
        Column("discount_value", .integer)
        Column("minimum_order_amount", .money, .null)
        Column("maximum_discount_amount", .money, .null)
        Column("usage_limit", .integer, .null)
        Column("usage_limit_per_user", .integer, .null)
        Column("used_count", .integer, .defaultInteger(0))
        Column("valid_from", .timestamp, .null)
        Column("valid_until", .timestamp, .null)
        Column("is_active", .boolean, .defaultInteger(1))
        Column("is_public", .boolean, .defaultInteger(0))
        Column("applicable_to", .text(20))
        Column("exclude_sale_items", .boolean, .defaultInteger(0))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index("created_at")
        Constraint.check("coupons_type", "discount_type IN ('percentage', 'fixed_amount', 'free_shipping')")
        Constraint.check("coupons_scope", "applicable_to IN ('all', 'specific_categories', 'specific_products')")
        Constraint.check("coupons_used", "used_count >= 0")
    }

    private static let categories = Table("coupon_categories") {
        Column("coupon_id", .integer, .references("coupons", onDelete: .cascade))
        Column("category_id", .integer, .references("categories", onDelete: .cascade))
        Constraint.primaryKey(["coupon_id", "category_id"])
        Index("category_id")
    }

    private static let products = Table("coupon_products") {
        Column("coupon_id", .integer, .references("coupons", onDelete: .cascade))
        Column("product_id", .integer, .references("products", onDelete: .cascade))
        Constraint.primaryKey(["coupon_id", "product_id"])
        Index("product_id")
    }

    /// Who alone may use a coupon.
    private static let users = Table("coupon_users") {
        Column("coupon_id", .integer, .references("coupons", onDelete: .cascade))
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Constraint.primaryKey(["coupon_id", "user_id"])
        Index("user_id")
    }

    /// One for each order that used a coupon; given back where `released_at` is set.
    private static let usages = Table("coupon_usages") {
        Column.id
        Column("coupon_id", .integer, .references("coupons", onDelete: .restrict))
        Column("order_id", .integer, .references("orders", onDelete: .restrict), .unique)
        Column("user_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("email", .text(254))
        Column("discount_amount", .money)
        Column("used_at", .timestamp)
        Column("released_at", .timestamp, .null)
        Index("coupon_id", "used_at")
        Index("user_id")
    }
}

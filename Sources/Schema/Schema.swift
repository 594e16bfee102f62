import Jobs
import SQL

/// The whole schema: one migration a room, in the order of the foreign keys between them.
///
/// A migration that has been released never changes; what comes later is a new number.
public enum Schema {
    /// Every migration, by its number.
    public static let migrations =
        [
            Migration(1, "web", WebSchema.steps),
            Migration(2, "jobs", JobsSchema.tables.map { .create($0) }),
            Migration(3, "commerce", CommerceSchema.steps),
            Migration(4, "accounts", AccountsSchema.steps),
            Migration(5, "vendors", VendorsSchema.steps),
            Migration(6, "catalog", CatalogSchema.steps),
            Migration(7, "inventory", InventorySchema.steps),
            Migration(8, "notifications", NotificationsSchema.steps),
            Migration(9, "taxes", TaxesSchema.steps),
            Migration(10, "shipping", ShippingSchema.steps),
            Migration(11, "carts", CartsSchema.steps),
            Migration(12, "orders", OrdersSchema.steps),
            Migration(13, "coupons", CouponsSchema.steps),
            Migration(14, "storefront", StorefrontSchema.steps),
            Migration(15, "merchandising", MerchandisingSchema.steps),
            Migration(16, "privacy", PrivacySchema.steps),
            Migration(17, "payments", PaymentsSchema.steps),
            Migration(18, "sandbox", SandboxSchema.steps),
            Migration(19, "reviews", ReviewsSchema.steps),
            Migration(20, "wishlists", WishlistsSchema.steps),
            Migration(21, "webhooks", WebhooksSchema.steps),
            Migration(22, "marketplace", MarketplaceSchema.steps),
            Migration(23, "settings", SettingsSchema.steps),
            Migration(24, "orders of mails", NotificationsSchema.orderSteps),
            Migration(25, "returns of refunds", PaymentsSchema.returnSteps),
            Migration(26, "rows in the audit", WebSchema.rowSteps),
        ] + ListSchema.migrations
}

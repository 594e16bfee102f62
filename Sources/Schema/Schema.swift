import Jobs
import SQL

/// The whole schema. A room's migrations stand in its own file, the first ones in the order of the foreign keys between them.
///
/// A migration that has been released never changes; what comes later is the next number that no room has.
public enum Schema {
    /// Every migration, in the order of the numbers.
    public static let migrations = rooms.flatMap(\.self).sorted { $0.number < $1.number }

    private static let rooms: [[Migration]] = [
        WebSchema.migrations, jobs, CommerceSchema.migrations, AccountsSchema.migrations, VendorsSchema.migrations,
        CatalogSchema.migrations, InventorySchema.migrations, NotificationsSchema.migrations,
        TaxesSchema.migrations, ShippingSchema.migrations, CartsSchema.migrations, OrdersSchema.migrations,
        CouponsSchema.migrations, StorefrontSchema.migrations, MerchandisingSchema.migrations,
        PrivacySchema.migrations, PaymentsSchema.migrations, SandboxSchema.migrations, ReviewsSchema.migrations,
        WishlistsSchema.migrations, WebhooksSchema.migrations, MarketplaceSchema.migrations,
        SettingsSchema.migrations, ListSchema.migrations,
    ]

    private static let jobs = [Migration(2, "jobs", JobsSchema.tables.map { .create($0) })]
}

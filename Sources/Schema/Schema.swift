import Jobs
import SQL

/// The whole schema as numbered migrations, in order.
///
/// A migration that has been released never changes; what comes later is a new number.
public enum Schema {
    public static let migrations = [
        Migration(1, "web", WebTables.steps),
        Migration(2, "jobs", JobsSchema.tables.map { .create($0) }),
        Migration(3, "accounts", AccountsTables.steps),
        Migration(4, "vendors", VendorTables.steps),
        Migration(5, "catalog", CatalogTables.steps),
        Migration(6, "inventory", InventoryTables.steps),
        Migration(7, "carts", CartsTables.steps),
        Migration(8, "orders", OrdersTables.steps),
        Migration(9, "notifications", NotificationsTables.steps),
        Migration(10, "pricing", PricingTables.steps),
        Migration(11, "coupons", CouponsTables.steps),
        Migration(12, "stock_keeping", StockKeepingTables.steps),
        Migration(13, "fulfilment", FulfilmentTables.steps),
        Migration(14, "invoices", InvoiceTables.steps),
        Migration(15, "spelling", SpellingTables.steps),
        Migration(16, "prices", PriceTables.steps),
        Migration(17, "reports", ReportTables.steps),
        Migration(18, "variant_pictures", VariantPictureTables.steps),
        Migration(19, "exchange", ExchangeTables.steps),
        Migration(20, "picture_keys", [.addIndex(Index("image_key"), table: "product_images")]),
        Migration(21, "order_lists", ReportTables.listSteps),
        Migration(22, "identity", IdentityTables.steps),
        Migration(23, "audit", AuditTables.steps),
        Migration(24, "deactivation_by_staff", IdentityTables.deactivation),
        Migration(25, "login_networks", IdentityTables.networks),
        Migration(26, "order_methods", ReportTables.methodSteps),
        Migration(27, "former_emails", IdentityTables.formerAddresses),
        Migration(28, "owners_of_answers", WebTables.ownerSteps),
        Migration(29, "secret_messages", NotificationsTables.secretSteps),
        Migration(30, "owed_refunds", FulfilmentTables.owedSteps),
        Migration(31, "key_locks", WebTables.lockSteps + NotificationsTables.guestSteps),
        Migration(32, "email_keys", IdentityTables.emailKeys),
        Migration(33, "tax_classes", PricingTables.classSteps),
        Migration(34, "kept_papers", InvoiceTables.keptSteps),
        Migration(35, "erasures", ErasureTables.steps),
        Migration(36, "shop_facts", ShopFactTables.steps),
        Migration(37, "search_index", SearchTables.steps),
        Migration(38, "list_prices", ListPriceTables.steps),
        Migration(39, "list_price_indexes", ListPriceTables.indexSteps),
        Migration(40, "retention", RetentionTables.steps),
    ]
}

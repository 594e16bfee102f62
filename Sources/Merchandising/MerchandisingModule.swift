import Catalog
import Commerce
import Inventory
import Modules
import Outbound
import Pictures
import Web

/// What staff bring into the catalog.
public struct MerchandisingModule: Sendable {
    /// The service that imports tables, for the command line.
    public let imports: ImportService
    /// Products and categories.
    public let module: Module
    /// Their pictures, and tables in and out.
    public let exchange: Module

    /// Makes the services; `check` says what an id stands for, `reader` reads a product for the answers, `events` is told
    /// of each change of a product, `tell` mails vendors, `client` fetches the pictures that imports name.
    ///
    /// - Throws: `SettingsError`.
    public init(
        _ context: ModuleContext, stock: StockService, studio: PictureStudio, client: HTTPClient,
        check: @escaping SellableCheck, reader: @escaping ProductReader, events: ProductEvents,
        tell: @escaping VendorTeller
    ) throws {
        let settings = try MerchandisingSettings(context.settings, context.shop)
        let (database, time, shop) = (context.database, context.time, context.shop)
        imports = ImportService(
            database: database, jobs: context.jobs, time: time, stock: stock, check: check, currency: shop.currency,
            zone: shop.timeZone, events: events)
        var module = Module("Merchandising")
        module.endpoints = [
            ProductRoutes(
                database: database, time: time, stock: stock, currency: shop.currency,
                approvesVendors: settings.approvesVendors, reader: reader, events: events
            ).group,
            ApprovalRoutes(
                database: database, writing: ProductWriting(time: time, stock: stock, events: events), reader: reader,
                tell: tell
            ).group,
            CategoryRoutes(database: database, time: time).group,
        ]
        module.screens = [ProductScreen.screen, CategoryScreen.screen]
        module.permissions = [
            Permission(
                "products.edit",
                "Make, change and delete products, categories and their pictures; bring tables in and out.")
        ]
        module.mailTemplates = MerchandisingTemplates.all
        module.settings = [MerchandisingSettings.self]
        self.module = module
        var exchange = Module("Exchange")
        exchange.endpoints = [
            PictureRoutes(
                database: database, time: time, studio: studio, jobs: context.jobs, limit: shop.uploadBytes,
                events: events
            ).group,
            CSVRoutes(
                database: database, imports: imports, limit: shop.uploadBytes, line: context.exports
            ).group,
        ]
        exchange.screens = ImportScreens.screens
        let fetcher = PictureFetcher(
            database: database, time: time, client: client, studio: studio, jobs: context.jobs, limit: shop.uploadBytes,
            events: events)
        exchange.jobs = imports.jobHandlers + [fetcher.handler]
        exchange.cron = [ImportUpkeep.entry]
        self.exchange = exchange
    }
}

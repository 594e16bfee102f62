import Catalog
import Commerce
import Inventory
import Modules
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

    /// Makes the services; `check` says what an id stands for, `reader` reads a product for the answers,
    /// `events` is told of each change of a product.
    public init(
        _ context: ModuleContext, stock: StockService, studio: PictureStudio, check: @escaping SellableCheck,
        reader: @escaping ProductReader, events: ProductEvents
    ) {
        let (database, time, shop) = (context.database, context.time, context.shop)
        imports = ImportService(
            database: database, jobs: context.jobs, time: time, stock: stock, check: check, currency: shop.currency,
            zone: shop.timeZone, events: events)
        var module = Module("Merchandising")
        module.endpoints = [
            ProductRoutes(
                database: database, time: time, stock: stock, currency: shop.currency, reader: reader, events: events
            ).group,
            CategoryRoutes(database: database, time: time).group,
        ]
        module.permissions = [
            Permission(
                "products.edit",
                "Make, change and delete products, categories and their pictures; bring tables in and out.")
        ]
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
        exchange.jobs = imports.jobHandlers
        exchange.cron = [ImportUpkeep.entry]
        self.exchange = exchange
    }
}

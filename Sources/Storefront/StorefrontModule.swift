import Catalog
import Modules
import Web

/// What everybody sees of the catalog, and what staff see of it and of sales.
public struct StorefrontModule: Sendable {
    private let routes: StorefrontRoutes
    /// The public catalog.
    public let module: Module
    /// Reports of sales.
    public let reports: Module
    /// The catalog as staff see it.
    public let desk: Module

    /// Makes the routes, and the job that keeps the tally of sales.
    public init(_ context: ModuleContext) {
        let (database, shop) = (context.database, context.shop)
        routes = StorefrontRoutes(database: database, currency: shop.currency)
        var module = Module("Storefront")
        module.endpoints = [routes.group]
        module.jobs = [SalesTally.handler(database, time: context.time)]
        module.cron = [SalesTally.entry]
        self.module = module
        var reports = Module("Reports")
        reports.endpoints = [
            ReportRoutes(database: database, currency: shop.currency, zone: shop.timeZone, time: context.time).group
        ]
        reports.permissions = [Permission("reports.view", "See sales reports.")]
        reports.reports = [Self.salesReport]
        self.reports = reports
        var desk = Module("Catalog desk")
        desk.endpoints = [
            StaffCatalogRoutes(database: database, catalog: routes.staff).group,
            VendorCatalogRoutes(database: database, catalog: routes.staff).group,
        ]
        self.desk = desk
    }

    /// Reads a product as staff see it, for what other systems are told; links begin with `address`.
    public func eventReader(_ address: PublicAddress) -> ProductEvents.Reader {
        routes.eventReader { address.text }
    }

    /// Reads a product as staff see it: what writing it answers.
    public var productReader: ProductReader { routes.productReader }
}

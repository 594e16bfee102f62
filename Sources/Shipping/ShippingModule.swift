import Commerce
import Modules
import SQL

/// What shipping brings.
public struct ShippingModule: Sendable {
    /// The service over shipping methods, for the rooms that are made after this one.
    public let shipping: ShippingService
    /// The endpoints, and a check of the zones for `kontor check`.
    public let module: Module

    /// Makes the service; `taxClass` says whether there is a tax class.
    public init(_ context: ModuleContext, taxClass: @escaping TaxClassCheck) {
        shipping = ShippingService(currency: context.shop.currency, taxClass: taxClass, time: context.time)
        var module = Module("Shipping")
        module.endpoints = [ShippingRoutes(database: context.database, shipping: shipping).group]
        module.screens = [Self.screen]
        module.checks = [
            { database in
                try await database.read { try ZoneAudit.findings($0) }.map {
                    CheckFinding("shipping_methods", $0, isError: true)
                }
            }
        ]
        self.module = module
    }
}

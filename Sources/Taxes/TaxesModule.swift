import Modules
import SQL

/// What taxes bring.
public struct TaxesModule: Sendable {
    /// The service over tax rates, for the rooms that are made after this one.
    public let taxes: TaxService
    /// The endpoints, and a check of the rates for `kontor check`.
    public let module: Module

    /// Makes the service over the tax rates of the shop.
    public init(_ context: ModuleContext) {
        taxes = TaxService(time: context.time)
        var module = Module("Taxes")
        module.endpoints = [TaxRoutes(database: context.database, taxes: taxes).group]
        module.screens = [Self.screen]
        module.checks = [
            { database in
                try await database.read { try TaxAudit.findings($0) }.map {
                    CheckFinding("tax_rates", $0, isError: true)
                }
            }
        ]
        self.module = module
    }
}

import Modules
import SQL

/// What taxes bring.
public struct TaxesModule: Sendable {
    public let taxes: TaxService
    public let module: Module

    public init(_ context: ModuleContext) {
        taxes = TaxService(time: context.time)
        var module = Module("Taxes")
        module.endpoints = [TaxRoutes(database: context.database, taxes: taxes).group]
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

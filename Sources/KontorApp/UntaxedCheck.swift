import Checkout
import SQL
import Shipping
import Taxes

/// What `check` finds to be sold untaxed, or taxed or shipped otherwise than its rows say.
enum UntaxedCheck {
    /// - Throws: `SQLError`.
    static func findings(_ installation: Installation) async throws -> [DeployCheck.Finding] {
        try await installation.database.read { connection in
            try [
                ("tax_rates", TaxAudit.findings(connection)), ("tax_class", UntaxedQueries.findings(connection)),
                ("shipping_methods", ZoneAudit.findings(connection)),
            ].flatMap { key, findings in
                findings.map { DeployCheck.Finding(key: key, advice: $0, isError: true) }
            }
        }
    }
}

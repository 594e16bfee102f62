import Modules
import Primitives
import SQL

/// The findings of `check --deploy`: settings that a shop on the open network should not have.
public struct DeployCheck: Sendable {
    /// Returns the findings about `settings`.
    public static func findings(_ settings: Settings) -> [CheckFinding] {
        let isShort = settings.secretKey.map { $0.utf8.count < 32 } ?? false
        return settings.findings
            + (isShort ? [CheckFinding("SECRET_KEY", "is shorter than 32 characters", isError: true)] : [])
    }

    /// Gives the findings about the database too: pending migrations, what does not go with it, and what the rooms find
    /// in theirs.
    ///
    /// - Throws: `MigrationError`, `SQLError`, `MediaError`, and what `Shop` throws.
    public static func findings(_ installation: Installation) async throws -> [CheckFinding] {
        let pending = try await installation.migrator.pending()
        guard pending.isEmpty else {
            let missing = CheckFinding("migrations", "\(pending) are not applied: run kontor migrate", isError: true)
            return findings(installation.settings) + [missing]
        }
        let configured = try await installation.configured()
        let modules = try await Rooms(try ModuleContext(configured)).modules
        var found = try await findings(configured.settings) + installation.savedFindings()
        found += try await IdentityCheck.findings(configured, modules)
        for check in modules.checks { found += try await check(configured.database) }
        return found
    }
}

import Accounts
import Modules
import Primitives
import SQL
import Web

/// The findings of `check --deploy`: settings that a shop on the open network should not have.
public struct DeployCheck: Sendable {
    /// Returns the findings about `settings`.
    public static func findings(_ settings: Settings) -> [CheckFinding] {
        let isShort = settings.secretKey.map { $0.utf8.count < 32 } ?? false
        return settings.findings + SettingGaps.findings(settings.source)
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
        let shop = try await Shop(installation)
        let (configured, modules) = (shop.installation, shop.modules)
        var found = try await findings(configured.settings) + installation.savedFindings()
        found += try await IdentityCheck.findings(configured, modules) + publicPassword(shop)
        for check in modules.checks { found += try await check(configured.database) }
        return found
    }

    /// Finds the demo shop's administrator in a shop that others reach: everybody knows the password.
    private static func publicPassword(_ shop: Shop) async throws -> [CheckFinding] {
        let demo = DemoShop.Administrator()
        guard try await shop.accounts.superusers.isPassword(demo.password, ofAdministrator: demo.email) else {
            return []
        }
        let isReached = shop.installation.settings.web.publicURL != nil
        return [
            CheckFinding(
                "users",
                """
                have an administrator \(demo.email) with the demo's password, which everybody knows: `kontor changepassword \
                --email \(demo.email)`
                """, isError: isReached, isForEveryShop: true)
        ]
    }
}

import Accounts
import Primitives
import SQL
import Web

/// What `check --deploy` finds: settings that a shop on the open network should not have.
public struct DeployCheck: Sendable {
    /// One finding, named by the setting it is about.
    public struct Finding: Sendable, Equatable {
        public let key: String
        public let advice: String
        /// Whether the shop should not be opened like this.
        public let isError: Bool
        /// Whether it is told wherever the shop stands.
        public var isForEveryShop = false
    }

    /// What is to be said about `settings`.
    public static func findings(_ settings: Settings) -> [Finding] {
        var findings: [Finding] = []
        func find(_ isFound: Bool, _ key: String, error: Bool = false, _ advice: String) {
            if isFound { findings.append(Finding(key: key, advice: advice, isError: error)) }
        }
        find(settings.debug, "DEBUG", error: true, "is on: answers tell more than strangers should know")
        find(
            settings.web.allowedHosts.contains("*"), "ALLOWED_HOSTS",
            "is *: name the hosts that the shop is reached under")
        find(
            settings.secrets.secretKey.map { $0.utf8.count < 32 } ?? false, "SECRET_KEY", error: true,
            "is shorter than 32 characters")
        find(
            settings.secrets.jwtSigningKey.map { $0.utf8.count < 32 } ?? false, "JWT_SIGNING_KEY", error: true,
            "is shorter than 32 characters")
        find(
            settings.web.publicURL.map { $0.hasPrefix("http://") } ?? true, "PUBLIC_URL",
            "is unset or not https: links, cookies and tokens should travel encrypted")
        find(
            settings.web.frontendURL.hasPrefix("http://"), "FRONTEND_URL",
            "is unset or not https: links in mails lead there")
        find(settings.mail.server == nil, "EMAIL_HOST", "is unset: mail stays in the built-in mailbox")
        find(
            settings.mail.server.map { !$0.startsTLS && !$0.usesTLS } ?? false, "EMAIL_USE_TLS",
            "and EMAIL_USE_SSL are off: mail travels in the clear")
        find(!settings.limits.byAddress, "RATE_LIMITS", "is off: passwords can be guessed without a pause")
        find(settings.web.corsOrigins.contains("*"), "CORS_ALLOWED_ORIGINS", "is *: any page may call the API")
        find(
            settings.metrics.token.map { $0.utf8.count < 32 } ?? false, "METRICS_TOKEN", error: true,
            "is shorter than 32 characters")
        find(
            settings.metrics.addresses.contains { $0.hasSuffix("/0") }, "METRICS_ALLOW",
            "lets everyone read how many orders and failed logins there are")
        find(
            settings.metrics.token == nil && settings.metrics.addresses == WebSettings.loopback, "METRICS_TOKEN",
            "is unset: only this machine reads /metrics")
        return findings
    }

    /// The findings about the database too: pending migrations, what does not go with it, users whom nobody can log in as, and
    /// what would be sold untaxed.
    ///
    /// - Throws: `MigrationError`, `SQLError`, `MediaError`.
    public static func findings(_ installation: Installation) async throws -> [Finding] {
        let pending = try await installation.migrator.pending()
        let missing =
            pending.isEmpty
            ? [] : [Finding(key: "migrations", advice: "\(pending) are not applied: run kontor migrate", isError: true)]
        guard pending.isEmpty else { return findings(installation.settings) + missing }
        let users = try await LockedOutUsers.count(in: installation.database).sentences.map {
            Finding(key: "users", advice: $0, isError: false, isForEveryShop: true)
        }
        return try await findings(installation.settings) + IdentityCheck.findings(installation) + users
            + UntaxedCheck.findings(installation)
    }
}

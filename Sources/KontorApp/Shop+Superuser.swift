import Accounts
import Admin
import Primitives
import SQL

extension Shop {
    /// Makes an administrator with a verified e-mail; with `promote` an existing user becomes one.
    ///
    /// - Throws: `ValidationError` for an e-mail or password that will not do, `AccountsError.emailTaken`, `SQLError`.
    public func createSuperuser(email: String, password: String, promote: Bool) async throws {
        try await accounts.superusers.create(email: email, password: password, promote: promote)
    }

    /// Returns the path of the page that makes the first administrator; nil where there is one, or the schema is not in
    /// place.
    ///
    /// - Throws: `MigrationError`, `SQLError`.
    public func welcomePath() async throws -> String? {
        guard try await installation.migrator.pending().isEmpty else { return nil }
        return try await accounts.superusers.exist() ? nil : AdminSite.welcomePath(of: installation.secret)
    }
}

extension SettingsSource {
    /// The address in `KONTOR_SUPERUSER_EMAIL`; nil where it is unset.
    public var superuserEmail: String? { text("KONTOR_SUPERUSER_EMAIL") }
    /// The password in `KONTOR_SUPERUSER_PASSWORD`; nil where it is unset.
    public var superuserPassword: String? { text("KONTOR_SUPERUSER_PASSWORD") }
}

import Accounts
import Admin
import Commerce
import LiveSettings
import Primitives
import SQL

extension Shop {
    /// Makes an administrator with a verified e-mail; with `promote` an existing user becomes one.
    ///
    /// - Throws: `ValidationError` for an e-mail or password that will not do, `AccountsError.emailTaken`, `SQLError`.
    public func createSuperuser(email: String, password: String, promote: Bool) async throws {
        try await accounts.superusers.create(email: email, password: password, promote: promote)
    }

    /// Makes the administrator whom `KONTOR_SUPERUSER_EMAIL` and `KONTOR_SUPERUSER_PASSWORD` name, in a shop that has none:
    /// for containers and CI, which have nobody to run a command.
    ///
    /// - Returns: their e-mail; nil where none was made.
    /// - Throws: `SettingsError` where one of the two is missing or cannot be used, `MigrationError`, `SQLError`.
    public func createFirstSuperuser() async throws -> String? {
        let environment = installation.settings.source.environment
        let (email, password) = (environment.superuserEmail, environment.superuserPassword)
        guard email != nil || password != nil, try await installation.migrator.pending().isEmpty,
            try await !accounts.superusers.exist()
        else { return nil }
        guard let email else {
            throw SettingsError("KONTOR_SUPERUSER_EMAIL", "is needed beside KONTOR_SUPERUSER_PASSWORD")
        }
        guard let password else {
            throw SettingsError("KONTOR_SUPERUSER_PASSWORD", "is needed beside KONTOR_SUPERUSER_EMAIL")
        }
        do {
            try await accounts.superusers.create(email: email, password: password, onlyFirst: true)
            return email
        } catch let error as ValidationError {
            let isEmail = if case .members(let members) = error.errors { members["email"] != nil } else { false }
            throw SettingsError(
                isEmail ? "KONTOR_SUPERUSER_EMAIL" : "KONTOR_SUPERUSER_PASSWORD", "cannot be used: \(error)")
        } catch AccountsError.emailTaken {
            throw SettingsError(
                "KONTOR_SUPERUSER_EMAIL",
                "is a user's address: `kontor createsuperuser --promote` makes them an administrator")
        } catch is PermissionDenied {
            // Another instance that starts at the same time was quicker.
            return nil
        }
    }

    /// Gives a user another password; their sessions end, and a mail tells them of it.
    ///
    /// - Throws: `ValidationError` on `email` or `password`, `AccountsError.busy`, `SQLError`.
    public func changePassword(of email: String, to password: String) async throws {
        try await accounts.superusers.changePassword(of: email, to: password)
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

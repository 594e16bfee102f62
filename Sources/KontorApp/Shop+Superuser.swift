import Accounts
import Primitives

extension Shop {
    /// Makes an administrator with a verified e-mail; with `promote` an existing user becomes one.
    ///
    /// - Throws: `ValidationError` for an e-mail or password that will not do, `AccountsError.emailTaken`, `SQLError`.
    public func createSuperuser(email: String, password: String, promote: Bool) async throws {
        try await accounts.superusers.create(email: email, password: password, promote: promote)
    }
}

extension SettingsSource {
    /// The address in `KONTOR_SUPERUSER_EMAIL`; nil where it is unset.
    public var superuserEmail: String? { text("KONTOR_SUPERUSER_EMAIL") }
    /// The password in `KONTOR_SUPERUSER_PASSWORD`; nil where it is unset.
    public var superuserPassword: String? { text("KONTOR_SUPERUSER_PASSWORD") }
}

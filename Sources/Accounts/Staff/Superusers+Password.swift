import Commerce
import Primitives
import SQL
import Web

extension Superusers {
    /// What the history of the account says of where the change came from.
    private static let commandLine = RequestOrigin(address: "", userAgent: "kontor changepassword")

    /// Gives a user another password: for operators, who act on the machine itself. Sessions and mailed tokens end, and a
    /// mail tells the user of it.
    ///
    /// - Throws: `ValidationError` on `email` where it is nobody's, on `password` where it will not do,
    ///   `AccountsError.busy`, `SQLError`.
    public func changePassword(of email: String, to password: String) async throws {
        let core = core
        let known = try await core.database.read { connection -> Credentials? in
            guard let address = EmailAddress(email)?.text else { return nil }
            return try UserQueries.credentials(address, connection)
        }
        guard let known else { throw Self.unknown }
        let owner = PasswordRules.Owner(email: known.email, firstName: known.firstName, lastName: known.lastName)
        let problems = PasswordRules.problems(with: password, of: owner)
        if !problems.isEmpty { throw ValidationError(.members(["password": .messages(problems)])) }
        let hash = try await core.hasher.hash(password)
        try await core.database.write { tx in
            guard let user = try UserQueries.lockCredentials(known.id, tx) else { throw Self.unknown }
            try UserQueries.setPassword(hash, of: user.id, at: core.time.now, tx)
            try core.end(user.id, .passwordChanged, tx)
            try core.recordEvent(.passwordChanged, of: user.id, from: Self.commandLine, tx)
            try core.sendNotice("password_changed", to: user, tx)
        }
    }

    /// Returns whether a password is that of the administrator with this e-mail.
    ///
    /// - Throws: `AccountsError.busy`, an error of Argon2 where memory runs out, `SQLError`.
    public func isPassword(_ password: String, ofAdministrator email: String) async throws -> Bool {
        let known = try await core.database.read { connection -> Credentials? in
            guard let known = try UserQueries.credentials(email, connection),
                try UserQueries.account(known.id, connection)?.user.role == .admin
            else { return nil }
            return known
        }
        guard let known, known.status.isActive, !known.status.isSuspended, !known.passwordHash.isEmpty else {
            return false
        }
        return try await core.hasher.verify(password, against: known.passwordHash) != .wrong
    }

    private static let unknown = ValidationError("email", "There is no user with this e-mail.")
}

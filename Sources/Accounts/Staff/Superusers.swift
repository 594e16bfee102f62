import Commerce
import Primitives
import SQL
import Web

/// Users that nobody registers: administrators from the command line, and demo data.
public struct Superusers: Sendable {
    let core: AccountsCore

    /// Returns whether the shop has an administrator who may sign in.
    ///
    /// - Throws: `SQLError`.
    public func exist() async throws -> Bool {
        try await core.database.read { try UserAdminQueries.hasAdministrator($0) }
    }

    /// Returns whether somebody works for the shop who may sign in, administrator or not.
    ///
    /// - Throws: `SQLError`.
    public func hasStaff() async throws -> Bool {
        try await core.database.read { try UserAdminQueries.hasStaff($0) }
    }

    /// Makes an administrator with a verified e-mail.
    ///
    /// With `promote` an existing user becomes one instead; the password becomes theirs, and their sessions end. With
    /// `onlyFirst` it must be the shop's first.
    ///
    /// - Returns: the administrator's id.
    /// - Throws: `ValidationError` for an e-mail or password that will not do, `AccountsError.emailTaken` where the
    ///   e-mail is somebody's and `promote` is false, `PermissionDenied` where there is an administrator already and it
    ///   had to be the first, `SQLError`.
    @discardableResult
    public func create(
        email: String, password: String, promote: Bool = false, onlyFirst: Bool = false
    ) async throws -> UserID {
        guard let address = EmailAddress(email)?.text else {
            throw ValidationError("email", "Enter a valid email address.")
        }
        let problems = PasswordRules.problems(with: password, of: .init(email: address))
        if !problems.isEmpty { throw ValidationError(.members(["password": .messages(problems)])) }
        let hash = try await core.hasher.hash(password)
        let time = core.time
        return try await core.database.write { tx in
            let now = time.now
            if onlyFirst { try checkNone(at: now, tx) }
            if let known = try UserQueries.credentials(address, tx) {
                guard promote else { throw AccountsError.emailTaken }
                try UserQueries.promote(known.id, at: now, tx)
                try UserQueries.setPassword(hash, of: known.id, at: now, tx)
                if !known.isEmailVerified { try core.dropForeignKeys(of: known.id, tx) }
                try core.end(known.id, .passwordChanged, tx)
                return known.id
            }
            var user = NewUser(email: address, passwordHash: hash)
            user.role = .admin
            user.isEmailVerified = true
            return try core.insert(user, orThrow: AccountsError.emailTaken, tx)
        }
    }

    /// Refuses where there is an administrator; of several at once one gets through.
    private func checkNone(at now: Timestamp, _ tx: Transaction) throws {
        try KeyLockQueries.lock(["first administrator"], at: now, tx)
        if try UserAdminQueries.hasAdministrator(tx) {
            throw PermissionDenied(code: "has_administrator", "The shop has an administrator already.")
        }
    }

    /// Writes a user as given, without mail or session: for demo data, which hashes one password for many.
    ///
    /// - Throws: `AccountsError.emailTaken`, `SQLError`.
    @discardableResult
    public func insert(_ user: NewUser, in tx: Transaction) throws -> UserID {
        try core.insert(user, orThrow: AccountsError.emailTaken, tx)
    }
}

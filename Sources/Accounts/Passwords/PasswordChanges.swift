import Commerce
import Primitives
import SQL
import Web

/// New passwords: for who knows the old one, who can read the mail, and who came through a social login.
struct PasswordChanges: Sendable {
    static let badToken = ValidationError("token", "This token is invalid or has expired.")

    let core: AccountsCore
    let presence: Presence
    let factor: SecondFactor
    let mail: AccountMail

    /// Puts a new password in the place of one that the caller knows; their other sessions end.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func change(
        _ caller: Identity, from old: String, to new: String, code: String?, client: RequestOrigin
    ) async throws {
        let known = try await core.credentials(of: caller.userID)
        try await presence.confirm(old, of: known, from: client, field: "old_password")
        try check(new, for: known)
        try await factor.confirm(code, of: known.id, from: client)
        let hash = try await core.hasher.hash(new)
        try await core.write(as: caller) { tx in
            try store(hash, of: try core.lockUnchanged(known, tx), keeping: caller.sessionID, tx)
            try core.recordEvent(.passwordChanged, of: known.id, from: client, tx)
        }
    }

    /// Gives a first password to an account that has none: a way in that outlives the session.
    ///
    /// - Throws: `ValidationError`, `AccountsError.passwordIsSet`, what `Presence.confirm` throws, `SQLError`.
    func set(_ caller: Identity, to new: String, code: String?, client: RequestOrigin) async throws {
        let known = try await core.credentials(of: caller.userID)
        guard known.passwordHash.isEmpty else { throw AccountsError.passwordIsSet }
        try check(new, for: known)
        try await presence.confirm(caller, password: nil, code: code, from: client)
        let hash = try await core.hasher.hash(new)
        try await core.write(as: caller) { tx in
            try store(hash, of: try core.lockUnchanged(known, tx), keeping: caller.sessionID, tx)
            try core.recordEvent(.passwordSet, of: known.id, from: client, tx)
        }
    }

    /// Mails a link to choose a new password where `email` is an account's. Nothing tells whether it is: the limit
    /// counts e-mails without an account as well, and looking it up is the job's.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func forgot(_ email: String) async throws { try await mail.request(.passwordReset, to: email) }

    /// Returns whether a reset would be taken with this token.
    ///
    /// - Throws: `SQLError`.
    func isGoodResetToken(_ token: String) async throws -> Bool {
        let (hash, now) = (Digest.hex(token), core.time.now)
        return try await core.database.read { try ResetQueries.owner(hash, at: now, $0) } != nil
    }

    /// Chooses a new password by a mailed token. All sessions, all other tokens and all social logins end, for whoever
    /// is in the account and should not be; a provider that vouches for the same e-mail joins again by itself. Who read
    /// the mail has shown that the e-mail is theirs.
    ///
    /// - Throws: `ValidationError`, `AccountsError.busy`, `SQLError`.
    func reset(_ token: String, to new: String, from client: RequestOrigin) async throws {
        let hash = Digest.hex(token)
        let known = try await core.database.read { [time = core.time] connection -> Credentials? in
            guard let user = try ResetQueries.owner(hash, at: time.now, connection) else { return nil }
            return try UserQueries.credentials(user, connection)
        }
        guard let known else { throw Self.badToken }
        try check(new, for: known)
        let password = try await core.hasher.hash(new)
        try await core.database.write { tx in
            // The mail went to the address of that moment: with another one now, it shows nothing about this one.
            guard let current = try UserQueries.lockCredentials(known.id, tx), current.email == known.email,
                try ResetQueries.spend(hash, at: core.time.now, tx)
            else { throw Self.badToken }
            try store(password, of: current, tx)
            try SocialQueries.deleteAll(of: known.id, tx)
            _ = try UserQueries.verifyEmail(known.email, of: known.id, at: core.time.now, tx)
            try core.recordEvent(.passwordReset, of: known.id, from: client, tx)
        }
    }

    /// Writes a password of a locked user with all that follows from it: sessions and tokens end, the owner hears of
    /// it.
    private func store(
        _ hash: String, of user: Credentials, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws {
        try UserQueries.setPassword(hash, of: user.id, at: core.time.now, tx)
        try core.end(user.id, .passwordChanged, keeping: session, tx)
        try core.sendNotice("password_changed", to: user, tx)
    }

    /// Checks a new password against the rules.
    ///
    /// - Throws: `ValidationError` on `new_password`.
    private func check(_ password: String, for user: Credentials) throws {
        let owner = PasswordRules.Owner(email: user.email, firstName: user.firstName, lastName: user.lastName)
        let problems = PasswordRules.problems(with: password, of: owner)
        if !problems.isEmpty { throw ValidationError(.members(["new_password": .messages(problems)])) }
    }
}

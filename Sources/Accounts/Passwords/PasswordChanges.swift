import Commerce
import Jobs
import Messages
import Primitives
import SQL
import Web

/// New passwords: by who knows the old one, by who can read the mail, by who came through a social login.
extension AccountsService {
    static let badResetToken = ValidationError("token", "This token is invalid or has expired.")

    /// Puts a new password in the place of one that the caller knows; their other sessions end.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func changePassword(
        _ caller: Identity, from old: String, to new: String, code: String?, client: Client
    ) async throws {
        let known = try await credentials(of: caller.userID)
        try await confirm(old, of: known, from: client, field: "old_password")
        try check(new, for: known)
        try await confirmFactor(code, of: known.id, from: client)
        let hash = try await passwords.hash(new)
        try await write(as: caller) { tx in
            try settle(hash, of: try lockUnchanged(known, tx), keeping: caller.sessionID, tx)
            try noteEvent(.passwordChanged, of: known.id, from: client, tx)
        }
    }

    /// Gives a first password to an account that has none: a way in that outlives the session.
    ///
    /// - Throws: `ValidationError`, `AccountsError.passwordIsSet`, what `confirmPresence` throws, `SQLError`.
    func setPassword(_ caller: Identity, to new: String, code: String?, client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        guard known.passwordHash.isEmpty else { throw AccountsError.passwordIsSet }
        try check(new, for: known)
        try await confirmPresence(caller, password: nil, code: code, from: client)
        let hash = try await passwords.hash(new)
        try await write(as: caller) { tx in
            try settle(hash, of: try lockUnchanged(known, tx), keeping: caller.sessionID, tx)
            try noteEvent(.passwordSet, of: known.id, from: client, tx)
        }
    }

    /// Mails a link to choose a new password where `email` is an account's. Nothing tells whether it is: the limit counts
    /// e-mails without an account as well, and looking it up is the job's.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func forgotPassword(_ email: String) async throws { try await requestMail(.passwordReset, to: email) }

    /// Whether a reset would be taken with this token.
    ///
    /// - Throws: `SQLError`.
    func isGoodResetToken(_ token: String) async throws -> Bool {
        let (hash, now) = (Digest.hex(token), time.now)
        return try await database.read { try ResetQueries.owner(hash, at: now, $0) } != nil
    }

    /// Chooses a new password by a mailed token. All sessions, all other tokens and all social logins end, for whoever is in
    /// the account and should not be; a provider that vouches for the same e-mail joins again by itself. Who read the mail
    /// has shown that the e-mail is theirs.
    ///
    /// - Throws: `ValidationError`, `AccountsError.busy`, `SQLError`.
    func resetPassword(_ token: String, to new: String, from client: Client) async throws {
        let hash = Digest.hex(token)
        let known = try await database.read { [time] connection -> Credentials? in
            guard let user = try ResetQueries.owner(hash, at: time.now, connection) else { return nil }
            return try UserQueries.credentials(user, connection)
        }
        guard let known else { throw Self.badResetToken }
        try check(new, for: known)
        let password = try await passwords.hash(new)
        try await database.write { tx in
            // The mail went to the address of that moment: with another one now, it shows nothing about this one.
            guard let current = try UserQueries.lockCredentials(known.id, tx), current.email == known.email,
                try ResetQueries.spend(hash, at: time.now, tx)
            else { throw Self.badResetToken }
            try settle(password, of: current, tx)
            try SocialQueries.deleteAll(of: known.id, tx)
            if !current.isEmailVerified { try TwoFactorQueries.remove(known.id, tx) }
            _ = try UserQueries.verifyEmail(known.email, of: known.id, at: time.now, tx)
            try noteEvent(.passwordReset, of: known.id, from: client, tx)
        }
    }

    /// Writes a password of a locked user with all that follows from it: sessions and tokens end, the owner hears of it.
    private func settle(
        _ hash: String, of user: Credentials, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws {
        try UserQueries.setPassword(hash, of: user.id, at: time.now, tx)
        try end(user.id, .passwordChanged, keeping: session, tx)
        try sendNotice("password_changed", to: user, tx)
    }

    /// - Throws: `ValidationError` on `new_password`.
    private func check(_ password: String, for user: Credentials) throws {
        let owner = PasswordRules.Owner(email: user.email, firstName: user.firstName, lastName: user.lastName)
        let problems = PasswordRules.problems(with: password, of: owner)
        if !problems.isEmpty { throw ValidationError(.members(["new_password": .messages(problems)])) }
    }
}

extension AccountsService {
    /// - Throws: `NotFound`, `SQLError`.
    func credentials(of user: UserID) async throws -> Credentials {
        guard let known = try await database.read({ try UserQueries.credentials(user, $0) }) else { throw NotFound() }
        return known
    }

    /// Counts a request for a mail or a text message.
    ///
    /// - Throws: `AccountsError.throttled` where there were too many within an hour, `SQLError`.
    func countRequest(_ purpose: MailPurpose, _ key: AccountKey, _ tx: Transaction) throws {
        let (now, window) = (time.now, TimeSpan.hours(1))
        try KeyLockQueries.hold(["mail \(purpose.rawValue) \(key.text)"], at: now, tx)
        if let oldest = try LoginQueries.mailRequest(
            configuration.limits.mailRequestsByAccount, purpose, of: key, after: now - window, tx)
        {
            throw AccountsError.throttled(retryAfter: oldest + window - now)
        }
        try LoginQueries.insertMailRequest(purpose, key, at: now, tx)
    }

    /// Mails a template whose `secrets` stand sealed in the job.
    func sendSealed(_ template: String, _ secrets: [String: String], to user: Credentials, _ tx: Transaction) throws {
        let sealed = try mailSecrets.seal(secrets.mapValues { .string($0) }, for: user.email)
        let context: [String: JSONValue] = [
            "first_name": .string(user.firstName), "email": .string(user.email), MailSecrets.key: .string(sealed),
        ]
        try jobs.enqueue(
            MailJob(template: template, to: user.email, userID: user.id, context: .object(context)), in: tx)
    }

    /// Tells a user by mail what has happened to their account.
    func sendNotice(
        _ template: String, to user: Credentials, with more: [String: JSONValue] = [:], _ tx: Transaction
    ) throws {
        let context: [String: JSONValue] = [
            "first_name": .string(user.firstName), "email": .string(user.email),
            "happened_at": .string(time.now.description),
        ]
        try jobs.enqueue(
            MailJob(
                template: template, to: user.email, userID: user.id,
                context: .object(context.merging(more) { _, own in own })), in: tx)
    }
}

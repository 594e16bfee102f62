import Commerce
import Primitives
import SQL
import Web

extension AccountsService {
    /// A user with their profile.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func account(_ id: UserID) async throws -> Account {
        try await database.read { connection in
            guard let account = try UserQueries.account(id, connection) else { throw NotFound() }
            return account
        }
    }

    /// Changes the caller's own account, whose version has to pass `check`.
    ///
    /// A new e-mail needs the password, is unverified, and gets a mail to verify it.
    ///
    /// - Throws: `ValidationError`, `AccountsError.throttled`, `AuthenticationError.tokenNotValid`, `SQLError`, or what `check`
    ///   throws.
    func update(
        _ caller: Identity, _ changes: ProfileChanges, from client: Client,
        checking check: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) async throws -> Account {
        if case .some(.some(let birth)) = changes.dateOfBirth, birth > time.now.dayInUTC || birth.year < 1900 {
            throw ValidationError("date_of_birth", "Enter a date in the past.")
        }
        let id = caller.userID
        let former = try await checkEmailChange(of: id, changes, client)
        let token = random.token()
        return try await write(as: caller) { tx in
            guard let version = try ProfileQueries.lockVersion(id, tx) else { throw NotFound() }
            try check(version)
            var changes = changes
            if let former {
                try lockUnchanged(former, tx)
                if let email = changes.email { try countRequest(.verification, AccountKey(email: email), tx) }
            } else {
                changes.email = nil
            }
            try save(id, changes, tx)
            guard let account = try UserQueries.account(id, tx) else { throw NotFound() }
            if let former {
                // What was mailed to the old address opens nothing any more.
                try ResetQueries.spendAll(of: id, tx)
                try ErasureQueries.remember(former, at: time.now, tx)
                try sendNotice("email_changed", to: former, tx)
                try noteEvent(.emailChanged, of: id, from: client, tx)
                try sendVerification(token, to: id, account.user.email, firstName: account.user.firstName, tx)
            }
            return account
        }
    }

    private func save(_ id: UserID, _ changes: ProfileChanges, _ tx: Transaction) throws {
        if let email = changes.email, try UserQueries.hasEmail(email, besides: id, tx) { throw Self.takenEmail }
        do {
            try ProfileQueries.update(id, changes, at: time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.takenEmail
        }
        try ProfileQueries.update(id, changes.settings, tx)
        if let username = changes.username { try claim(username, for: id, tx) }
    }

    /// The user as they were where the e-mail becomes another one; then the password has to be right.
    private func checkEmailChange(
        of id: UserID, _ changes: ProfileChanges, _ client: Client
    ) async throws -> Credentials? {
        guard let email = changes.email else { return nil }
        let known = try await database.read { try UserQueries.credentials(id, $0) }
        guard let known else { throw NotFound() }
        if EmailAddress(known.email)?.text == email { return nil }
        guard let password = changes.password else {
            throw ValidationError("password", "This field is required to change the email address.")
        }
        if isDenied(email) { throw ValidationError("email", "Addresses of this domain are not accepted.") }
        try await confirm(password, of: known, from: client)
        try await confirmFactor(changes.code, of: id, from: client)
        return known
    }

    /// Checks the password of somebody who is logged in; wrong ones count as failed logins.
    ///
    /// - Throws: `ValidationError` on `field`, `AccountsError.throttled`, `AccountsError.busy`, `SQLError`.
    func confirm(
        _ password: String, of user: Credentials, from client: Client, field: String = "password"
    ) async throws {
        let (limits, time) = (loginLimits, time)
        try await database.read { try limits.check(user.id, at: time.now, $0) }
        let isWrong =
            try await passwords.verify(
                password, against: user.passwordHash, for: asker(AccountKey(session: user.id), client)) == .wrong
        // Looked at again under the lock, as at a login: of many guesses at once no more are answered than of guesses one
        // after the other.
        try await database.write { tx in
            try lockUnchanged(user, tx)
            try limits.check(user.id, at: time.now, tx)
            guard isWrong else { return }
            try LoginQueries.insertFailure(.password, of: user, from: client, at: time.now, tx)
        }
        if isWrong { throw ValidationError(field, "The password is not correct.") }
    }
}

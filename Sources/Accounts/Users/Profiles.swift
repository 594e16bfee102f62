import Commerce
import Pictures
import Primitives
import SQL
import Web

/// Users as they know and show themselves.
struct Profiles: Sendable {
    let core: AccountsCore
    let presence: Presence
    let factor: SecondFactor
    let mail: AccountMail
    let studio: PictureStudio

    /// Finds a user with their profile.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func account(_ id: UserID) async throws -> Account {
        try await core.database.read { connection in
            guard let account = try UserQueries.account(id, connection) else { throw NotFound() }
            return account
        }
    }

    /// Returns what a user shows of themselves, by id or username. A profile that is private is not told from one that
    /// is not there.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func shown(_ reference: Reference, baseURL: String) async throws -> PublicProfile {
        let account = try await core.database.read { try UserQueries.account(reference, $0) }
        guard let account, let shown = PublicProfile(account, baseURL: baseURL) else { throw NotFound() }
        return shown
    }

    /// Changes settings of a user.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func change(_ settings: SettingsChanges, of user: UserID, in tx: Transaction) throws -> Profile {
        try ProfileQueries.update(user, settings, tx)
        guard let account = try UserQueries.account(user, tx) else { throw NotFound() }
        return account.profile
    }

    /// Changes the caller's own account, whose version has to pass `check`.
    ///
    /// A new e-mail needs the password, is unverified, and gets a mail to verify it.
    ///
    /// - Throws: `ValidationError`, `AccountsError.throttled`, `AuthenticationError.tokenNotValid`, `SQLError`, or what
    ///   `check` throws.
    func update(
        _ caller: Identity, _ changes: ProfileChanges, from client: RequestOrigin,
        checking check: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) async throws -> Account {
        if case .some(.some(let birth)) = changes.dateOfBirth, birth > core.time.now.dayInUTC || birth.year < 1900 {
            throw ValidationError("date_of_birth", "Enter a date in the past.")
        }
        let id = caller.userID
        let former = try await checkEmailChange(of: id, changes, client)
        let token = core.random.token()
        return try await core.write(as: caller) { tx in
            guard let version = try ProfileQueries.lockVersion(id, tx) else { throw NotFound() }
            try check(version)
            var changes = changes
            if let former {
                try core.lockUnchanged(former, tx)
                if let email = changes.email { try core.countRequest(.verification, AccountKey(email: email), tx) }
            } else {
                changes.email = nil
            }
            try save(id, changes, tx)
            guard let account = try UserQueries.account(id, tx) else { throw NotFound() }
            if let former {
                // What was mailed to the old address opens nothing any more.
                try ResetQueries.spendAll(of: id, tx)
                try AccountErasureQueries.remember(former, at: core.time.now, tx)
                try core.sendNotice("email_changed", to: former, tx)
                try core.recordEvent(.emailChanged, of: id, from: client, tx)
                try mail.sendVerification(token, to: id, account.user.email, firstName: account.user.firstName, tx)
            }
            return account
        }
    }

    private func save(_ id: UserID, _ changes: ProfileChanges, _ tx: Transaction) throws {
        if let email = changes.email, try UserQueries.hasEmail(email, besides: id, tx) { throw AccountsCore.takenEmail }
        do {
            try ProfileQueries.update(id, changes, at: core.time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw AccountsCore.takenEmail
        }
        try ProfileQueries.update(id, changes.settings, tx)
        if let username = changes.username { try core.claim(username, for: id, tx) }
    }

    /// Checks the password and second factor where the e-mail becomes another one, and returns the user as they were;
    /// nil where it stays.
    private func checkEmailChange(
        of id: UserID, _ changes: ProfileChanges, _ client: RequestOrigin
    ) async throws -> Credentials? {
        guard let email = changes.email else { return nil }
        let known = try await core.credentials(of: id)
        if EmailAddress(known.email)?.text == email { return nil }
        guard let password = changes.password else {
            throw ValidationError("password", "This field is required to change the email address.")
        }
        if core.isDenied(email) { throw ValidationError("email", AccountsCore.deniedEmail) }
        try await presence.confirm(password, of: known, from: client)
        try await factor.confirm(changes.code, of: id, from: client)
        return known
    }
}

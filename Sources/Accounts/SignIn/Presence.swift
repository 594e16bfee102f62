import Commerce
import Primitives
import SQL
import Web

/// Checks that it is the owner who speaks in a session, for what would outlive a stolen token: another way in, a second
/// factor.
struct Presence: Sendable {
    let core: AccountsCore
    let factor: SecondFactor

    /// How long after a login nothing more is asked.
    private static let freshness = TimeSpan.minutes(15)

    /// Asks for a code where two factors are on, otherwise for a session that was opened a short while ago or the
    /// password.
    ///
    /// - Throws: `AccountsError.freshFactorRequired`, `AccountsError.freshLoginRequired` where there is no password
    ///   either, `AccountsError.throttled`, `ValidationError` on `code` or `password`, `NotFound`, `SQLError`.
    func confirm(
        _ caller: Identity, password: String?, code: String?, from client: RequestOrigin
    ) async throws {
        let known = try await core.credentials(of: caller.userID)
        let (hasFactor, openedAt) = try await core.database.read { connection in
            (
                try TwoFactorQueries.isEnabled(known.id, connection),
                try SessionQueries.find(caller.sessionID, of: known.id, connection)?.createdAt
            )
        }
        if hasFactor { return try await factor.confirm(code, of: known.id, from: client) }
        if let openedAt, core.time.now - openedAt < Self.freshness { return }
        if known.passwordHash.isEmpty { throw AccountsError.freshLoginRequired }
        try await confirmOwn(password, of: known, from: client)
    }

    /// Checks the password of an account that has one.
    ///
    /// - Throws: `ValidationError` on `password`, `AccountsError`, `SQLError`.
    func confirmOwn(_ password: String?, of user: Credentials, from client: RequestOrigin) async throws {
        guard !user.passwordHash.isEmpty else { return }
        guard let password, !password.isEmpty else { throw ValidationError("password", "This field is required.") }
        try await confirm(password, of: user, from: client)
    }

    /// Checks the password of somebody who is logged in; wrong ones count as failed logins.
    ///
    /// - Throws: `ValidationError` on `field`, `AccountsError.throttled`, `AccountsError.busy`, `SQLError`.
    func confirm(
        _ password: String, of user: Credentials, from client: RequestOrigin, field: String = "password"
    ) async throws {
        let (limits, time) = (core.loginLimits, core.time)
        try await core.database.read { try limits.check(user.id, at: time.now, $0) }
        let isWrong =
            try await core.hasher.verify(
                password, against: user.passwordHash, for: core.asker(AccountKey(session: user.id), client)) == .wrong
        // Looked at again under the lock, as at a login: of many guesses at once no more are answered than of guesses
        // one after the other.
        try await core.database.write { tx in
            try core.lockUnchanged(user, tx)
            try limits.check(user.id, at: time.now, tx)
            guard isWrong else { return }
            try LoginQueries.insertFailure(.password, of: user, from: client, at: time.now, tx)
        }
        if isWrong { throw ValidationError(field, "The password is not correct.") }
    }
}

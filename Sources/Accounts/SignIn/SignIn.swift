import Commerce
import Primitives
import SQL

/// What a right password leads to.
enum LoginResult: Sendable {
    case session(SignedIn)
    /// Two factors are on: the token that a code goes with.
    case challenge(String)
}

/// Logging in by e-mail and password, and by the second factor where there is one.
struct SignIn: Sendable {
    let core: AccountsCore
    let sessions: Sessions
    let factor: SecondFactor

    private enum LoginOutcome: Sendable {
        case opened(OpenedSession)
        /// The password is right, and a second factor is awaited.
        case challenged
        /// Refused, and the refusal is on record.
        case refused(AccountsError)
        /// The password was changed while the old one was compared.
        case outdated
    }

    /// Opens a session for who knows the password.
    ///
    /// An unknown e-mail is refused like a wrong password, after the same work.
    ///
    /// - Throws: `AccountsError`, `SQLError`.
    func logIn(_ attempt: LoginAttempt) async throws -> LoginResult {
        let (account, limits, time) = (AccountKey(email: attempt.email), core.loginLimits, core.time)
        for _ in 0..<3 {
            let known = try await core.database.read { connection in
                try limits.check(account, attempt.client, at: time.now, connection)
                return try UserQueries.credentials(attempt.email, connection)
            }
            let verdict = try await core.hasher.verify(
                attempt.password, against: known?.passwordHash, for: core.asker(account, attempt.client))
            let (refresh, token) = (sessions.refreshID(), core.random.token())
            let outcome = try await core.database.write { tx in try decide(attempt, known, verdict, refresh, token, tx)
            }
            switch outcome {
            case .opened(let session): return .session(try await sessions.sign(session))
            case .challenged: return .challenge(token)
            case .refused(let error): throw error
            case .outdated: continue
            }
        }
        throw AccountsError.busy
    }

    /// Records the outcome of an attempt.
    ///
    /// The limits are looked at again, under the lock of the user's row: of many guesses at once no more are answered
    /// than of guesses one after the other.
    private func decide(
        _ attempt: LoginAttempt, _ known: Credentials?, _ verdict: PasswordHasher.Verdict,
        _ refresh: TokenMint.RefreshID, _ token: String, _ tx: Transaction
    ) throws -> LoginOutcome {
        let (now, account) = (core.time.now, AccountKey(email: attempt.email))
        let current = try known.flatMap { try UserQueries.lockCredentials($0.id, tx) }
        try core.loginLimits.check(account, attempt.client, at: now, tx)
        guard current?.passwordHash == known?.passwordHash else { return .outdated }
        let refusal = Self.refusal(current, verdict, needsVerifiedEmail: core.configuration.requiresVerifiedEmail)
        guard let current, refusal == nil else {
            let error = refusal ?? .noActiveAccount
            try core.noteFailure(current?.id, account, from: attempt.client, reason: error.code, tx)
            return .refused(error)
        }
        if case .rightNeedingRehash(let hash) = verdict {
            try UserQueries.rehash(hash, inPlaceOf: current.passwordHash, of: current.id, tx)
        }
        if try TwoFactorQueries.isEnabled(current.id, tx) {
            try challenge(current.id, token, cart: attempt.cart, tx)
            return .challenged
        }
        try LoginQueries.insertSuccess(current.id, account, from: attempt.client, at: now, tx)
        return .opened(try sessions.open(current.id, refresh, cart: attempt.cart, from: attempt.client, in: tx))
    }

    private static func refusal(
        _ user: Credentials?, _ verdict: PasswordHasher.Verdict, needsVerifiedEmail: Bool
    ) -> AccountsError? {
        guard let user, verdict != .wrong else { return .noActiveAccount }
        do {
            try user.status.check()
        } catch {
            return error
        }
        return needsVerifiedEmail && !user.isEmailVerified ? .verifyEmailToLogIn : nil
    }
}

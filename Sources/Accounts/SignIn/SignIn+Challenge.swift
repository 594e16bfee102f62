import Commerce
import Primitives
import SQL

extension SignIn {
    private enum Answer: Sendable {
        case opened(OpenedSession)
        case refused(AccountsError)
        case wrongCode
    }

    /// The wrong answers after which a challenge is spent.
    private static let maxTries = 5

    /// Has a login wait for its second factor; `token` names it.
    func challenge(_ user: UserID, _ token: String, cart: SessionKey?, _ tx: Transaction) throws {
        let now = core.time.now
        try ChallengeQueries.insert(
            Digest.hex(token), for: user, cart: cart, until: now + core.configuration.challengeLifetime, at: now, tx)
    }

    /// Opens the session of a login whose second factor is right.
    ///
    /// - Throws: `AccountsError.challengeNotValid`, `ValidationError` on `code`, `AccountsError`, `SQLError`.
    func answer(_ token: String, code: String, from client: RequestOrigin) async throws -> SignedIn {
        let refresh = sessions.refreshID()
        let answer = try await core.database.write { tx in try decide(Digest.hex(token), code, client, refresh, tx) }
        switch answer {
        case .opened(let session): return try await sessions.sign(session)
        case .refused(let error): throw error
        case .wrongCode: throw SecondFactor.wrongCode
        }
    }

    private func decide(
        _ hash: String, _ code: String, _ client: RequestOrigin, _ refresh: TokenMint.RefreshID, _ tx: Transaction
    ) throws -> Answer {
        let now = core.time.now
        guard let found = try ChallengeQueries.open(hash, at: now, tx),
            let user = try UserQueries.lockCredentials(found.user, tx),
            // Again, now that answers to it come one after the other.
            let challenge = try ChallengeQueries.open(hash, at: now, tx)
        else { return .refused(.challengeNotValid) }
        let account = AccountKey(email: user.email)
        try core.loginLimits.check(account, client, at: now, tx)
        do {
            try user.status.check()
        } catch {
            return .refused(error)
        }
        guard let stored = try TwoFactorQueries.find(user.id, tx), stored.isEnabled,
            try factor.accept(code, stored, of: user.id, tx)
        else {
            try ChallengeQueries.countTry(challenge.id, most: Self.maxTries, tx)
            try core.noteFailure(user.id, account, from: client, reason: "wrong_code", tx)
            return .wrongCode
        }
        guard try ChallengeQueries.spend(challenge.id, tx) else { return .refused(.challengeNotValid) }
        try LoginQueries.insertSuccess(user.id, account, from: client, at: now, tx)
        return .opened(try sessions.open(user.id, refresh, cart: challenge.cart, from: client, in: tx))
    }
}

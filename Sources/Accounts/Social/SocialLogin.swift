import Commerce
import Primitives
import SQL
import Web

/// Logging in, registering and joining accounts by a provider's word.
struct SocialLogin: Sendable {
    let core: AccountsCore
    let signIn: SignIn
    let accounts: SocialAccounts
    let presence: Presence
    let verifier: SocialVerifier
    /// Seals the tokens of social accounts.
    let box: SecretBox

    private enum Joined: Sendable {
        case opened(OpenedSession)
        case challenged
        case refused(AccountsError)
        case linked(SocialAccount)
    }

    /// What a social login led to.
    enum Outcome: Sendable {
        case login(LoginResult)
        /// A caller who was logged in has joined the account to theirs.
        case linked(SocialAccount)
    }

    /// Takes a provider's word for who somebody is.
    ///
    /// A caller who is logged in joins the social account to theirs. Otherwise a known one logs in; an unknown one
    /// belongs to the account of its e-mail where the provider vouches for it, or becomes a new account. An account of
    /// that e-mail which was never verified may be somebody else's: its password and sessions end.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func logIn(
        _ identity: SocialIdentity, caller: Identity?, cart: SessionKey?, from client: RequestOrigin
    ) async throws -> Outcome {
        let (refresh, token) = (signIn.sessions.refreshID(), core.random.token())
        let sealed = try identity.accessToken.map {
            try box.seal($0, context: "\(identity.provider.rawValue):\(identity.subject)")
        }
        let joined = try await core.database.write { tx -> Joined in
            if let caller {
                try core.authenticator.confirm(caller, tx)
                return .linked(try accounts.link(identity, sealed ?? "", to: caller, client, tx))
            }
            let user = try accounts.owner(of: identity, sealed ?? "", client, tx)
            return try enter(user, identity, refresh, token, cart, client, tx)
        }
        switch joined {
        case .opened(let session): return .login(.session(try await signIn.sessions.sign(session)))
        case .challenged: return .login(.challenge(token))
        case .refused(let error): throw error
        case .linked(let account): return .linked(account)
        }
    }

    private func enter(
        _ user: UserID, _ identity: SocialIdentity, _ refresh: TokenMint.RefreshID, _ token: String,
        _ cart: SessionKey?, _ client: RequestOrigin, _ tx: Transaction
    ) throws -> Joined {
        guard let known = try UserQueries.lockCredentials(user, tx) else { throw NotFound() }
        let account = AccountKey(email: known.email)
        do {
            try known.status.check()
        } catch {
            try LoginQueries.insertFailure(user, account, from: client, reason: error.code, at: core.time.now, tx)
            return .refused(error)
        }
        if core.configuration.requiresVerifiedEmail, !known.isEmailVerified {
            let refusal = AccountsError.verifyEmailToLogIn
            try LoginQueries.insertFailure(user, account, from: client, reason: refusal.code, at: core.time.now, tx)
            return .refused(refusal)
        }
        if try TwoFactorQueries.isEnabled(user, tx) {
            try signIn.challenge(user, token, cart: cart, tx)
            return .challenged
        }
        try LoginQueries.insertSuccess(user, account, from: client, at: core.time.now, tx)
        return .opened(try signIn.sessions.open(user, refresh, cart: cart, from: client, in: tx))
    }
}

import Commerce
import Primitives
import SQL
import Web

/// Logging in, registering and joining accounts by a provider's word.
extension AccountsService {
    private enum Joined: Sendable {
        case opened(OpenedSession)
        case challenged
        case refused(AccountsError)
        case linked(SocialAccount)
    }

    /// What a social login led to.
    enum SocialResult: Sendable {
        case login(LoginResult)
        /// A caller who was logged in has joined the account to theirs.
        case linked(SocialAccount)
    }

    /// Takes a provider's word for who somebody is.
    ///
    /// A caller who is logged in joins the social account to theirs. Otherwise a known one logs in; an unknown one belongs to
    /// the account of its e-mail where the provider vouches for it, or becomes a new account. An account of that e-mail
    /// which was never verified may be somebody else's: its password and sessions end.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func socialLogin(
        _ identity: SocialIdentity, caller: Identity?, cart: SessionKey?, from client: Client
    ) async throws -> SocialResult {
        let (refresh, token) = (mint.refreshID(), random.token())
        let sealed = try identity.accessToken.map {
            try socialBox.seal($0, context: "\(identity.provider.rawValue):\(identity.subject)")
        }
        let joined = try await database.write { tx -> Joined in
            if let caller {
                try authenticator.confirm(caller, tx)
                return .linked(try link(identity, sealed ?? "", to: caller, client, tx))
            }
            let user = try owner(of: identity, sealed ?? "", client, tx)
            return try enter(user, identity, refresh, token, cart, client, tx)
        }
        switch joined {
        case .opened(let session): return .login(.session(try await sign(session)))
        case .challenged: return .login(.challenge(token))
        case .refused(let error): throw error
        case .linked(let account): return .linked(account)
        }
    }

    private func enter(
        _ user: UserID, _ identity: SocialIdentity, _ refresh: TokenMint.RefreshID, _ token: String,
        _ cart: SessionKey?, _ client: Client, _ tx: Transaction
    ) throws -> Joined {
        guard let known = try UserQueries.lockCredentials(user, tx) else { throw NotFound() }
        let account = AccountKey(email: known.email)
        do {
            try known.standing.check()
        } catch {
            try LoginQueries.insertFailure(user, account, from: client, reason: error.code, at: time.now, tx)
            return .refused(error)
        }
        if configuration.requiresVerifiedEmail, !known.isEmailVerified {
            let refusal = AccountsError.emailNotVerified
            try LoginQueries.insertFailure(user, account, from: client, reason: refusal.code, at: time.now, tx)
            return .refused(refusal)
        }
        if try TwoFactorQueries.isEnabled(user, tx) {
            try challenge(user, token, cart: cart, tx)
            return .challenged
        }
        try LoginQueries.insertSuccess(user, account, from: client, at: time.now, tx)
        return .opened(try openSession(user, refresh, cart: cart, from: client, in: tx))
    }

    /// The user that a social account is joined to, joining or making them where there is none.
    private func owner(
        of identity: SocialIdentity, _ sealed: String, _ client: Client, _ tx: Transaction
    ) throws -> UserID {
        if let known = try SocialQueries.find(identity.provider, identity.subject, tx) {
            try SocialQueries.refresh(known.id, identity, accessToken: sealed, at: time.now, tx)
            return known.user
        }
        guard let email = identity.email else {
            throw ValidationError("email", "The provider gives no e-mail address for this account.")
        }
        if let local = try UserQueries.credentials(email, tx).flatMap({ try UserQueries.lockCredentials($0.id, tx) }) {
            guard identity.isEmailVerified else { throw Self.takenEmail }
            if !local.isEmailVerified { try takeOver(local, email, tx) }
            try join(identity, sealed, to: local.id, client, tx)
            try sendNotice(
                "social_account_added", to: local, with: ["provider": .string(identity.provider.rawValue)], tx)
            return local.id
        }
        if isDenied(email) { throw ValidationError("email", "Addresses of this domain are not accepted.") }
        var user = NewUser(email: email, passwordHash: "")
        user.firstName = identity.firstName.prefix(scalars: 150)
        user.lastName = identity.lastName.prefix(scalars: 150)
        user.isEmailVerified = identity.isEmailVerified
        let id = try insert(user, in: tx)
        try noteEvent(.registered, of: id, from: client, detail: identity.provider.rawValue, tx)
        try sendWelcome(to: id, email, firstName: user.firstName, tx)
        if !user.isEmailVerified {
            try sendVerification(random.token(), to: id, email, firstName: user.firstName, tx)
        }
        try join(identity, sealed, to: id, client, tx)
        return id
    }

    /// Whoever registered this e-mail never showed that it is theirs; who logs in now has.
    private func takeOver(_ local: Credentials, _ email: String, _ tx: Transaction) throws {
        let now = time.now
        try UserQueries.setPassword("", of: local.id, at: now, tx)
        try dropForeignKeys(of: local.id, tx)
        try end(local.id, .socialTakeover, tx)
        _ = try UserQueries.verifyEmail(email, of: local.id, at: now, tx)
    }

    /// Takes off what somebody who never showed that the e-mail is theirs may have left on an account: a second factor
    /// that shuts its owner out, social accounts that open it.
    func dropForeignKeys(of user: UserID, _ tx: Transaction) throws {
        try TwoFactorQueries.remove(user, tx)
        try SocialQueries.deleteAll(of: user, tx)
    }

    private func link(
        _ identity: SocialIdentity, _ sealed: String, to caller: Identity, _ client: Client, _ tx: Transaction
    ) throws -> SocialAccount {
        guard let current = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
        if let known = try SocialQueries.find(identity.provider, identity.subject, tx) {
            guard known.user == caller.userID else { throw AccountsError.socialAccountTaken }
            return known
        }
        try join(identity, sealed, to: caller.userID, client, tx)
        try sendNotice(
            "social_account_added", to: current, with: ["provider": .string(identity.provider.rawValue)], tx)
        guard let made = try SocialQueries.find(identity.provider, identity.subject, tx) else { throw NotFound() }
        return made
    }

    private func join(
        _ identity: SocialIdentity, _ sealed: String, to user: UserID, _ client: Client, _ tx: Transaction
    ) throws {
        let profile = JSONValue.object([
            "first_name": .string(identity.firstName), "last_name": .string(identity.lastName),
            "email_verified": .bool(identity.isEmailVerified),
        ])
        do {
            try SocialQueries.insert(
                identity, for: user, accessToken: sealed,
                profile: String(decoding: try JSONBytes.encode(profile), as: UTF8.self), at: time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw AccountsError.socialAccountTaken
        }
        try noteEvent(.socialLinked, of: user, from: client, detail: identity.provider.rawValue, tx)
    }

    /// Parts a social account from its user, unless it is their only way in.
    ///
    /// - Throws: `NotFound`, `AccountsError.lastWayIn`, `SQLError`.
    func disconnect(_ provider: SocialProvider, of caller: Identity, from client: Client) async throws {
        try await write(as: caller) { tx in
            guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
            let all = try SocialQueries.all(of: known.id, tx)
            guard all.contains(where: { $0.provider == provider.rawValue }) else { throw NotFound() }
            if known.passwordHash.isEmpty, all.count < 2 { throw AccountsError.lastWayIn }
            _ = try SocialQueries.delete(provider, of: known.id, tx)
            try noteEvent(.socialUnlinked, of: known.id, from: client, detail: provider.rawValue, tx)
            try sendNotice("social_account_removed", to: known, with: ["provider": .string(provider.rawValue)], tx)
        }
    }
}

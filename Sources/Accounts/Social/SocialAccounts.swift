import Commerce
import Primitives
import SQL
import Web

/// Social accounts and whose they are.
struct SocialAccounts: Sendable {
    let core: AccountsCore
    let mail: AccountMail

    /// Finds the user of a social account, joining it to one or creating one where there is none.
    func owner(
        of identity: SocialIdentity, _ sealed: String, _ client: RequestOrigin, _ tx: Transaction
    ) throws -> UserID {
        if let known = try SocialQueries.find(identity.provider, identity.subject, tx) {
            try SocialQueries.refresh(known.id, identity, accessToken: sealed, at: core.time.now, tx)
            return known.user
        }
        guard let email = identity.email else {
            throw ValidationError("email", "The provider gives no e-mail address for this account.")
        }
        if let local = try UserQueries.credentials(email, tx).flatMap({ try UserQueries.lockCredentials($0.id, tx) }) {
            guard identity.isEmailVerified else { throw AccountsCore.takenEmail }
            if !local.isEmailVerified { try takeOver(local, email, tx) }
            try join(identity, sealed, to: local.id, client, tx)
            try core.sendNotice(
                "social_account_added", to: local, with: ["provider": .string(identity.provider.rawValue)], tx)
            return local.id
        }
        if core.isDenied(email) { throw ValidationError("email", AccountsCore.deniedEmail) }
        var user = NewUser(email: email, passwordHash: "")
        user.firstName = identity.firstName.prefix(scalars: 150)
        user.lastName = identity.lastName.prefix(scalars: 150)
        user.isEmailVerified = identity.isEmailVerified
        let id = try core.insert(user, orThrow: AccountsError.emailTaken, tx)
        try core.recordEvent(.registered, of: id, from: client, detail: identity.provider.rawValue, tx)
        try mail.sendWelcome(to: id, email, firstName: user.firstName, tx)
        if !user.isEmailVerified {
            try mail.sendVerification(core.random.token(), to: id, email, firstName: user.firstName, tx)
        }
        try join(identity, sealed, to: id, client, tx)
        return id
    }

    /// Takes an account over for who logs in and has shown that the e-mail is theirs, which the account never did. A
    /// second factor stays: only an account with a verified address could turn it on, and no mail takes it off either.
    private func takeOver(_ local: Credentials, _ email: String, _ tx: Transaction) throws {
        let now = core.time.now
        try UserQueries.setPassword("", of: local.id, at: now, tx)
        try SocialQueries.deleteAll(of: local.id, tx)
        try core.end(local.id, .socialTakeover, tx)
        _ = try UserQueries.verifyEmail(email, of: local.id, at: now, tx)
    }

    /// Joins a social account to the caller's, unless it is somebody else's.
    ///
    /// - Throws: `NotFound`, `AccountsError.socialAccountTaken`, `SQLError`.
    func link(
        _ identity: SocialIdentity, _ sealed: String, to caller: Identity, _ client: RequestOrigin, _ tx: Transaction
    ) throws -> SocialAccount {
        guard let current = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
        if let known = try SocialQueries.find(identity.provider, identity.subject, tx) {
            guard known.user == caller.userID else { throw AccountsError.socialAccountTaken }
            return known
        }
        try join(identity, sealed, to: caller.userID, client, tx)
        try core.sendNotice(
            "social_account_added", to: current, with: ["provider": .string(identity.provider.rawValue)], tx)
        guard let made = try SocialQueries.find(identity.provider, identity.subject, tx) else { throw NotFound() }
        return made
    }

    private func join(
        _ identity: SocialIdentity, _ sealed: String, to user: UserID, _ client: RequestOrigin, _ tx: Transaction
    ) throws {
        let profile = JSONValue.object([
            "first_name": .string(identity.firstName), "last_name": .string(identity.lastName),
            "email_verified": .bool(identity.isEmailVerified),
        ])
        do {
            try SocialQueries.insert(
                identity, for: user, accessToken: sealed,
                profile: String(decoding: try JSONBytes.encode(profile), as: UTF8.self), at: core.time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw AccountsError.socialAccountTaken
        }
        try core.recordEvent(.socialLinked, of: user, from: client, detail: identity.provider.rawValue, tx)
    }

    /// Lists the social accounts of a user.
    ///
    /// - Throws: `NotFound` beyond the last page, `SQLError`.
    func page(of user: UserID, _ page: PageRequest, _ call: APIRequest) async throws -> Page<SocialAccountBody> {
        let all = try await core.database.read { try SocialQueries.all(of: user, $0) }
        try page.check(all.count)
        let shown = all.dropFirst(page.offset).prefix(page.size)
        return try Page(shown.map(SocialAccountBody.init), count: all.count, page, of: call)
    }

    /// Parts a social account from its user, unless it is their only way in.
    ///
    /// - Throws: `NotFound`, `AccountsError.lastWayIn`, `SQLError`.
    func disconnect(_ provider: SocialProvider, of caller: Identity, from client: RequestOrigin) async throws {
        try await core.write(as: caller) { tx in
            guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
            let all = try SocialQueries.all(of: known.id, tx)
            guard all.contains(where: { $0.provider == provider.rawValue }) else { throw NotFound() }
            if known.passwordHash.isEmpty, all.count < 2 { throw AccountsError.lastWayIn }
            _ = try SocialQueries.delete(provider, of: known.id, tx)
            try core.recordEvent(.socialUnlinked, of: known.id, from: client, detail: provider.rawValue, tx)
            try core.sendNotice("social_account_removed", to: known, with: ["provider": .string(provider.rawValue)], tx)
        }
    }
}

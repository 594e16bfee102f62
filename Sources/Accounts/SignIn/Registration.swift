import Commerce
import Primitives
import SQL

/// A new user, with tokens unless the e-mail has to be verified first.
struct Registered: Sendable {
    let account: Account
    let tokens: TokenPair?
}

/// Making customers.
struct Registration: Sendable {
    let core: AccountsCore
    let sessions: Sessions
    let mail: AccountMail

    /// Makes a customer, welcomes them by mail and asks them to verify their e-mail.
    ///
    /// - Throws: `ValidationError`, `AccountsError.busy`, `SQLError`.
    func register(_ request: RegistrationRequest) async throws -> Registered {
        try check(request)
        if try await core.database.read({ try UserQueries.hasEmail(request.email, $0) }) {
            throw AccountsCore.takenEmail
        }
        let hash = try await core.hasher.hash(request.password)
        let (refresh, token) = (sessions.refreshID(), core.random.token())
        let (account, session) = try await core.database.write { tx in
            let id = try insert(request, hash, tx)
            if !request.username.isEmpty { try core.claim(request.username, for: id, tx) }
            try welcome(id, request, verification: token, tx)
            if core.configuration.requiresVerifiedEmail {
                guard let account = try UserQueries.account(id, tx) else { throw NotFound() }
                return (account, OpenedSession?.none)
            }
            let session = try sessions.open(id, refresh, cart: request.cart, from: request.client, in: tx)
            return (session.account, session)
        }
        guard let session else { return Registered(account: account, tokens: nil) }
        return Registered(account: account, tokens: try await sessions.sign(session).tokens)
    }

    private func check(_ request: RegistrationRequest) throws {
        var errors: [String: FieldErrors] = [:]
        if core.isDenied(request.email) { errors["email"] = .messages([AccountsCore.deniedEmail]) }
        let problems = PasswordRules.problems(
            with: request.password,
            of: .init(email: request.email, firstName: request.firstName, lastName: request.lastName))
        if !problems.isEmpty { errors["password"] = .messages(problems) }
        if !errors.isEmpty { throw ValidationError(.members(errors)) }
    }

    private func insert(_ request: RegistrationRequest, _ hash: String, _ tx: Transaction) throws -> UserID {
        var user = NewUser(email: request.email, passwordHash: hash)
        user.firstName = request.firstName
        user.lastName = request.lastName
        user.phoneNumber = request.phoneNumber
        return try core.insert(user, orThrow: AccountsCore.takenEmail, tx)
    }

    private func welcome(
        _ id: UserID, _ request: RegistrationRequest, verification token: String, _ tx: Transaction
    ) throws {
        // Whoever registers and deletes again and again must not fill somebody's inbox: the account is made all the
        // same, and the mail can be asked for later.
        do {
            try core.countRequest(.registration, AccountKey(email: request.email), tx)
        } catch AccountsError.throttled {
            return
        }
        try mail.sendWelcome(to: id, request.email, firstName: request.firstName, tx)
        try mail.sendVerification(token, to: id, request.email, firstName: request.firstName, tx)
    }
}

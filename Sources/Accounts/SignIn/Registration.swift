import Commerce
import Primitives
import SQL

/// A new user, with tokens unless the e-mail has to be verified first.
struct Registered: Sendable {
    let account: Account
    let tokens: TokenPair?
}

extension AccountsService {
    static let takenEmail = ValidationError("email", "A user with that email already exists.")
    static let takenUsername = ValidationError("username", "A user with that username already exists.")

    /// Makes a customer, welcomes them by mail and asks them to verify their e-mail.
    ///
    /// - Throws: `ValidationError`, `AccountsError.busy`, `SQLError`.
    func register(_ request: RegistrationRequest) async throws -> Registered {
        try check(request)
        if try await database.read({ try UserQueries.hasEmail(request.email, $0) }) { throw Self.takenEmail }
        let hash = try await passwords.hash(request.password)
        let (refresh, token) = (mint.refreshID(), random.token())
        let (account, session) = try await database.write { tx in
            let id = try insert(request, hash, tx)
            if !request.username.isEmpty { try claim(request.username, for: id, tx) }
            try welcome(id, request, verification: token, tx)
            if configuration.requiresVerifiedEmail {
                guard let account = try UserQueries.account(id, tx) else { throw NotFound() }
                return (account, OpenedSession?.none)
            }
            let session = try openSession(id, refresh, cart: request.cart, from: request.client, in: tx)
            return (session.account, session)
        }
        guard let session else { return Registered(account: account, tokens: nil) }
        return Registered(account: account, tokens: try await sign(session).tokens)
    }

    private func check(_ request: RegistrationRequest) throws {
        var errors: [String: FieldErrors] = [:]
        if isDenied(request.email) { errors["email"] = .messages(["Addresses of this domain are not accepted."]) }
        let problems = PasswordRules.problems(
            with: request.password,
            of: .init(email: request.email, firstName: request.firstName, lastName: request.lastName))
        if !problems.isEmpty { errors["password"] = .messages(problems) }
        if !errors.isEmpty { throw ValidationError(.members(errors)) }
    }

    /// Whether the domain of `email`, or one above it, may not register.
    func isDenied(_ email: String) -> Bool {
        guard let domain = EmailAddress(email)?.domain, domain != ErasureQueries.nowhere else { return true }
        return configuration.deniedEmailDomains.contains { domain == $0 || domain.ends(with: "." + $0) }
    }

    private func insert(_ request: RegistrationRequest, _ hash: String, _ tx: Transaction) throws -> UserID {
        var user = NewUser(email: request.email, passwordHash: hash)
        user.firstName = request.firstName
        user.lastName = request.lastName
        user.phoneNumber = request.phoneNumber
        do {
            return try UserQueries.insert(user, at: time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.takenEmail
        }
    }

    /// Gives `user` the username, or frees the one they had where it is empty.
    ///
    /// - Throws: `ValidationError` where somebody else has it, `SQLError`.
    func claim(_ username: String, for user: UserID, _ tx: Transaction) throws {
        do {
            try UserQueries.setUsername(username, of: user, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.takenUsername
        }
    }

    private func welcome(
        _ id: UserID, _ request: RegistrationRequest, verification token: String, _ tx: Transaction
    ) throws {
        // Whoever registers and deletes again and again must not fill somebody's inbox: the account is made all the same,
        // and the mail can be asked for later.
        do {
            try countRequest(.registration, AccountKey(email: request.email), tx)
        } catch AccountsError.throttled {
            return
        }
        try sendWelcome(to: id, request.email, firstName: request.firstName, tx)
        try sendVerification(token, to: id, request.email, firstName: request.firstName, tx)
    }
}

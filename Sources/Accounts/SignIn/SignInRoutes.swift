import Commerce
import HTTPTypes
import Primitives
import Web

/// Registration, login, logout and tokens.
struct SignInRoutes: Sendable {
    let core: AccountsCore
    let registration: Registration
    let signIn: SignIn
    let sessions: Sessions

    var group: EndpointGroup {
        EndpointGroup(
            "Sign-in", "Registration, login and tokens.", [registering, loggingIn, refreshing, loggingOut, verifying])
    }

    private var registering: Endpoint {
        Endpoint(
            .post, "/api/auth/register/", "Registers a customer.", access: .anyone, status: .created, use: register
        )
        .refusing(.tooManyRequests)
        .limited(core.limits.registrationsByAddress, name: "register")
    }

    private var loggingIn: Endpoint {
        Endpoint(.post, "/api/auth/login/", "Logs in by e-mail and password.", access: .anyone, use: logIn)
            .refusing(.unauthorized, .tooManyRequests)
    }

    private var refreshing: Endpoint {
        Endpoint(.post, "/api/auth/refresh/", "Takes a refresh token for a new pair.", access: .anyone, use: refresh)
            .refusing(.unauthorized)
    }

    private var loggingOut: Endpoint {
        Endpoint(.post, "/api/auth/logout/", "Ends a session.", access: .optionalUser, use: logOut)
            .refusing(.unauthorized)
    }

    private var verifying: Endpoint {
        Endpoint(.post, "/api/auth/token/verify/", "Tells whether a token is good.", access: .anyone, use: verify)
            .refusing(.unauthorized)
    }

    private func register(_ call: APIRequest, _ input: RegisterInput) async throws -> Reply<RegisterBody> {
        let made = try await registration.register(input.request(call, from: core.client(call)))
        return .unstored(
            RegisterBody(
                user: UserBody(made.account, baseURL: call.baseURL), access: made.tokens?.access,
                refresh: made.tokens?.refresh))
    }

    private func logIn(_ call: APIRequest, _ input: LoginInput) async throws -> Reply<LoginResultBody> {
        let result = try await signIn.logIn(input.attempt(call, from: core.client(call)))
        return .unstored(LoginResultBody(result, baseURL: call.baseURL))
    }

    private func refresh(_ call: APIRequest, _ input: RefreshInput) async throws -> Reply<RefreshBody> {
        let pair = try await sessions.refresh(input.refresh)
        return .unstored(RefreshBody(access: pair.access, refresh: pair.refresh))
    }

    private func logOut(_ call: APIRequest, _ input: LogoutInput) async throws -> Detail {
        try await sessions.logOut(call.identity, refresh: input.refresh)
        return Detail("Successfully logged out.")
    }

    private func verify(_ call: APIRequest, _ input: TokenInput) async throws -> VerifiedBody {
        try await sessions.check(input.token)
        return VerifiedBody()
    }
}

extension Reply {
    /// Returns an answer that no cache may keep: it holds tokens.
    static func unstored(_ value: Output) -> Reply { Reply(value, headers: [.cacheControl: "no-store"]) }
}

extension Endpoint {
    /// Limits this endpoint to `count` requests an hour from one address; to none where it is nil.
    func limited(_ count: Int?, name: String) -> Endpoint {
        count.map { limited(.perAddress($0, per: .hours(1), name: name)) } ?? self
    }
}

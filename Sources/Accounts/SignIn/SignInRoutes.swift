import Commerce
import HTTPTypes
import Primitives
import Web

/// Getting in and out: registration, login, tokens.
struct SignInRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [register, login, refresh, logout, verify] }

    private var register: Endpoint {
        Endpoint(.post, "/api/auth/register/", "Register a customer.", access: .anyone, status: .created) {
            (call: APIRequest, input: RegisterInput) -> Reply<RegisterBody> in
            let made = try await accounts.register(input.request(call, accounts))
            return .unstored(
                RegisterBody(
                    user: UserBody(made.account, baseURL: call.baseURL), access: made.tokens?.access,
                    refresh: made.tokens?.refresh))
        }
        .refusing(.tooManyRequests)
        .limited(accounts.configuration.limits.registrationsByAddress, name: "register")
    }

    private var login: Endpoint {
        Endpoint(.post, "/api/auth/login/", "Log in by e-mail and password.", access: .anyone) {
            (call: APIRequest, input: LoginInput) -> Reply<LoginResultBody> in
            .unstored(
                LoginResultBody(try await accounts.logIn(input.attempt(call, accounts)), baseURL: call.baseURL))
        }
        .refusing(.unauthorized, .tooManyRequests)
    }

    private var refresh: Endpoint {
        Endpoint(.post, "/api/auth/refresh/", "Take a refresh token for a new pair.", access: .anyone) {
            (_: APIRequest, input: RefreshInput) -> Reply<RefreshBody> in
            let pair = try await accounts.refresh(input.refresh)
            return .unstored(RefreshBody(access: pair.access, refresh: pair.refresh))
        }
        .refusing(.unauthorized)
    }

    private var logout: Endpoint {
        Endpoint(.post, "/api/auth/logout/", "End a session.", access: .anyoneKnown) {
            (call: APIRequest, input: LogoutInput) -> Detail in
            try await accounts.logOut(call.identity, refresh: input.refresh)
            return Detail("Successfully logged out.")
        }
        .refusing(.unauthorized)
    }

    private var verify: Endpoint {
        Endpoint(.post, "/api/auth/token/verify/", "Whether a token is good.", access: .anyone) {
            (_: APIRequest, input: TokenInput) -> VerifiedBody in
            try await accounts.check(input.token)
            return VerifiedBody()
        }
        .refusing(.unauthorized)
    }
}

extension Reply {
    /// An answer that no cache may keep: it holds tokens.
    static func unstored(_ value: Output) -> Reply { Reply(value, headers: [.cacheControl: "no-store"]) }
}

extension Endpoint {
    /// This endpoint with at most `count` requests an hour from one address; with no limit where it is nil.
    func limited(_ count: Int?, name: String) -> Endpoint {
        count.map { limited(.perAddress($0, per: .hours(1), name: name)) } ?? self
    }
}

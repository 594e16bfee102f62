import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Logging in with a provider.
struct SocialRoutes: Sendable {
    let core: AccountsCore
    let social: SocialLogin

    var group: EndpointGroup {
        EndpointGroup(
            "Social login", "Login with accounts of other providers.",
            SocialProvider.allCases.map(loggingIn) + [listing, disconnecting])
    }

    private func loggingIn(_ provider: SocialProvider) -> Endpoint {
        Endpoint(
            .post, "/api/auth/social/\(provider.rawValue)/",
            "Logs in or registers with \(provider.rawValue); a caller who is logged in joins the account to theirs.",
            access: .optionalUser
        ) { try await logIn($0, $1, with: provider) }
        .refusing(.unauthorized, .forbidden, .conflict, .tooManyRequests, .serviceUnavailable)
        .limited(core.limits.guessesByAddress, name: "social")
    }

    private var listing: Endpoint {
        Endpoint(
            .get, "/api/auth/social/accounts/", "Lists the social accounts of the caller.", access: .user, use: list
        )
        .refusing(.notFound)
    }

    private var disconnecting: Endpoint {
        Endpoint(
            .delete, "/api/auth/social/{provider}/disconnect/", "Parts a social account from the caller's.",
            access: .user, status: .noContent, use: disconnect
        )
        .refusing(.forbidden, .notFound, .conflict, .tooManyRequests)
    }

    private func logIn(
        _ call: APIRequest, _ input: SocialInput, with provider: SocialProvider
    ) async throws -> Reply<SocialLoginBody> {
        let client = core.client(call)
        let identity = try await social.verifier.identity(provider, input.proof)
        if let caller = call.identity {
            try await social.presence.confirm(caller, password: input.password, code: input.code, from: client)
        }
        let outcome = try await social.logIn(
            identity, caller: call.identity, cart: input.sessionKey ?? call.sessionKey, from: client)
        return .unstored(SocialLoginBody(outcome, baseURL: call.baseURL))
    }

    private func list(_ call: APIRequest, _ input: PageInput) async throws -> Page<SocialAccountBody> {
        try await social.accounts.page(of: call.caller().userID, input.page, call)
    }

    private func disconnect(_ call: APIRequest, _ input: ConfirmInput) async throws -> NoContent {
        guard let provider = SocialProvider(rawValue: try call.text("provider")) else { throw NotFound() }
        let (caller, client) = (try call.caller(), core.client(call))
        try await social.presence.confirm(caller, password: input.password, code: input.code, from: client)
        try await social.accounts.disconnect(provider, of: caller, from: client)
        return NoContent()
    }
}

/// What a provider has given to the client.
struct SocialInput: Input {
    let proof: SocialProof
    /// What a caller who is logged in may be asked for.
    let password: String?
    /// The code of a second factor. Providers send codes of their own under this name, which are long and not meant.
    let code: String?
    let sessionKey: SessionKey?

    init(_ fields: Fields) {
        proof = SocialProof(
            idToken: fields.optionalString("id_token", length: 0...10_000),
            accessToken: fields.optionalString("access_token", length: 0...10_000),
            nonce: fields.optionalString("nonce", length: 0...255))
        password = fields.optionalString("password", length: 0...10_000, trims: false)
        code = fields.optionalString("code", length: 0...10_000).flatMap { $0.utf8.count <= 20 ? $0 : nil }
        sessionKey = fields.optionalString("session_key").flatMap { SessionKey($0) }
    }
}

/// Tokens, a challenge, or the account that was joined.
struct SocialLoginBody: PartialBody {
    static let leftOut = LoginResultBody.leftOut.union(["account"])

    let login: LoginResultBody?
    let account: SocialAccountBody?

    private enum CodingKeys: CodingKey {
        case account
    }

    init(_ outcome: SocialLogin.Outcome, baseURL: String) {
        switch outcome {
        case .login(let result): (login, account) = (LoginResultBody(result, baseURL: baseURL), nil)
        case .linked(let linked): (login, account) = (nil, SocialAccountBody(linked))
        }
    }

    init(from decoder: any Decoder) throws {
        login = try LoginResultBody(from: decoder)
        account = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
            SocialAccountBody.self, forKey: .account)
    }

    /// Writes one object that leaves out what is nil instead of writing null.
    func encode(to encoder: any Encoder) throws {
        try login?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let account { try container.encode(account, forKey: .account) }
    }
}

/// A social account of a user; its tokens are nobody's to see.
struct SocialAccountBody: ResponseBody {
    let id: Int64
    let provider: String
    let providerUserID: String
    let email: String?
    let createdAt: Timestamp

    init(_ account: SocialAccount) {
        id = account.id
        provider = account.provider
        providerUserID = account.subject
        email = account.email.isEmpty ? nil : account.email
        createdAt = account.createdAt
    }
}

import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Logging in with a provider.
struct SocialRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { SocialProvider.allCases.map(login) + [list, disconnect] }

    private func login(_ provider: SocialProvider) -> Endpoint {
        Endpoint(
            .post, "/api/auth/social/\(provider.rawValue)/",
            "Log in or register with \(provider.rawValue); a caller who is logged in joins the account to theirs.",
            access: .anyoneKnown
        ) { (call: APIRequest, input: SocialInput) -> Reply<SocialLoginBody> in
            let identity = try await accounts.social.identity(provider, input.proof)
            let result = try await accounts.socialLogin(
                identity, caller: call.identity, cart: input.sessionKey ?? call.sessionKey,
                from: accounts.client(call))
            return .unstored(SocialLoginBody(result, baseURL: call.baseURL))
        }
        .refusing(.unauthorized, .conflict, .tooManyRequests, .serviceUnavailable)
        .limited(accounts.configuration.limits.guessesByAddress, name: "social")
    }

    private var list: Endpoint {
        Endpoint(.get, "/api/auth/social/accounts/", "The social accounts of the caller.", access: .user) {
            (call: APIRequest, input: PageInput) -> Page<SocialAccountBody> in
            let user = try call.caller().userID
            let all = try await accounts.database.read { try SocialQueries.all(of: user, $0) }
            try input.page.check(all.count)
            let shown = all.dropFirst(input.page.offset).prefix(input.page.size)
            return try Page(shown.map(SocialAccountBody.init), count: all.count, input.page, of: call)
        }
        .refusing(.notFound)
    }

    private var disconnect: Endpoint {
        Endpoint(
            .delete, "/api/auth/social/{provider}/disconnect/", "Part a social account from the caller's.",
            access: .user, status: .noContent, in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            guard let provider = SocialProvider(rawValue: try call.text("provider")) else { throw NotFound() }
            try accounts.disconnect(provider, of: try call.caller(), from: accounts.client(call), in: tx)
            return NoContent()
        }
        .refusing(.notFound, .conflict)
    }
}

/// What a provider has given to the client.
struct SocialInput: Input {
    let proof: SocialProof
    let sessionKey: SessionKey?

    init(_ fields: Fields) {
        proof = SocialProof(
            idToken: fields.optionalString("id_token", length: 0...10_000),
            accessToken: fields.optionalString("access_token", length: 0...10_000),
            nonce: fields.optionalString("nonce", length: 0...255))
        sessionKey = fields.optionalString("session_key").flatMap { SessionKey($0) }
    }
}

/// Tokens, a challenge, or the account that was joined.
struct SocialLoginBody: ResponseBody {
    let access: String?
    let refresh: String?
    let user: UserBody?
    let requires2FA: Bool?
    let challengeToken: String?
    let account: SocialAccountBody?

    enum CodingKeys: String, CodingKey {
        case access, refresh, user
        case requires2FA = "requires_2fa"
        case challengeToken = "challenge_token"
        case account
    }

    init(_ result: AccountsService.SocialResult, baseURL: String) {
        switch result {
        case .login(let login):
            let body = LoginResultBody(login, baseURL: baseURL)
            (access, refresh, user) = (body.access, body.refresh, body.user)
            (requires2FA, challengeToken, account) = (body.requires2FA, body.challengeToken, nil)
        case .linked(let linked):
            (access, refresh, user, requires2FA, challengeToken) = (nil, nil, nil, nil, nil)
            account = SocialAccountBody(linked)
        }
    }

    /// What there is not is left out, not null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let access { try container.encode(access, forKey: .access) }
        if let refresh { try container.encode(refresh, forKey: .refresh) }
        if let user { try container.encode(user, forKey: .user) }
        if let requires2FA { try container.encode(requires2FA, forKey: .requires2FA) }
        if let challengeToken { try container.encode(challengeToken, forKey: .challengeToken) }
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

    enum CodingKeys: String, CodingKey {
        case id, provider
        case providerUserID = "provider_user_id"
        case email
        case createdAt = "created_at"
    }

    init(_ account: SocialAccount) {
        id = account.id
        provider = account.provider
        providerUserID = account.subject
        email = account.email.isEmpty ? nil : account.email
        createdAt = account.createdAt
    }
}

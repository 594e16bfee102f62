import Web

/// Tokens with their user: what a login answers.
struct LoginBody: ResponseBody {
    let access: String
    let refresh: String
    let user: UserBody

    init(_ session: SignedIn, baseURL: String) {
        access = session.tokens.access
        refresh = session.tokens.refresh
        user = UserBody(session.account, baseURL: baseURL)
    }
}

/// What a login answers: tokens with their user, or with two factors on a challenge.
struct LoginResultBody: PartialBody {
    static let leftOut: Set<String> = ["access", "refresh", "user", "requires_2fa", "challenge_token"]

    let access: String?
    let refresh: String?
    let user: UserBody?
    let requires2FA: Bool?
    let challengeToken: String?

    enum CodingKeys: String, CodingKey {
        case access, refresh, user
        case requires2FA = "requires_2fa"
        case challengeToken
    }

    init(_ result: LoginResult, baseURL: String) {
        switch result {
        case .session(let session):
            let body = LoginBody(session, baseURL: baseURL)
            (access, refresh, user) = (body.access, body.refresh, body.user)
            (requires2FA, challengeToken) = (nil, nil)
        case .challenge(let token):
            (access, refresh, user) = (nil, nil, nil)
            (requires2FA, challengeToken) = (true, token)
        }
    }

    /// Leaves out what is nil instead of writing null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let access { try container.encode(access, forKey: .access) }
        if let refresh { try container.encode(refresh, forKey: .refresh) }
        if let user { try container.encode(user, forKey: .user) }
        if let requires2FA { try container.encode(requires2FA, forKey: .requires2FA) }
        if let challengeToken { try container.encode(challengeToken, forKey: .challengeToken) }
    }
}

/// A new user, with tokens unless the e-mail has to be verified first.
struct RegisterBody: PartialBody {
    static let leftOut: Set<String> = ["access", "refresh"]

    let user: UserBody
    let access: String?
    let refresh: String?

    /// Leaves out tokens that are nil instead of writing null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(user, forKey: .user)
        if let access { try container.encode(access, forKey: .access) }
        if let refresh { try container.encode(refresh, forKey: .refresh) }
    }
}

/// The next pair of tokens.
struct RefreshBody: ResponseBody {
    let access: String
    let refresh: String
}

/// `{}`: the token is good.
struct VerifiedBody: ResponseBody {
    private enum CodingKeys: CodingKey {}

    init() {}

    init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: CodingKeys.self)
    }

    func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: CodingKeys.self)
    }
}

import Web

/// Tokens with their user: what a login answers.
struct LoginBody: ResponseBody {
    let access: String
    let refresh: String
    let user: UserBody
}

/// A new user, with tokens unless the e-mail has to be verified first.
struct RegisterBody: ResponseBody {
    let user: UserBody
    let access: String?
    let refresh: String?

    /// Tokens that there are not are left out, not null.
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

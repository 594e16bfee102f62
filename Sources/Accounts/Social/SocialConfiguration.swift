import Commerce
import SQL

/// Who people may log in with.
public enum SocialProvider: String, WireEnum {
    case google
    case facebook
    case apple
}

/// A provider that signs identity tokens (OpenID Connect).
public struct OIDCProvider: Sendable {
    public let name: SocialProvider
    /// The client ids that a token may be for.
    public let audiences: [String]
    public let issuers: [String]
    /// Where its keys are (RFC 7517).
    public let keysURL: String

    public init(name: SocialProvider, audiences: [String], issuers: [String], keysURL: String) {
        self.name = name
        self.audiences = audiences
        self.issuers = issuers
        self.keysURL = keysURL
    }
}

/// The shop's app at Facebook.
public struct FacebookApp: Sendable {
    public let id: String
    public let secret: String
    /// Where the Graph API is, without a final slash.
    public let base: String

    public init(id: String, secret: String, base: String) {
        self.id = id
        self.secret = secret
        self.base = base
    }
}

/// The providers that this installation is set up for.
public struct SocialConfiguration: Sendable {
    public var google: OIDCProvider?
    public var apple: OIDCProvider?
    public var facebook: FacebookApp?

    public init() {}
}

/// Who a provider says somebody is.
struct SocialIdentity: Sendable, Hashable {
    let provider: SocialProvider
    /// The provider's own id of the person.
    let subject: String
    /// Lower case; nil where the provider gives none.
    let email: String?
    /// Whether the provider vouches for the e-mail.
    let isEmailVerified: Bool
    let firstName: String
    let lastName: String
    /// The token that it was read from, where it can be used again.
    let accessToken: String?
    let expiresAt: Int64?
}

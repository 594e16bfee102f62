import Commerce
import SQL

/// The providers that people may log in with.
public enum SocialProvider: String, WireEnum {
    case google
    case facebook
    case apple
}

/// A provider that signs identity tokens (OpenID Connect).
public struct OIDCProvider: Sendable {
    /// The provider that accounts joined through it are stored under.
    public let name: SocialProvider
    /// The client ids that a token may be for.
    public let audiences: [String]
    /// The values of `iss` that its tokens may have.
    public let issuers: [String]
    /// The address of its JSON Web Key Set (RFC 7517).
    public let keysURL: String

    /// Creates a provider; its keys are fetched at the first login.
    public init(name: SocialProvider, audiences: [String], issuers: [String], keysURL: String) {
        self.name = name
        self.audiences = audiences
        self.issuers = issuers
        self.keysURL = keysURL
    }
}

/// The shop's app at Facebook.
public struct FacebookApp: Sendable {
    /// The app id, which tokens of users must name.
    public let id: String
    /// The app secret, sent to the Graph API alone.
    public let secret: String
    /// Where the Graph API is, without a final slash.
    public let base: String

    /// Creates the app from its id and secret as Facebook shows them.
    public init(id: String, secret: String, base: String) {
        self.id = id
        self.secret = secret
        self.base = base
    }
}

/// The providers that this installation is set up for.
public struct SocialConfiguration: Sendable {
    /// Nil without `GOOGLE_CLIENT_ID`: no login with Google.
    public var google: OIDCProvider?
    /// Nil without `APPLE_CLIENT_ID`: no login with Apple.
    public var apple: OIDCProvider?
    /// Nil without `FACEBOOK_APP_ID` and `FACEBOOK_APP_SECRET`: no login with Facebook.
    public var facebook: FacebookApp?

    /// Creates a configuration that offers no provider.
    public init() {}
}

/// The person that a provider vouches for.
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

import Commerce
import JWTKit
import Primitives

/// What a token says: simplejwt's claims and the session behind it.
struct TokenClaims: JWTPayload, Hashable {
    enum Kind: String, Codable, Sendable {
        case access
        case refresh
    }

    let kind: Kind
    /// Seconds since 1970.
    let expiresAt: Int64
    /// Seconds since 1970.
    let issuedAt: Int64
    /// Unguessable and never the same twice.
    let id: String
    let userID: UserID
    let sessionID: SessionID

    enum CodingKeys: String, CodingKey {
        case kind = "token_type"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case id = "jti"
        case userID = "user_id"
        case sessionID = "sid"
    }

    /// Checks nothing: the expiry is compared by the reader, whose clock may be a moved one.
    func verify(using algorithm: some JWTAlgorithm) {}

    func isExpired(at now: Timestamp) -> Bool { now.seconds >= expiresAt }
}

/// The tokens that a login, a registration or a refresh gives.
public struct TokenPair: Sendable, Hashable {
    /// A JWT (HS256) sent as `Authorization: Bearer`, good for ``AccountsConfiguration/accessLifetime``.
    public let access: String
    /// A JWT (HS256) that is exchanged once for the next pair, good for ``AccountsConfiguration/refreshLifetime``.
    public let refresh: String
}

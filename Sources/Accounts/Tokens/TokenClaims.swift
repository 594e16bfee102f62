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

    /// The time is looked at by the reader, whose clock may be a moved one.
    func verify(using algorithm: some JWTAlgorithm) {}

    func isExpired(at now: Timestamp) -> Bool { now.seconds >= expiresAt }
}

/// The tokens that a login, a registration or a refresh gives.
public struct TokenPair: Sendable, Hashable {
    public let access: String
    public let refresh: String
}

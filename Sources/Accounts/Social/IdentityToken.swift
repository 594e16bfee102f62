import JWTKit
import Primitives

/// The claims of an identity token (OpenID Connect Core, section 2) that matter here.
struct IdentityClaims: JWTPayload {
    let issuer: String
    let audiences: [String]
    let authorizedParty: String?
    let subject: String
    let expiresAt: Double
    let issuedAt: Double
    let notBefore: Double?
    let nonce: String?
    let email: String?
    let isEmailVerified: Bool
    let givenName: String?
    let familyName: String?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audiences = "aud"
        case authorizedParty = "azp"
        case subject = "sub"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case notBefore = "nbf"
        case nonce, email
        case isEmailVerified = "email_verified"
        case givenName = "given_name"
        case familyName = "family_name"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try container.decode(String.self, forKey: .issuer)
        if let one = try? container.decode(String.self, forKey: .audiences) {
            audiences = [one]
        } else {
            audiences = try container.decode([String].self, forKey: .audiences)
        }
        authorizedParty = try container.decodeIfPresent(String.self, forKey: .authorizedParty)
        subject = try container.decode(String.self, forKey: .subject)
        expiresAt = try container.decode(Double.self, forKey: .expiresAt)
        issuedAt = try container.decode(Double.self, forKey: .issuedAt)
        notBefore = try container.decodeIfPresent(Double.self, forKey: .notBefore)
        nonce = try container.decodeIfPresent(String.self, forKey: .nonce)
        email = try container.decodeIfPresent(String.self, forKey: .email)
        // Apple writes the truth as a text.
        if let text = try? container.decode(String.self, forKey: .isEmailVerified) {
            isEmailVerified = text == "true"
        } else {
            isEmailVerified = try container.decodeIfPresent(Bool.self, forKey: .isEmailVerified) ?? false
        }
        givenName = try container.decodeIfPresent(String.self, forKey: .givenName)
        familyName = try container.decodeIfPresent(String.self, forKey: .familyName)
    }

    /// Required by `JWTPayload`; claims are only read.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(audiences, forKey: .audiences)
        try container.encode(subject, forKey: .subject)
        try container.encode(expiresAt, forKey: .expiresAt)
        try container.encode(issuedAt, forKey: .issuedAt)
    }

    /// Checks nothing: ``isFor(_:nonce:at:)`` compares the claims, by a clock that may be a moved one.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// Returns whether the token is from this provider, for us, for this login and for this moment; clocks may differ
    /// by a minute.
    func isFor(_ provider: OIDCProvider, nonce expected: String?, at now: Timestamp) -> Bool {
        let (moment, leeway) = (Double(now.seconds), 60.0)
        let isOurs = !audiences.isEmpty && audiences.allSatisfy { provider.audiences.contains($0) }
        let isTimely =
            moment < expiresAt + leeway && issuedAt <= moment + leeway && issuedAt < expiresAt
            && (notBefore ?? 0) <= moment + leeway
        // Apple's apps put the hash of the nonce into the request, and so into the token.
        let isOfLogin = nonce == expected || expected.map { nonce == Digest.hex($0) } ?? false
        return provider.issuers.contains(issuer) && isOurs && isTimely && isOfLogin
            && (authorizedParty.map { provider.audiences.contains($0) } ?? true)
            && !subject.isEmpty && subject.utf8.count <= 200
    }
}

/// The head of a token (RFC 7515, section 4.1).
struct TokenHead: Sendable, Hashable {
    let algorithm: String
    let keyID: String

    /// Reads the head of a token; nil where that has not three parts, or its head names no algorithm or key.
    init?(of token: String) {
        let parts = token.cut(at: ".")
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }), let bytes = Base64URL.decode(String(parts[0])),
            let head = try? JSONValue(parsing: bytes), case .string(let algorithm) = head["alg"],
            case .string(let key) = head["kid"], head["crit"] == nil
        else { return nil }
        self.algorithm = algorithm
        keyID = key
    }
}

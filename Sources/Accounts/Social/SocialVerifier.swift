import Commerce
import JWTKit
import Outbound
import Primitives

/// Asks providers who somebody is.
struct SocialVerifier: Sendable {
    static let badToken = ValidationError("id_token", "This token is invalid or has expired.")
    static let badAccessToken = ValidationError("access_token", "This token is invalid or has expired.")
    private static let maxToken = 8_192

    private let configuration: SocialConfiguration
    private let client: HTTPClient?
    private let time: TimeSource
    private let googleKeys: SigningKeys?
    private let appleKeys: SigningKeys?

    init(_ configuration: SocialConfiguration, client: HTTPClient?, time: TimeSource) {
        self.configuration = configuration
        self.client = client
        self.time = time
        func keys(_ provider: OIDCProvider?) -> SigningKeys? {
            guard let provider, let client else { return nil }
            return SigningKeys(url: provider.keysURL, client: client, time: time)
        }
        googleKeys = keys(configuration.google)
        appleKeys = keys(configuration.apple)
    }

    /// Returns the person that a token names.
    ///
    /// - Throws: `ValidationError` for a token that is not good, `AccountsError.providerUnavailable`,
    ///   `AccountsError.providerNotConfigured`.
    func identity(_ provider: SocialProvider, _ proof: SocialProof) async throws -> SocialIdentity {
        switch provider {
        case .google: try await identity(configuration.google, googleKeys, proof)
        case .apple: try await identity(configuration.apple, appleKeys, proof)
        case .facebook: try await facebook(proof)
        }
    }

    private func identity(
        _ provider: OIDCProvider?, _ keys: SigningKeys?, _ proof: SocialProof
    ) async throws -> SocialIdentity {
        guard let provider, let keys else { throw AccountsError.providerNotConfigured }
        guard let token = proof.idToken else { throw ValidationError("id_token", "This field is required.") }
        guard token.utf8.count <= Self.maxToken, let head = TokenHead(of: token), head.algorithm == "RS256",
            let collection = try await keys.keys(with: head.keyID),
            let claims = try? await collection.verify(token, as: IdentityClaims.self),
            claims.isFor(provider, nonce: proof.nonce, at: time.now)
        else { throw Self.badToken }
        return SocialIdentity(
            provider: provider.name, subject: claims.subject, email: claims.email.flatMap { EmailAddress($0)?.text },
            isEmailVerified: claims.isEmailVerified, firstName: claims.givenName ?? "",
            lastName: claims.familyName ?? "", accessToken: proof.accessToken, expiresAt: nil)
    }

    /// Checks a token by Facebook's debug-token call, then reads the profile
    /// (https://developers.facebook.com/docs/facebook-login/guides/%20access-tokens/debugging).
    private func facebook(_ proof: SocialProof) async throws -> SocialIdentity {
        guard let app = configuration.facebook, let client else { throw AccountsError.providerNotConfigured }
        guard let token = proof.accessToken else { throw ValidationError("access_token", "This field is required.") }
        guard token.utf8.count <= Self.maxToken else { throw Self.badAccessToken }
        let graph = FacebookGraph(app: app, client: client)
        let data = try await graph.debug(token)
        guard data["is_valid"] == .bool(true), data.text("app_id") == app.id, data.text("type") ?? "USER" == "USER",
            let user = data.text("user_id"), !user.isEmpty, !data.isPast("expires_at", time.now)
        else { throw Self.badAccessToken }
        let profile = try await graph.profile(token)
        guard profile.text("id") == user else { throw Self.badAccessToken }
        return SocialIdentity(
            provider: .facebook, subject: user, email: profile.text("email").flatMap { EmailAddress($0)?.text },
            // Facebook gives an e-mail only once it was confirmed there.
            isEmailVerified: profile.text("email") != nil, firstName: profile.text("first_name") ?? "",
            lastName: profile.text("last_name") ?? "", accessToken: token, expiresAt: data.seconds("expires_at"))
    }
}

/// What somebody shows of themself.
struct SocialProof: Sendable {
    let idToken: String?
    let accessToken: String?
    let nonce: String?
}

/// The two calls of Facebook's Graph API that a login needs.
private struct FacebookGraph {
    let app: FacebookApp
    let client: HTTPClient

    func debug(_ token: String) async throws -> JSONValue {
        let query =
            "input_token=\(PercentText.encoded(token))&access_token=\(PercentText.encoded(app.id + "|" + app.secret))"
        return try await get("debug_token?" + query)["data"] ?? .null
    }

    func profile(_ token: String) async throws -> JSONValue {
        let proof = Hex.encode(Digest.hmac(Array(token.utf8), key: Array(app.secret.utf8)))
        return try await get(
            "me?fields=id,email,first_name,last_name&access_token=\(PercentText.encoded(token))&appsecret_proof=\(proof)"
        )
    }

    private func get(_ target: String) async throws -> JSONValue {
        let answer: OutboundResponse
        do {
            answer = try await client.send(
                OutboundRequest("GET", app.base + "/" + target, timeout: .seconds(10), maxResponseBytes: 256 << 10))
        } catch is OutboundError {
            throw AccountsError.providerUnavailable
        }
        if answer.status >= 500 { throw AccountsError.providerUnavailable }
        guard answer.status == 200, let json = try? JSONValue(parsing: answer.body) else {
            throw SocialVerifier.badAccessToken
        }
        return json
    }
}

extension JSONValue {
    fileprivate func text(_ key: String) -> String? {
        switch self[key] {
        case .string(let text): text
        case .number(let digits): digits
        default: nil
        }
    }

    /// Reads seconds since 1970; nil for 0, by which Facebook means never.
    fileprivate func seconds(_ key: String) -> Int64? {
        text(key).flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    fileprivate func isPast(_ key: String, _ now: Timestamp) -> Bool { seconds(key).map { $0 <= now.seconds } ?? false }
}

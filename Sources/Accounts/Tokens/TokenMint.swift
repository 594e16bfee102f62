import Commerce
import JWTKit
import Primitives

/// Signs and reads tokens: JWT (RFC 7519) by HS256.
struct TokenMint: Sendable {
    /// A refresh token before it is signed: its id is stored, hashed, before anyone gets the token.
    struct RefreshID: Sendable {
        let text: String

        /// What a session keeps of it.
        var hash: String { Digest.hex(text) }
    }

    private let keys: JWTKeyCollection
    private let cache = TokenCache()
    private let configuration: AccountsConfiguration
    private let time: TimeSource
    private let random: RandomSource

    init(secret: SecretKey, configuration: AccountsConfiguration, time: TimeSource, random: RandomSource) async {
        self.configuration = configuration
        self.time = time
        self.random = random
        var key = configuration.signingKey.map { Array($0.utf8) } ?? secret.derive("jwt-signing-key")
        // HMAC fills a short key up with zeros itself (RFC 2104), so this changes no signature; the library insists on
        // 32.
        key += Array(repeating: 0, count: max(0, 32 - key.count))
        self.keys = await JWTKeyCollection().add(hmac: HMACKey(from: key), digestAlgorithm: .sha256)
    }

    func refreshID() -> RefreshID { RefreshID(text: random.token(byteCount: 16)) }

    /// When a refresh token made now ends, and with it its session.
    var refreshEnd: Timestamp { time.now + configuration.refreshLifetime }

    /// Signs both tokens of a session.
    ///
    /// - Throws: `JWTError`.
    func pair(_ user: UserID, _ session: SessionID, _ refresh: RefreshID) async throws -> TokenPair {
        let access = random.token(byteCount: 16)
        return TokenPair(
            access: try await sign(.access, access, configuration.accessLifetime, user, session),
            refresh: try await sign(.refresh, refresh.text, configuration.refreshLifetime, user, session))
    }

    /// Returns the claims of a token whose signature is ours and whose time is not over.
    ///
    /// - Throws: `AccountsError.tokenNotValid`.
    func claims(of token: String) async throws(AccountsError) -> TokenClaims {
        // Ours have some 300 bytes.
        guard token.utf8.count <= 2_048, Self.namesOurAlgorithm(token) else { throw .tokenNotValid }
        let digest = Digest.sha256(token.utf8)
        if let known = cache.claims(digest) {
            if !known.isExpired(at: time.now) { return known }
            cache.drop(digest)
            throw .tokenNotValid
        }
        guard let claims = try? await keys.verify(token, as: TokenClaims.self), !claims.isExpired(at: time.now) else {
            throw .tokenNotValid
        }
        cache.keep(claims, digest)
        return claims
    }

    /// Returns whether a token has three parts in Base64url without padding, and a header that says HS256. The library
    /// checks the signature by the only key there is, whatever the header says; that header must not say something else
    /// (RFC 8725, 3.1).
    private static func namesOurAlgorithm(_ token: String) -> Bool {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !token.utf8.contains(UInt8(ascii: "=")),
            let header = Base64URL.decode(String(parts[0]) ?? "")
        else { return false }
        return (try? JSONValue(parsing: header))?["alg"] == .string("HS256")
    }

    private func sign(
        _ kind: TokenClaims.Kind, _ id: String, _ lifetime: TimeSpan, _ user: UserID, _ session: SessionID
    ) async throws -> String {
        let now = time.now
        let claims = TokenClaims(
            kind: kind, expiresAt: (now + lifetime).seconds, issuedAt: now.seconds, id: id, userID: user,
            sessionID: session)
        return try await keys.sign(claims)
    }
}

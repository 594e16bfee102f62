import Commerce
import Primitives
import SQL
import Web

/// Sessions of browsers, known by a cookie: what people carry who work in pages of the shop's own.
///
/// A cookie names a session that a login opened and is signed; it holds no token that the API takes, and ends with its
/// session, or where nothing was done for half a day.
public struct BrowserSessions: Sendable {
    /// How long a browser may be idle.
    private static let idle = TimeSpan.hours(12)

    private let authenticator: Authenticator
    private let key: [UInt8]

    init(_ authenticator: Authenticator, secret: SecretKey) {
        self.authenticator = authenticator
        key = secret.derive("browser-session")
    }

    /// Returns the cookie's value for the session of an access token.
    ///
    /// - Throws: `AuthenticationError`, `AccountsError`, `SQLError`.
    public func cookie(for access: String) async throws -> String {
        let text = "1.\(try await authenticator.authenticate(access).sessionID.rawValue)"
        return text + "." + signature(of: text)
    }

    /// Returns the caller whose session a cookie names.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, `AccountsError` where the account may not be used, `SQLError`.
    public func identity(_ cookie: String) async throws -> Identity {
        let parts = cookie.cut(at: ".")
        guard cookie.utf8.count <= 200, parts.count == 3, let number = Int64(parts[1]),
            Digest.equal(Array(signature(of: "\(parts[0]).\(parts[1])").utf8), Array(parts[2].utf8))
        else { throw AuthenticationError.tokenNotValid }
        return try await authenticator.authenticate(SessionID(number), idle: Self.idle)
    }

    private func signature(of text: String) -> String { Base64URL.encode(Digest.hmac(text.utf8, key: key)) }
}

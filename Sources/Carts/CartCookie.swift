import Commerce
import Primitives
import Web

/// The cookie by which browsers keep the key of a guest's cart.
enum CartCookie {
    static let days = 90

    /// Returns the value of `Set-Cookie` that has a browser keep `key` for 90 days.
    static func setting(_ key: String, isSecure: Bool) -> String {
        "\(GuestSession.cookie)=\(key); Path=/; Max-Age=\(days * 86_400); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}

extension CartOwner {
    /// Takes the signed-in user, or else the guest whose key the request carries; nil for a guest without a key.
    public init?(of request: APIRequest) {
        if let identity = request.identity {
            self = .user(identity.userID)
        } else if let key = request.sessionKey {
            self = .guest(key)
        } else {
            return nil
        }
    }
}

extension APIRequest {
    var isSecure: Bool { baseURL.begins(with: "https:") }
}

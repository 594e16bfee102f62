import Commerce
import HTTPTypes
import Primitives
import Web

/// The header and the cookie by which guests' requests carry the key of their cart.
enum CartCookie {
    static let name = "cart_session"
    static let header = HTTPField.Name("X-Session-Key")
    static let days = 90

    /// Returns the value of `Set-Cookie` that has a browser keep `key` for 90 days.
    static func setting(_ key: String, isSecure: Bool) -> String {
        "\(name)=\(key); Path=/; Max-Age=\(days * 86_400); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    /// Returns the key that a request carries: the header's, or else the cookie's.
    static func key(in headers: HTTPFields) -> SessionKey? {
        if let header, let text = headers[header], let key = SessionKey(text) { return key }
        for field in headers[values: .cookie] {
            for pair in field.cut(at: ";") {
                if let text = pair.trimmed.after(name + "="), let key = SessionKey(String(text)) { return key }
            }
        }
        return nil
    }
}

extension CartOwner {
    /// Takes the signed-in user, or else the guest whose key the request carries; nil for a guest without a key.
    public init?(of request: APIRequest) {
        if let identity = request.identity {
            self = .user(identity.userID)
        } else if let key = CartCookie.key(in: request.headers) {
            self = .guest(key)
        } else {
            return nil
        }
    }
}

extension APIRequest {
    var isSecure: Bool { baseURL.begins(with: "https:") }
}

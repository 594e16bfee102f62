import Commerce
import HTTPTypes
import Primitives
import Web

/// How a guest's requests carry the key of their cart.
enum CartCookie {
    static let name = "cart_session"
    static let header = HTTPField.Name("X-Session-Key")
    static let days = 90

    /// The value of `Set-Cookie` that has a browser keep `key`.
    static func setting(_ key: String, isSecure: Bool) -> String {
        "\(name)=\(key); Path=/; Max-Age=\(days * 86_400); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    /// The key that a request carries: the header's, else the cookie's.
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
    /// Whose cart a request is about: the signed-in user's, else the guest's whose key it carries; nil for a guest
    /// without.
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

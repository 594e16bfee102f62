import HTTPTypes
import Primitives
import Web

/// The cookies of the admin.
enum AdminCookie: String {
    /// The session.
    case session = "kontor_admin"
    /// Tells forms of visitors without a session apart.
    case visitor = "kontor_visitor"
    /// What the next page says was done.
    case notice = "kontor_notice"
    /// The language that was chosen.
    case language = "kontor_language"
    /// Who has given a password and owes a code.
    case challenge = "kontor_challenge"

    /// Returns the header that sets it; nil for `seconds` ends it with the browser. Over HTTPS it never leaves by anything else.
    func setting(_ value: String, seconds: Int? = nil, for call: APIRequest) -> HTTPField {
        var text = "\(rawValue)=\(value); Path=/admin/; HttpOnly; SameSite=Lax"
        if let seconds { text += "; Max-Age=\(seconds)" }
        if call.baseURL.begins(with: "https://") { text += "; Secure" }
        return HTTPField(name: .setCookie, value: text)
    }

    /// Returns the header that ends it.
    func ending(for call: APIRequest) -> HTTPField { setting("", seconds: 0, for: call) }

    /// Returns its value in a request; nil where there is none.
    func value(in call: APIRequest) -> String? { value(in: call.headers) }

    /// Returns its value in the headers of a request; nil where there is none.
    func value(in headers: HTTPFields) -> String? {
        let pairs = headers[values: .cookie].flatMap { $0.cut(at: ";") }
        for pair in pairs {
            let (name, value) = pair.halves(at: "=")
            if name.trimmed == rawValue, let value, !value.isEmpty { return value.trimmed }
        }
        return nil
    }
}

import Commerce
import HTTPTypes
import Primitives

/// How a guest's requests carry the key of their session, which is their cart's: the one place that reads it.
public enum GuestSession {
    /// The cookie that browsers keep it in.
    public static let cookie = "cart_session"
}

extension APIRequest {
    /// The guest's session key: that of the header `X-Session-Key`, else of the cookie `cart_session`.
    ///
    /// What cannot be a key is passed over, as if it had not been sent: a bad header beside a good cookie is the cookie's, and of
    /// several cookies of the name the first good one counts.
    public var sessionKey: SessionKey? {
        if let sent = headers[.xSessionKey], let key = SessionKey(sent) { return key }
        return cookies(GuestSession.cookie).lazy.compactMap { SessionKey($0) }.first
    }

    /// The values of the cookies of that name, in the order in which they were sent.
    public func cookies(_ name: String) -> [String] {
        headers[values: .cookie].flatMap { $0.cut(at: ";") }.compactMap { pair in
            let (key, value) = pair.halves(at: "=")
            return key.trimmed.isSame(as: name) ? value?.trimmed : nil
        }
    }
}

import Commerce
import HTTPTypes
import Primitives

/// The session key of guests, which is also their cart's: the one place that reads it from requests.
public enum GuestSession {
    /// The cookie that browsers keep it in.
    public static let cookie = "cart_session"
}

extension APIRequest {
    /// The guest's session key: that of the header `X-Session-Key`, else of the cookie `cart_session`.
    ///
    /// Malformed keys are ignored: with a malformed header the cookie counts, and of several cookies of the name the
    /// first valid one.
    public var sessionKey: SessionKey? {
        if let sent = headers[.xSessionKey], let key = SessionKey(sent) { return key }
        return cookies(GuestSession.cookie).lazy.compactMap { SessionKey($0) }.first
    }

    /// Returns the values of the cookies of that name, in the order in which they were sent.
    public func cookies(_ name: String) -> [String] {
        headers[values: .cookie].flatMap { $0.cut(at: ";") }.compactMap { pair in
            let (key, value) = pair.halves(at: "=")
            return key.trimmed.isSame(as: name) ? value?.trimmed : nil
        }
    }
}

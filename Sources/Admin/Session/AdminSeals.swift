import HTTPTypes
import Primitives

/// Tokens of forms, and the code of the first run: derived from the shop's secret, stored nowhere.
struct AdminSeals: Sendable {
    private let forms: [UInt8]
    private let setup: [UInt8]
    /// Seals what was typed until its reader has signed in again.
    let typed: SecretBox

    init(_ secret: SecretKey) {
        forms = secret.derive("admin-forms")
        setup = secret.derive("admin-setup")
        typed = SecretBox(secret, purpose: "admin-typed")
    }

    /// Returns a token that forms carry which are shown to `reader`: a session, or a visitor who has none. Each page has another
    /// one: pages are compressed, and the size of one that shows what was searched for would tell a constant one.
    ///
    /// With the `user` of a session and the `visitor` of its browser it tells whose form it was when the session has ended.
    func token(
        for reader: String, user: String? = nil, at visitor: String? = nil, random: RandomSource = .system
    ) -> String {
        let mask = random.token(byteCount: 9)
        let token = mask + "." + seal(of: mask, for: reader)
        guard let user, let visitor else { return token }
        let owned = token + "." + user
        return owned + "." + seal(of: owned, for: "user \(user) at \(visitor)")
    }

    /// Returns whether a form's token was made for `reader`, at the browser of `visitor` where it names its user.
    func isToken(_ token: String?, for reader: String, at visitor: String? = nil) -> Bool {
        let parts = (token ?? "").cut(at: ".")
        guard parts.count == 2 || owner(of: token, at: visitor) != nil,
            parts[0].unicodeScalars.allSatisfy(\.isPlainWord)
        else { return false }
        return isSame(parts[1], seal(of: String(parts[0]), for: reader))
    }

    /// Returns the user to whom a form was shown at the browser of `visitor`, in whatever session; nil where it was not shown
    /// there, or to nobody who had signed in.
    func owner(of token: String?, at visitor: String?) -> String? {
        let parts = (token ?? "").cut(at: ".")
        guard let visitor, parts.count == 4 else { return nil }
        let owned = parts.prefix(3).joined(separator: ".")
        return isSame(parts[3], seal(of: owned, for: "user \(parts[2]) at \(visitor)")) ? String(parts[2]) : nil
    }

    private func isSame(_ seal: Substring, _ right: String) -> Bool {
        Digest.equal(Array(seal.utf8), Array(right.utf8))
    }

    private func seal(of mask: String, for reader: String) -> String {
        Base64URL.encode(Digest.hmac((mask + "\n" + reader).utf8, key: forms))
    }

    /// The code that makes the shop's first administrator: who reads the log may.
    var setupCode: String { Hex.encode(Digest.hmac("first".utf8, key: setup).prefix(12)) }

    /// Returns whether a code is ``setupCode``.
    func isSetupCode(_ code: String) -> Bool { Digest.equal(Array(code.utf8), Array(setupCode.utf8)) }
}

extension AdminSite {
    /// Returns the path of the page that makes the first administrator of the shop with this secret, with the code that it
    /// asks for.
    public static func welcomePath(of secret: SecretKey) -> String {
        "/admin/welcome/?code=" + AdminSeals(secret).setupCode
    }
}

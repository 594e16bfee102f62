import HTTPTypes
import Primitives

/// Tokens of forms, and the code of the first run: derived from the shop's secret, stored nowhere.
struct AdminSeals: Sendable {
    private let forms: [UInt8]
    private let setup: [UInt8]

    init(_ secret: SecretKey) {
        forms = secret.derive("admin-forms")
        setup = secret.derive("admin-setup")
    }

    /// Returns the token that forms carry which are shown to `reader`: a session, or a visitor who has none.
    func token(for reader: String) -> String { Base64URL.encode(Digest.hmac(reader.utf8, key: forms)) }

    /// Returns whether a form's token was made for `reader`.
    func isToken(_ token: String?, for reader: String) -> Bool {
        token.map { Digest.equal(Array($0.utf8), Array(self.token(for: reader).utf8)) } ?? false
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

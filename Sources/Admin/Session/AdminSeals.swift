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

    /// Returns a token that forms carry which are shown to `reader`: a session, or a visitor who has none. Each page has another
    /// one: pages are compressed, and the size of one that shows what was searched for would tell a constant one.
    func token(for reader: String, random: RandomSource = .system) -> String {
        let mask = random.token(byteCount: 9)
        return mask + "." + seal(of: mask, for: reader)
    }

    /// Returns whether a form's token was made for `reader`.
    func isToken(_ token: String?, for reader: String) -> Bool {
        guard let (mask, rest) = token?.halves(at: "."), let own = rest, mask.unicodeScalars.allSatisfy(\.isPlainWord)
        else {
            return false
        }
        return Digest.equal(Array(own.utf8), Array(seal(of: String(mask), for: reader).utf8))
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

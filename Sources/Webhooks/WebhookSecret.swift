import Primitives

/// A secret under which events are signed in the way of Standard Webhooks (github.com/standard-webhooks): HMAC-SHA256 over
/// id, time and body.
struct WebhookSecret: Sendable {
    private static let mark = "whsec_"

    private let key: [UInt8]

    /// Draws a secret of 32 bytes.
    init(random: RandomSource) {
        key = random.bytes(32)
    }

    /// Opens a sealed secret.
    ///
    /// - Throws: `SealedTextError` where it was sealed under another key of the shop.
    init(sealed: String, in box: SecretBox) throws(SealedTextError) {
        let text = try box.open(sealed, context: Self.context)
        guard let coded = text.after(Self.mark), let key = Base64.decode(String(coded)) else { throw SealedTextError() }
        self.key = key
    }

    /// The secret as its receiver gets it: plain base64 with padding behind `whsec_`.
    var text: String { Self.mark + Base64.encode(key) }

    /// Returns the text, sealed.
    ///
    /// - Throws: `CryptoKitError`.
    func sealed(in box: SecretBox) throws -> String { try box.seal(text, context: Self.context) }

    /// Returns the signature of a message at a second since 1970: `v1,` and base64.
    func signature(of body: [UInt8], id: String, at second: Int64) -> String {
        let signed = Array("\(id).\(second).".utf8) + body
        return "v1," + Base64.encode(Digest.hmac(signed, key: key))
    }

    private static let context = "webhook"
}

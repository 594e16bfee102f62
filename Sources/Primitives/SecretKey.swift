import Crypto

/// The installation's secret, from which every other key is derived by HKDF-SHA256 (RFC 5869).
public struct SecretKey: Sendable {
    private let bytes: [UInt8]

    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    /// 32 bytes that belong to `purpose` alone; the same for the same secret.
    public func derive(_ purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Array(purpose.utf8), outputByteCount: 32)
        return key.withUnsafeBytes(Array.init)
    }
}

/// Seals small secrets at rest by AES-256-GCM (NIST SP 800-38D); the context is authenticated with them.
public struct SecretBox: Sendable {
    let key: [UInt8]

    public init(_ secret: SecretKey, purpose: String) {
        self.key = secret.derive(purpose)
    }

    /// The sealed form: nonce, cipher text and tag in base64url. `context` (a row's identity) must be given again to open it.
    public func seal(_ text: String, context: String) throws -> String {
        let box = try AES.GCM.seal(
            Array(text.utf8), using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        return Base64URL.encode(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
    }

    /// What was sealed, or nil where the text was not sealed under this key and context.
    public func open(_ sealed: String, context: String) -> String? {
        guard let bytes = Base64URL.decode(sealed), let box = try? AES.GCM.SealedBox(combined: bytes) else {
            return nil
        }
        let opened = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        return opened.map { String(decoding: $0, as: UTF8.self) }
    }
}

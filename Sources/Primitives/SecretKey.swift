import Crypto

/// The installation's secret, from which every other key is derived by HKDF-SHA256 (RFC 5869).
public struct SecretKey: Sendable {
    private let bytes: [UInt8]

    /// Creates the secret as the installation's settings have it: `SECRET_KEY`.
    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    /// Returns 32 bytes that belong to `purpose` alone; the same for the same secret.
    public func derive(_ purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Array(purpose.utf8), outputByteCount: 32)
        return key.withUnsafeBytes(Array.init)
    }

    /// The mark that tells this secret from another and reveals nothing of it: 32 hexadecimal digits of a key derived
    /// for this alone.
    public var fingerprint: String { Hex.encode(derive("fingerprint").prefix(16)) }
}

/// An error: a text was not sealed under this secret for this context. The installation has another secret than the one
/// that sealed it, or the text was moved or altered.
public struct SealedTextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence for the log, the same for every cause.
    public let description = "a sealed text does not open: it was sealed under another SECRET_KEY, or altered"

    /// Creates an error without a cause, since none can be told.
    public init() {}
}

/// Seals small secrets at rest by AES-256-GCM (NIST SP 800-38D); the context is authenticated with them.
public struct SecretBox: Sendable {
    let key: [UInt8]

    /// Creates a box with a key that belongs to `purpose` alone.
    public init(_ secret: SecretKey, purpose: String) {
        self.key = secret.derive(purpose)
    }

    /// Seals `text` and returns nonce, cipher text and tag in base64url. `context` (a row's identity) must be given
    /// again to open it.
    ///
    /// - Throws: `CryptoKitError`.
    public func seal(_ text: String, context: String) throws -> String {
        Base64URL.encode(try seal(Array(text.utf8), context: context))
    }

    /// Returns what was sealed.
    ///
    /// - Throws: `SealedTextError` where the text was not sealed under this key and context.
    public func open(_ sealed: String, context: String) throws(SealedTextError) -> String {
        guard let bytes = Base64URL.decode(sealed) else { throw SealedTextError() }
        return String(decoding: try open(bytes, context: context), as: UTF8.self)
    }
}

import Crypto

extension SecretBox {
    /// Seals `bytes` and returns nonce, cipher text and tag. `context` (a row's identity) must be given again to open
    /// them.
    ///
    /// - Throws: `CryptoKitError`.
    public func seal(_ bytes: [UInt8], context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// Returns what was sealed.
    ///
    /// - Throws: `SealedTextError` where the bytes were not sealed under this key and context.
    public func open(_ sealed: [UInt8], context: String) throws(SealedTextError) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: Array(context.utf8))
        else { throw SealedTextError() }
        return Array(opened)
    }
}

import Crypto

/// SHA-256 (FIPS 180-4) of tokens, bodies and cache keys.
public enum Digest {
    /// Returns the digest of `bytes`: 32 bytes.
    public static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Array(bytes)))
    }

    /// Returns the digest in 64 lower-case hexadecimal digits: what is stored in place of a secret token.
    public static func hex(_ text: String) -> String {
        Hex.encode(SHA256.hash(data: Array(text.utf8)))
    }

    /// Returns the HMAC-SHA256 of `bytes` (RFC 2104): 32 bytes.
    public static func hmac(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(bytes), using: SymmetricKey(data: key)))
    }

    /// Compares in a time that does not tell where the two differ.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

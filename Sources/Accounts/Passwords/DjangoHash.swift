import Crypto
import CryptoExtras
import Primitives

/// A password hash that a Django shop brings along: `pbkdf2_sha256$870000$salt$hash` (PBKDF2, RFC 8018, with HMAC-SHA256).
struct DjangoHash: Sendable, Hashable {
    /// More would keep a thread busy for seconds.
    private static let mostRounds = 10_000_000

    let rounds: Int
    private let salt: String
    private let hash: [UInt8]

    /// Nil where `encoded` is no such string.
    init?(_ encoded: String) {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "pbkdf2_sha256", let rounds = Int(parts[1]),
            (1...Self.mostRounds).contains(rounds), !parts[2].isEmpty, let hash = Base64.decode(String(parts[3])),
            hash.count == 32
        else { return nil }
        self.rounds = rounds
        self.salt = String(parts[2])
        self.hash = hash
    }

    /// Spends the time of some rounds.
    ///
    /// - Throws: an error of the cipher library.
    static func burn(_ password: String, rounds: Int) throws {
        guard rounds > 0 else { return }
        _ = try KDF.Insecure.PBKDF2.deriveKey(
            from: Array("x\(password)".utf8), salt: Array("decoy".utf8), using: .sha256, outputByteCount: 32,
            unsafeUncheckedRounds: rounds)
    }

    /// Whether `password` is the one behind the hash.
    ///
    /// - Throws: an error of the cipher library.
    func matches(_ password: String) throws -> Bool {
        // An empty passphrase has no key of its own in the library, and no account has one.
        guard !password.isEmpty else { return false }
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: Array(password.utf8), salt: Array(salt.utf8), using: .sha256, outputByteCount: hash.count,
            unsafeUncheckedRounds: rounds)
        return Digest.equal(key.withUnsafeBytes(Array.init), hash)
    }
}

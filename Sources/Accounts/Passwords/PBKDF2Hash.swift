import Crypto
import CryptoExtras
import Primitives

/// PBKDF2 (RFC 8018) with HMAC, as Django writes it: `$870000$salt$hash` after the name of its digest.
struct PBKDF2Hash: Sendable, Hashable {
    enum Function: Sendable, Hashable {
        case sha256, sha1
    }

    /// More would keep a thread busy for seconds.
    private static let maxRounds = 10_000_000

    let digest: Function
    let rounds: Int
    private let salt: String
    private let hash: [UInt8]

    /// Parses a hash; nil where `text` is none, or asks for more than ``maxRounds``.
    init?(_ digest: Function, _ text: String) {
        let parts = text.cut(at: "$")
        guard parts.count == 4, parts[0].isEmpty, let rounds = Int(parts[1]), (1...Self.maxRounds).contains(rounds),
            !parts[2].isEmpty, let hash = Base64.decode(String(parts[3])), hash.count == digest.length
        else { return nil }
        self.digest = digest
        self.rounds = rounds
        self.salt = String(parts[2])
        self.hash = hash
    }

    /// Returns whether `password`, which is not empty, is the one behind the hash.
    ///
    /// - Throws: an error of the cipher library.
    func matches(_ password: String) throws -> Bool {
        Digest.equal(try Self.key(password, salt: salt, digest, rounds: rounds), hash)
    }

    /// Spends the time of some rounds.
    ///
    /// - Throws: an error of the cipher library.
    static func burn(_ password: String, _ digest: Function, rounds: Int) throws {
        _ = try key("x\(password)", salt: "decoy", digest, rounds: rounds)
    }

    private static func key(_ password: String, salt: String, _ digest: Function, rounds: Int) throws -> [UInt8] {
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: Array(password.utf8), salt: Array(salt.utf8), using: digest.function, outputByteCount: digest.length,
            unsafeUncheckedRounds: rounds)
        return key.withUnsafeBytes(Array.init)
    }
}

extension PBKDF2Hash.Function {
    /// Bytes.
    fileprivate var length: Int { self == .sha256 ? 32 : 20 }

    fileprivate var function: KDF.Insecure.PBKDF2.HashFunction { self == .sha256 ? .sha256 : .insecureSHA1 }
}

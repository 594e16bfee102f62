import Crypto
import CryptoExtras
import Primitives

/// scrypt (RFC 7914) as Django writes it after its name: `$16384$salt$8$5$hash`.
struct ScryptHash: Sendable, Hashable {
    struct Cost: Sendable, Hashable {
        /// A power of two.
        let rounds: Int
        let blockSize: Int
        let parallelism: Int

        /// Bytes.
        fileprivate var memory: Int { 128 * rounds * blockSize }
    }

    /// Bytes: more would take a small machine's memory for one login.
    private static let maxMemory = 256 << 20
    private static let length = 64

    let cost: Cost
    private let salt: String
    private let hash: [UInt8]

    /// Parses a hash; nil where `text` is none, or asks for more than one login may cost.
    init?(_ text: String) {
        let parts = text.cut(at: "$")
        guard parts.count == 6, parts[0].isEmpty, !parts[2].isEmpty, let cost = Self.cost(parts[1], parts[3], parts[4]),
            let hash = Base64.decode(String(parts[5])), hash.count == Self.length
        else { return nil }
        self.cost = cost
        self.salt = String(parts[2])
        self.hash = hash
    }

    private static func cost(_ rounds: Substring, _ blockSize: Substring, _ parallelism: Substring) -> Cost? {
        guard let rounds = Int(rounds), (2...1 << 20).contains(rounds), rounds.nonzeroBitCount == 1,
            let blockSize = Int(blockSize), (1...64).contains(blockSize), let parallelism = Int(parallelism),
            (1...16).contains(parallelism)
        else { return nil }
        let cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        return cost.memory * parallelism <= 2 * maxMemory && cost.memory <= maxMemory ? cost : nil
    }

    /// Returns whether `password`, which is not empty, is the one behind the hash.
    ///
    /// - Throws: an error of the cipher library.
    func matches(_ password: String) throws -> Bool {
        Digest.equal(try Self.key(password, salt: salt, cost), hash)
    }

    /// Spends the time of one hash.
    ///
    /// - Throws: an error of the cipher library.
    static func burn(_ password: String, _ cost: Cost) throws { _ = try key("x\(password)", salt: "decoy", cost) }

    private static func key(_ password: String, salt: String, _ cost: Cost) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: Array(salt.utf8), outputByteCount: length, rounds: cost.rounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes(Array.init)
    }
}

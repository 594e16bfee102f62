import CArgon2
import Primitives

/// Argon2 (RFC 9106), which keeps the calling thread busy for tens of milliseconds.
enum Argon2 {
    /// What a hash costs.
    struct Cost: Sendable, Hashable {
        /// KiB.
        let memory: UInt32
        let passes: UInt32
        let lanes: UInt32

        /// OWASP's first choice: 19 MiB, two passes, one lane.
        static let standard = Cost(memory: 19 * 1_024, passes: 2, lanes: 1)
    }

    /// How memory is walked through: ours is `argon2id`.
    enum Kind: String, Sendable, Hashable {
        case argon2id, argon2i, argon2d
    }

    /// What a hash is made of, beside the password.
    struct Recipe: Sendable, Hashable {
        var kind = Kind.argon2id
        /// 19, or 16 in old hashes.
        var version: UInt32 = 19
        let cost: Cost
    }

    /// Why there is no hash: `ARGON2_MEMORY_ALLOCATION_ERROR` is the one that happens.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32
        var description: String { "argon2: " + (argon2_error_message(code).map { String(cString: $0) } ?? "\(code)") }
    }

    private static let hashLength = 32

    /// Returns the PHC string of `password` under `salt` (16 random bytes).
    ///
    /// - Throws: `Failure`.
    static func hash(_ password: String, salt: [UInt8], cost: Cost) throws(Failure) -> String {
        let recipe = Recipe(cost: cost)
        let hash = try bytes(of: password, salt: salt, recipe, count: hashLength)
        return Argon2Text(recipe: recipe, salt: salt, hash: hash).text
    }

    /// Returns whether `password` is the one behind `encoded`; false where `encoded` is no such string.
    ///
    /// - Throws: `Failure` where there is no memory to tell.
    static func verify(_ password: String, against encoded: String) throws(Failure) -> Bool {
        guard let known = Argon2Text(encoded) else { return false }
        return try verify(password, against: known)
    }

    /// Returns whether `password` is the one behind a parsed hash.
    ///
    /// - Throws: `Failure` where there is no memory to tell.
    static func verify(_ password: String, against known: Argon2Text) throws(Failure) -> Bool {
        do {
            let found = try bytes(of: password, salt: known.salt, known.recipe, count: known.hash.count)
            return Digest.equal(found, known.hash)
        } catch {
            guard error.code == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue else { return false }
            throw error
        }
    }

    /// Returns what the hash in `encoded` costs, nil where it is no such string.
    static func cost(of encoded: String) -> Cost? { Argon2Text(encoded)?.recipe.cost }

    /// Frees the memory that waits for the next hash.
    static func dropSpareMemory() { kargon2_drop_spares() }

    private static func bytes(
        of password: String, salt: [UInt8], _ recipe: Recipe, count: Int
    ) throws(Failure) -> [UInt8] {
        var parameters = kargon2_parameters(
            type: recipe.kind.type, version: recipe.version, passes: recipe.cost.passes, memory: recipe.cost.memory,
            lanes: recipe.cost.lanes)
        var hash = [UInt8](repeating: 0, count: count)
        let bytes = Array(password.utf8)
        let code = kargon2_hash(&parameters, bytes, bytes.count, salt, salt.count, &hash, count)
        guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
        return hash
    }
}

extension Argon2.Kind {
    fileprivate var type: argon2_type {
        switch self {
        case .argon2id: Argon2_id
        case .argon2i: Argon2_i
        case .argon2d: Argon2_d
        }
    }
}

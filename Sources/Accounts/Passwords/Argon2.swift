import CArgon2

/// Argon2id (RFC 9106) in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// Both calls keep the calling thread busy for tens of milliseconds.
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

    /// Why there is no hash: `ARGON2_MEMORY_ALLOCATION_ERROR` is the one that happens.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32
        var description: String { "argon2: " + (argon2_error_message(code).map { String(cString: $0) } ?? "\(code)") }
    }

    private static let hashLength = 32

    /// The PHC string of `password` under `salt` (16 random bytes).
    ///
    /// - Throws: `Failure`.
    static func hash(_ password: String, salt: [UInt8], cost: Cost) throws(Failure) -> String {
        let length = argon2_encodedlen(
            cost.passes, cost.memory, cost.lanes, UInt32(salt.count), UInt32(hashLength), Argon2_id)
        var text = [CChar](repeating: 0, count: length)
        let bytes = Array(password.utf8)
        let code = argon2id_hash_encoded(
            cost.passes, cost.memory, cost.lanes, bytes, bytes.count, salt, salt.count, hashLength, &text, length)
        guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether `password` is the one behind `encoded`; false where `encoded` is no such string.
    ///
    /// - Throws: `Failure` where there is no memory to tell.
    static func verify(_ password: String, against encoded: String) throws(Failure) -> Bool {
        let bytes = Array(password.utf8)
        let code = argon2id_verify(encoded, bytes, bytes.count)
        if code == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue { throw Failure(code: code) }
        return code == ARGON2_OK.rawValue
    }

    /// What the hash in `encoded` costs, nil where it is no such string.
    static func cost(of encoded: String) -> Cost? {
        let parts = encoded.split(separator: "$")
        guard parts.count == 5, parts[0] == "argon2id", parts[1] == "v=19" else { return nil }
        var numbers: [Substring: UInt32] = [:]
        for pair in parts[2].split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let number = UInt32(sides[1]) else { return nil }
            numbers[sides[0]] = number
        }
        guard let memory = numbers["m"], let passes = numbers["t"], let lanes = numbers["p"] else { return nil }
        return Cost(memory: memory, passes: passes, lanes: lanes)
    }
}

import Primitives

/// A hash of Argon2 in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
struct Argon2Text: Sendable, Hashable {
    /// 256 MiB: more would take a small machine's memory for one login.
    private static let maxMemory: UInt32 = 256 << 10
    /// KiB times passes: more would keep a thread busy for seconds.
    private static let maxWork: UInt64 = 2 << 20

    let recipe: Argon2.Recipe
    let salt: [UInt8]
    let hash: [UInt8]

    init(recipe: Argon2.Recipe, salt: [UInt8], hash: [UInt8]) {
        self.recipe = recipe
        self.salt = salt
        self.hash = hash
    }

    /// Parses a PHC string; nil where `text` is none, or asks for more than one login may cost.
    init?(_ text: String) {
        var parts = text.cut(at: "$")[...]
        guard parts.popFirst()?.isEmpty == true, let kind = parts.popFirst().flatMap({ Argon2.Kind(rawValue: "\($0)") })
        else { return nil }
        // Hashes of version 16 (Argon2 1.0) may leave it out.
        let version = parts.first?.begins(with: "v=") == true ? Self.version(parts.removeFirst()) : 16
        guard let version, parts.count == 3, let cost = parts.popFirst().flatMap(Self.cost),
            let salt = parts.popFirst().flatMap({ Base64.decode("\($0)") }), (8...64).contains(salt.count),
            let hash = parts.popFirst().flatMap({ Base64.decode("\($0)") }), (12...64).contains(hash.count)
        else { return nil }
        self.init(recipe: Argon2.Recipe(kind: kind, version: version, cost: cost), salt: salt, hash: hash)
    }

    var text: String {
        let cost = recipe.cost
        return "$\(recipe.kind.rawValue)$v=\(recipe.version)$m=\(cost.memory),t=\(cost.passes),p=\(cost.lanes)"
            + "$\(Self.bare(salt))$\(Self.bare(hash))"
    }

    private static func version(_ part: Substring) -> UInt32? {
        let number = part.after("v=").flatMap { UInt32($0) }
        return number == 16 || number == 19 ? number : nil
    }

    private static func cost(_ part: Substring) -> Argon2.Cost? {
        let pairs = part.cut(at: ",")
        guard pairs.count == 3, let memory = number(pairs[0], after: "m="), let passes = number(pairs[1], after: "t="),
            let lanes = number(pairs[2], after: "p="), passes >= 1, (1...64).contains(lanes), memory >= 8 * lanes,
            memory <= maxMemory, UInt64(memory) * UInt64(passes) <= maxWork
        else { return nil }
        return Argon2.Cost(memory: memory, passes: passes, lanes: lanes)
    }

    private static func number(_ pair: Substring, after prefix: String) -> UInt32? {
        pair.after(prefix).flatMap { UInt32($0) }
    }

    private static func bare(_ bytes: [UInt8]) -> Substring {
        Base64.encode(bytes).halves(at: "=").0
    }
}

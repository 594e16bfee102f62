import CCrypt
import Crypto
import Primitives

/// bcrypt as Django writes it after its name: `$$2b$12$salt and hash`, of the password or of its SHA-256.
struct BcryptHash: Sendable, Hashable {
    /// More would keep a thread busy for seconds.
    private static let maxCost = 15
    private static let alphabet = Set("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// The exponent: each one more doubles the time.
    let cost: Int
    /// `$2b$12$` with 53 characters.
    private let text: String
    private let isDigested: Bool

    /// Parses a hash; nil where `text` is none, or asks for more than one login may cost.
    init?(_ text: String, isDigested: Bool) {
        let parts = text.cut(at: "$")
        guard parts.count == 5, parts[0].isEmpty, parts[1].isEmpty, ["2a", "2b", "2y"].contains(parts[2]),
            parts[3].utf8.count == 2, let cost = Int(parts[3]), (4...Self.maxCost).contains(cost),
            parts[4].utf8.count == 53, parts[4].utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.cost = cost
        self.text = String(text.dropFirst())
        self.isDigested = isDigested
    }

    /// Returns whether `password` is the one behind the hash.
    func matches(_ password: String) -> Bool {
        let phrase = isDigested ? Hex.encode(SHA256.hash(data: Array(password.utf8))) : password
        // A zero byte would end the phrase for the library.
        guard !phrase.utf8.contains(0), let found = Self.hash(phrase, as: text) else { return false }
        return Digest.equal(Array(found.utf8), Array(text.utf8))
    }

    /// Spends the time of `amount` (a sum of powers of two from 2⁴ on) rounds.
    static func burn(_ password: String, amount: Int) {
        for cost in 4...maxCost where amount & 1 << cost != 0 {
            let setting = "$2b$\(cost < 10 ? "0" : "")\(cost)$abcdefghijklmnopqrstuu"
            _ = hash(String(password.unicodeScalars.prefix { $0 != "\0" }), as: setting)
        }
    }

    private static func hash(_ phrase: String, as setting: String) -> String? {
        var text = [CChar](repeating: 0, count: 128)
        guard kcrypt(phrase, setting, &text, text.count) == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

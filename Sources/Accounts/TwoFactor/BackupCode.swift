import Primitives

/// A code that stands in for an authenticator, once: ten characters of which none is mistaken for another, in two
/// halves.
enum BackupCode {
    static let count = 10
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// Draws a code like `k7mfq-2xw9c`: 49 bits.
    static func make(_ random: RandomSource) -> String {
        let letters = (0..<10).map { _ in alphabet[random.number(below: alphabet.count)] }
        return String(letters[..<5]) + "-" + String(letters[5...])
    }

    /// Returns what is stored of a code of one user, however it is written. The key is the installation's, so that a
    /// copy of the database alone does not give the codes away.
    static func hash(_ code: String, of user: Int64, key: [UInt8]) -> String {
        let plain = code.lowercased().filter { $0.isLetter || $0.isNumber }
        return Hex.encode(Digest.hmac(Array("\(user):\(plain)".utf8), key: key))
    }
}

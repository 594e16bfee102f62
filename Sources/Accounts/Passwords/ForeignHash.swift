import Primitives

/// A password hash that a Django shop brings along: `pbkdf2_sha256$870000$salt$hash` and what its other hashers write.
enum ForeignHash: Sendable, Hashable {
    case pbkdf2(PBKDF2Hash)
    case argon2(Argon2Text)
    case scrypt(ScryptHash)
    case bcrypt(BcryptHash)

    /// Parses a hash with Django's name of its hasher; nil where `encoded` is none that can be checked.
    init?(_ encoded: String) {
        guard let end = encoded.unicodeScalars.firstIndex(of: "$") else { return nil }
        let rest = String(encoded[end...])
        let found: ForeignHash? =
            switch encoded[..<end] {
            case "pbkdf2_sha256": PBKDF2Hash(.sha256, rest).map { .pbkdf2($0) }
            case "pbkdf2_sha1": PBKDF2Hash(.sha1, rest).map { .pbkdf2($0) }
            case "argon2": Argon2Text(rest).map { .argon2($0) }
            case "scrypt": ScryptHash(rest).map { .scrypt($0) }
            case "bcrypt_sha256": BcryptHash(rest, isDigested: true).map { .bcrypt($0) }
            case "bcrypt": BcryptHash(rest, isDigested: false).map { .bcrypt($0) }
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    /// What comparing a password with it costs.
    var work: HashWork {
        switch self {
        case .pbkdf2(let hash): HashWork(.pbkdf2(hash.digest), amount: hash.rounds)
        case .argon2(let hash): HashWork(.argon2(hash.recipe), amount: 1)
        case .scrypt(let hash): HashWork(.scrypt(hash.cost), amount: 1)
        case .bcrypt(let hash): HashWork(.bcrypt, amount: 1 << hash.cost)
        }
    }

    /// Returns whether `password` is the one behind the hash.
    ///
    /// - Throws: an error of the cipher library, `Argon2.Failure` where memory is short.
    func matches(_ password: String) throws -> Bool {
        switch self {
        // An empty passphrase has no key of its own in the libraries, and no account has one.
        case _ where password.isEmpty: false
        case .pbkdf2(let hash): try hash.matches(password)
        case .argon2(let hash): try Argon2.verify(password, against: hash)
        case .scrypt(let hash): try hash.matches(password)
        case .bcrypt(let hash): hash.matches(password)
        }
    }
}

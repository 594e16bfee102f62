import Synchronization

/// What comparing a password with a foreign hash costs, as something that can be spent for nothing.
struct HashWork: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case pbkdf2(PBKDF2Hash.Function)
        case argon2(Argon2.Recipe)
        case scrypt(ScryptHash.Cost)
        case bcrypt
    }

    let kind: Kind
    /// Rounds where the kind has any, else 1.
    let amount: Int

    init(_ kind: Kind, amount: Int) {
        self.kind = kind
        self.amount = amount
    }

    /// Takes as long as a comparison.
    ///
    /// - Throws: an error of the cipher library, `Argon2.Failure` where memory is short.
    func spend(on password: String) throws {
        switch kind {
        case _ where amount <= 0: break
        case .pbkdf2(let digest): try PBKDF2Hash.burn(password, digest, rounds: amount)
        case .argon2(let recipe):
            let nobodys = Argon2Text(
                recipe: recipe, salt: Array("nobody's salt".utf8), hash: Array(repeating: 0, count: 32))
            _ = try Argon2.verify(password, against: nobodys)
        case .scrypt(let cost): try ScryptHash.burn(password, cost)
        case .bcrypt: BcryptHash.burn(password, amount: amount)
        }
    }
}

/// The costliest foreign hashes that were met since the start, by kind. From the first on every wrong password takes as
/// long as one against them, or the time would tell whose account came from another shop.
final class MetHashes: Sendable {
    /// Django's hashers are six; a shop that made a hundred kinds up does not make each login take minutes.
    private static let maxKinds = 6

    private let most = Mutex<[HashWork.Kind: Int]>([:])

    func record(_ work: HashWork) {
        most.withLock { most in
            guard most[work.kind] != nil || most.count < Self.maxKinds else { return }
            most[work.kind] = max(most[work.kind] ?? 0, work.amount)
        }
    }

    /// Returns what is still to be spent on a wrong password after `done`.
    func rest(after done: HashWork? = nil) -> [HashWork] {
        most.withLock { most in
            most.map { kind, amount in
                HashWork(kind, amount: done?.kind == kind ? amount - (done?.amount ?? 0) : amount)
            }
        }
        .filter { $0.amount > 0 }
    }
}

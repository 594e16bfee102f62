import Primitives
import Synchronization

/// Hashes and checks passwords by Argon2id on threads of its own.
public struct PasswordHasher: Sendable {
    /// What checking a password found.
    enum Verdict: Sendable, Hashable {
        case wrong
        case right
        /// Right, and its hash was made with lower parameters than today's, or by Django: here is a new one.
        case rightNeedingRehash(String)
    }

    /// More than this many waiting are some ten seconds of work: more are refused.
    private static let longestQueue = 512

    private let threads: WorkThreads
    private let random: RandomSource
    private let cost: Argon2.Cost
    /// A hash of nobody's password, so that an unknown account takes as long as a known one.
    private let decoy: String
    /// The most rounds of a hash of Django's that was met since the start: from the first on every wrong password takes as long
    /// as one against it, or the time would tell whose account came from another shop.
    private let foreignRounds: ForeignRounds

    /// - Throws: an error of Argon2 where there is not even memory for one hash.
    public init(threads: Int = 2, random: RandomSource = .system) throws {
        try self.init(threads: threads, random: random, cost: .standard)
    }

    init(threads: Int, random: RandomSource, cost: Argon2.Cost) throws {
        self.threads = WorkThreads(count: threads, limit: Self.longestQueue)
        self.random = random
        self.cost = cost
        self.foreignRounds = ForeignRounds()
        self.decoy = try Argon2.hash(random.token(), salt: random.bytes(16), cost: cost)
    }

    /// The PHC string of `password`.
    ///
    /// - Throws: `AccountsError.busy`, or an error of Argon2 where memory runs out.
    public func hash(_ password: String) async throws -> String {
        let (salt, cost) = (random.bytes(16), cost)
        return try await run { try Argon2.hash(password, salt: salt, cost: cost) }
    }

    /// Compares `password` with a stored hash. A wrong one takes the same time whatever it is compared with: a hash of ours,
    /// one of Django's, none or an empty one.
    ///
    /// - Throws: `AccountsError.busy`, or an error of Argon2 where memory runs out.
    func verify(_ password: String, against stored: String?) async throws -> Verdict {
        let (salt, cost, decoy, foreignRounds) = (random.bytes(16), cost, decoy, foreignRounds)
        return try await run {
            guard let stored, !stored.isEmpty else {
                _ = try Argon2.verify(password, against: decoy)
                try DjangoHash.burn(password, rounds: foreignRounds.most)
                return .wrong
            }
            if let foreign = DjangoHash(stored) {
                foreignRounds.note(foreign.rounds)
                if try foreign.matches(password) {
                    return .rightNeedingRehash(try Argon2.hash(password, salt: salt, cost: cost))
                }
                _ = try Argon2.verify(password, against: decoy)
                try DjangoHash.burn(password, rounds: foreignRounds.most - foreign.rounds)
                return .wrong
            }
            guard try Argon2.verify(password, against: stored) else {
                try DjangoHash.burn(password, rounds: foreignRounds.most)
                return .wrong
            }
            guard Argon2.cost(of: stored).map({ $0.isBelow(cost) }) ?? false else { return .right }
            return .rightNeedingRehash(try Argon2.hash(password, salt: salt, cost: cost))
        }
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await threads.run(work)
        } catch is WorkThreads.Busy {
            throw AccountsError.busy
        }
    }
}

/// The most rounds that were seen.
private final class ForeignRounds: Sendable {
    private let seen = Mutex(0)

    var most: Int { seen.withLock { $0 } }

    func note(_ rounds: Int) { seen.withLock { $0 = max($0, rounds) } }
}

extension Argon2.Cost {
    /// Whether an attacker has less to do for a hash of this cost than for one of `other`.
    func isBelow(_ other: Self) -> Bool {
        memory < other.memory || passes < other.passes
    }
}

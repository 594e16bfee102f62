import Primitives
import Synchronization

/// Hashes and checks passwords by Argon2id on threads of its own.
public struct PasswordHasher: Sendable {
    /// What checking a password found.
    enum Verdict: Sendable, Hashable {
        case wrong
        case right
        /// Right, and its hash was made with lower parameters than today's, of another form of the text, or by Django:
        /// here is a new one.
        case rightNeedingRehash(String)
    }

    /// More than this many waiting are some ten seconds of work: more are refused.
    private static let maxQueue = 512
    /// More than this many foreign hashes waiting are refused; each may take a second.
    private static let maxForeignQueue = 64

    private let threads: WorkThreads
    /// One thread for foreign hashes, so that however many wait, passwords of our own are compared meanwhile.
    private let foreignThreads = WorkThreads(count: 1, limit: Self.maxForeignQueue)
    private let waiting = WaitingHashes()
    private let foreignWaiting = WaitingHashes(perAccount: 4, perNetwork: 8)
    private let random: RandomSource
    private let cost: Argon2.Cost
    /// A hash of nobody's password, so that an unknown account takes as long as a known one.
    private let decoy: String
    private let met = MetHashes()

    /// Starts the threads and makes the hash that unknown accounts are compared with.
    ///
    /// - Throws: an error of Argon2 where there is not even memory for one hash.
    public init(threads: Int = 2, random: RandomSource = .system) throws {
        try self.init(threads: threads, random: random, cost: .standard)
    }

    init(threads: Int, random: RandomSource, cost: Argon2.Cost) throws {
        self.threads = WorkThreads(count: threads, limit: Self.maxQueue)
        self.random = random
        self.cost = cost
        self.decoy = try Argon2.hash(random.token(), salt: random.bytes(16), cost: cost)
        Argon2.dropSpareMemory()
    }

    /// Returns whether some password can be the one behind `stored`. What Django writes for none (`!` and letters) is
    /// no hash, nor is one of a kind that is not known here.
    static func isUsable(_ stored: String) -> Bool { Argon2Text(stored) != nil || ForeignHash(stored) != nil }

    /// Returns the PHC string of `password`.
    ///
    /// - Throws: `AccountsError.busy`, or an error of Argon2 where memory runs out.
    public func hash(_ password: String) async throws -> String {
        let (text, salt, cost) = (password.composed, random.bytes(16), cost)
        return try await run { try Argon2.hash(text, salt: salt, cost: cost) }
    }

    /// Compares `password` with a stored hash. A wrong one takes the same time whatever it is compared with: a hash of
    /// ours, one of Django's, none or an empty one. Without an asker nothing is counted.
    ///
    /// - Throws: `AccountsError.throttled` where too many of the asker's passwords wait already, `AccountsError.busy`,
    ///   or an error of Argon2 where memory runs out.
    func verify(_ password: String, against stored: String?, for asker: HashAsker? = nil) async throws -> Verdict {
        let forms = Self.forms(of: password)
        if let foreign = stored.flatMap({ ForeignHash($0) }) {
            return try await verify(forms, against: foreign, for: asker)
        }
        guard foreignWaiting.hasRoom(for: asker) else { throw AccountsError.throttled(retryAfter: .seconds(2)) }
        let (own, decoy) = (stored.flatMap { Argon2Text($0) }, decoy)
        let found = try await counted(asker) { () throws -> Int? in
            guard let own else {
                for form in forms { _ = try Argon2.verify(form, against: decoy) }
                return nil
            }
            return try forms.firstIndex { try Argon2.verify($0, against: own) }
        }
        guard let own, let found else {
            try await spend(met.rest(), on: forms, for: asker)
            return .wrong
        }
        return own.recipe.isBelow(cost) || found > 0 ? .rightNeedingRehash(try await hash(password)) : .right
    }

    private func verify(
        _ forms: [String], against foreign: ForeignHash, for asker: HashAsker?
    ) async throws -> Verdict {
        met.record(foreign.work)
        guard foreignWaiting.enter(asker) else { throw AccountsError.throttled(retryAfter: .seconds(2)) }
        defer { foreignWaiting.leave(asker) }
        let isRight = try await run(on: foreignThreads) { try forms.contains { try foreign.matches($0) } }
        if isRight { return .rightNeedingRehash(try await hash(forms[0])) }
        let (rest, decoy) = (met.rest(after: foreign.work), decoy)
        try await run { for form in forms { _ = try Argon2.verify(form, against: decoy) } }
        if !rest.isEmpty {
            try await run(on: foreignThreads) { for form in forms { for work in rest { try work.spend(on: form) } } }
        }
        return .wrong
    }

    /// Spends on a password that is known to be wrong. Where too much waits it is left out: an answer that says "later"
    /// would be a guess that nobody counts.
    private func spend(_ rest: [HashWork], on forms: [String], for asker: HashAsker?) async throws {
        guard !rest.isEmpty, foreignWaiting.enter(asker) else { return }
        defer { foreignWaiting.leave(asker) }
        do {
            try await run(on: foreignThreads) { for form in forms { for work in rest { try work.spend(on: form) } } }
        } catch AccountsError.busy {}
    }

    private func counted<Value: Sendable>(
        _ asker: HashAsker?, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        guard waiting.enter(asker) else { throw AccountsError.throttled(retryAfter: .seconds(1)) }
        defer { waiting.leave(asker) }
        return try await run(work)
    }

    private func run<Value: Sendable>(
        on threads: WorkThreads? = nil, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        waiting.begin()
        defer { if waiting.end() { Argon2.dropSpareMemory() } }
        do {
            return try await (threads ?? self.threads).run(work)
        } catch is WorkThreads.Busy {
            throw AccountsError.busy
        }
    }

    /// Returns what may have been hashed of a text that can be typed in two ways: Form C, and what was sent.
    private static func forms(of password: String) -> [String] {
        let composed = password.composed
        return composed.utf8.elementsEqual(password.utf8) ? [composed] : [composed, password]
    }
}

extension Argon2.Recipe {
    /// Returns whether an attacker has less to do for a hash of this kind than for one of ours at `cost`.
    fileprivate func isBelow(_ cost: Argon2.Cost) -> Bool {
        kind != .argon2id || version < 19 || self.cost.memory < cost.memory || self.cost.passes < cost.passes
    }
}

import HTTPTypes
import Primitives
import SQL

/// Runs a request with an `Idempotency-Key` once, and gives its answer again to those that repeat it.
///
/// Only successes are kept. A refusal wrote nothing, so it is given afresh, and the key stays free.
struct Idempotency: Sendable {
    /// How long an answer is kept.
    static let lifetime = TimeSpan.hours(24)
    /// How long a handler that waits for others may hold its key.
    static let lease = TimeSpan.seconds(120)

    private enum Claim: Sendable {
        /// The key is the claimant's until this moment, which no other claim of it shares.
        case ours(until: Timestamp)
        case replay(APIResponse)
    }

    let time: TimeSource
    let box: SecretBox

    /// Key, effect and answer in one transaction: repeats wait for its commit.
    ///
    /// - Throws: `IdempotencyError`, or what `work` throws.
    func once(
        _ key: IdempotencyKey, in database: any Database,
        _ work: @escaping @Sendable (Transaction) throws -> APIResponse
    ) async throws -> APIResponse {
        try await database.write { tx in
            switch try claim(key, tx) {
            case .replay(let answer): return answer
            case .ours(let end):
                let answer = try work(tx)
                return try store(answer, key, heldUntil: end, tx)
            }
        }
    }

    /// The key is marked in a transaction before `work`, the answer in one after it; a mark that outlives its lease is
    /// taken over, and what its first holder answers then is not kept.
    ///
    /// - Throws: `IdempotencyError`, or what `work` throws.
    func leased(
        _ key: IdempotencyKey, in database: any Database, _ work: () async throws -> APIResponse
    ) async throws -> APIResponse {
        switch try await database.write({ tx in try claim(key, tx) }) {
        case .replay(let answer): return answer
        case .ours(let end):
            let answer: APIResponse
            do {
                answer = try await work()
            } catch {
                // The refusal is what the client has to see; a key that stays marked is free when its lease ends.
                try? await database.write { tx in try IdempotencyQueries.drop(key, heldUntil: end, tx) }
                throw error
            }
            return try await database.write { tx in try store(answer, key, heldUntil: end, tx) }
        }
    }

    private func claim(_ key: IdempotencyKey, _ tx: Transaction) throws -> Claim {
        let now = time.now
        let (lease, expiry) = (now + Self.lease, now + Self.lifetime)
        if try IdempotencyQueries.begin(key, leasedUntil: lease, expiresAt: expiry, tx) { return .ours(until: lease) }
        guard let stored = try IdempotencyQueries.find(key, tx) else { throw IdempotencyError.running }
        if stored.expiresAt > now {
            guard stored.fingerprint == key.fingerprint else { throw IdempotencyError.reused }
            if stored.status != 0 { return .replay(try opened(stored, key)) }
            guard stored.leasedUntil <= now else { throw IdempotencyError.running }
        }
        guard try IdempotencyQueries.takeOver(key, from: stored, leasedUntil: lease, expiresAt: expiry, tx) else {
            throw IdempotencyError.running
        }
        return .ours(until: lease)
    }

    /// Keeps `answer` and gives it. Only successes are kept, and none that holds secrets: their key is free again. Where
    /// somebody else has taken the key over meanwhile, theirs is the answer.
    private func store(
        _ answer: APIResponse, _ key: IdempotencyKey, heldUntil end: Timestamp, _ tx: Transaction
    ) throws -> APIResponse {
        let holdsSecrets = answer.headers[.cacheControl]?.holds(text: "no-store") == true
        guard (200..<300).contains(answer.status.code), !holdsSecrets else {
            try IdempotencyQueries.drop(key, heldUntil: end, tx)
            return answer
        }
        let sealed = try box.seal(StoredAnswer(answer).bytes, context: key.digest)
        if try IdempotencyQueries.finish(key, heldUntil: end, status: answer.status.code, body: sealed, tx) {
            return answer
        }
        guard let other = try IdempotencyQueries.find(key, tx), other.fingerprint == key.fingerprint,
            other.status != 0
        else { throw IdempotencyError.running }
        return try opened(other, key)
    }

    /// The first answer again.
    private func opened(_ stored: IdempotencyQueries.Stored, _ key: IdempotencyKey) throws -> APIResponse {
        let answer: StoredAnswer
        if stored.isSealed {
            guard let bytes = try? box.open(stored.body, context: key.digest), let kept = StoredAnswer(bytes: bytes)
            else { throw IdempotencyError.lost }
            answer = kept
        } else {
            answer = StoredAnswer(headers: stored.headers, body: stored.body)
        }
        return answer.response(stored.status)
    }
}

import HTTPTypes
import Primitives
import SQL

/// Runs a request with an `Idempotency-Key` once, and answers repetitions with the stored answer.
///
/// Only successes are stored. A refusal wrote nothing, so the key stays free and a repetition runs again.
struct Idempotency: Sendable {
    /// The time for which an answer is stored.
    static let lifetime = TimeSpan.hours(24)
    /// The time for which a handler that calls other services holds its key.
    static let lease = TimeSpan.seconds(120)

    private enum Claim: Sendable {
        /// The key is the claimant's until this moment, which no other claim of it shares.
        case ours(until: Timestamp)
        case replay(APIResponse)
    }

    let time: TimeSource
    let box: SecretBox

    /// Writes key, effect and answer in one transaction: repeated requests wait for its commit.
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

    /// Leases the key in a transaction before `work` and stores the answer in one after it; a lease that has ended is
    /// taken over, and the answer of its first holder is then not stored.
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

    /// Stores `answer` and returns it. Only successes are stored, and none that holds secrets: their key is free again.
    /// Where another request has taken the key over meanwhile, its answer is returned.
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

    /// Opens the stored answer of the first request.
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

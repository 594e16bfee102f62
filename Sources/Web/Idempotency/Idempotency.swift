import HTTPTypes
import Primitives
import SQL

/// Runs a request with an `Idempotency-Key` once, and gives its answer again to those that repeat it.
struct Idempotency: Sendable {
    /// How long an answer is kept.
    static let lifetime = TimeSpan.hours(24)
    /// How long a handler that waits for others may hold its key.
    static let lease = TimeSpan.seconds(120)

    private enum Claim: Sendable {
        case ours
        case replay(APIResponse)
    }

    let time: TimeSource

    /// Key, effect and answer in one transaction: repeats wait for its commit.
    ///
    /// - Throws: `IdempotencyError`, or what `work` throws where its refusal is not kept.
    func once(
        _ key: IdempotencyKey, in database: any Database,
        _ work: @escaping @Sendable (Transaction) throws -> APIResponse
    ) async throws -> APIResponse {
        do {
            return try await database.write { tx in
                if case .replay(let answer) = try claim(key, tx) { return answer }
                let answer = try work(tx)
                try store(answer, key, tx)
                return answer
            }
        } catch {
            guard let refusal = Self.kept(error) else { throw error }
            return try await database.write { tx in
                // Somebody may have come first meanwhile: all repeats see one answer.
                if case .replay(let answer) = try claim(key, tx) { return answer }
                try store(refusal, key, tx)
                return refusal
            }
        }
    }

    /// The key is marked in a transaction before `work`, the answer in one after it; a mark that outlives its lease is
    /// taken over.
    ///
    /// - Throws: `IdempotencyError`, or what `work` throws where its refusal is not kept.
    func leased(
        _ key: IdempotencyKey, in database: any Database, _ work: () async throws -> APIResponse
    ) async throws -> APIResponse {
        if case .replay(let answer) = try await database.write({ tx in try claim(key, tx) }) { return answer }
        let answer: APIResponse
        do {
            answer = try await work()
        } catch {
            guard let refusal = Self.kept(error) else {
                try await database.write { tx in try IdempotencyQueries.drop(key, tx) }
                throw error
            }
            answer = refusal
        }
        try await database.write { tx in try store(answer, key, tx) }
        return answer
    }

    private func claim(_ key: IdempotencyKey, _ tx: Transaction) throws -> Claim {
        let now = time.now
        let (lease, expiry) = (now + Self.lease, now + Self.lifetime)
        if try IdempotencyQueries.begin(key, leasedUntil: lease, expiresAt: expiry, tx) { return .ours }
        guard let stored = try IdempotencyQueries.find(key, tx) else { throw IdempotencyError.running }
        if stored.expiresAt > now {
            guard stored.fingerprint == key.fingerprint else { throw IdempotencyError.reused }
            if stored.status != 0 { return .replay(stored.response) }
            guard stored.leasedUntil <= now else { throw IdempotencyError.running }
        }
        guard try IdempotencyQueries.takeOver(key, from: stored, leasedUntil: lease, expiresAt: expiry, tx) else {
            throw IdempotencyError.running
        }
        return .ours
    }

    /// Answers that hold secrets are not kept: their key is free again.
    private func store(_ answer: APIResponse, _ key: IdempotencyKey, _ tx: Transaction) throws {
        let status = answer.status.code
        let holdsSecrets = answer.headers[.cacheControl]?.contains("no-store") == true
        guard (200..<500).contains(status), !holdsSecrets else { return try IdempotencyQueries.drop(key, tx) }
        let headers = answer.headers.map { "\($0.name.rawName): \($0.value)" }.joined(separator: "\n")
        try IdempotencyQueries.finish(key, status: status, headers: headers, body: answer.body, tx)
    }

    /// The answer for a handler's refusal that is kept: a 4xx that trying again would not change.
    private static func kept(_ error: any Error) -> APIResponse? {
        if error is IdempotencyError { return nil }
        let response = ErrorAnswer.response(for: error, requestID: "").response
        let status = response.status
        return (400..<500).contains(status.code) && status != .unauthorized && status != .tooManyRequests
            ? response : nil
    }
}

extension IdempotencyQueries.Stored {
    /// The first answer again.
    var response: APIResponse {
        var fields = HTTPFields()
        for line in headers.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            fields.append(HTTPField(name: name, value: String(parts[1]).trimmed))
        }
        fields[.idempotentReplayed] = "true"
        return APIResponse(status: HTTPResponse.Status(code: status), headers: fields, body: body)
    }
}

import JWTKit
import Outbound
import Primitives
import Synchronization

/// The keys that a provider signs with, fetched when they are needed and kept for as long as it says.
///
/// A token of an unknown key has them fetched again, at most once a minute: keys are rotated while the shop runs, and
/// forged tokens must not make it ask without end. Where the provider does not answer, keys that were good yesterday
/// stay.
final class SigningKeys: Sendable {
    private struct CachedKeys {
        var keys: JWTKeyCollection?
        var ids: Set<String> = []
        var fetchedAt = Timestamp(seconds: 0)
        var freshUntil = Timestamp(seconds: 0)
    }

    private static let pause = TimeSpan.minutes(1)
    private static let maxAge = TimeSpan.days(1)

    private let url: String
    private let client: HTTPClient
    private let time: TimeSource
    private let kept = Mutex(CachedKeys())

    init(url: String, client: HTTPClient, time: TimeSource) {
        self.url = url
        self.client = client
        self.time = time
    }

    /// Returns the keys, `id` among them; nil where the provider has no such key.
    ///
    /// - Throws: `AccountsError.providerUnavailable` where there are no keys to look at.
    func keys(with id: String) async throws -> JWTKeyCollection? {
        let now = time.now
        let known = kept.withLock { $0 }
        let isFresh = known.keys != nil && now < known.freshUntil
        if isFresh, known.ids.contains(id) { return known.keys }
        if known.keys == nil || now >= known.fetchedAt + Self.pause {
            do {
                return try await fetch(at: now, id)
            } catch {
                // Keys that were fetched within a day are better than no login at all.
                guard known.keys != nil, now < known.fetchedAt + Self.maxAge else {
                    throw AccountsError.providerUnavailable
                }
            }
        }
        return known.ids.contains(id) ? known.keys : nil
    }

    private func fetch(at now: Timestamp, _ id: String) async throws -> JWTKeyCollection? {
        let answer = try await client.send(
            OutboundRequest("GET", url, timeout: .seconds(10), maxResponseBytes: 256 << 10, maxRedirects: 2))
        guard answer.status == 200 else { throw AccountsError.providerUnavailable }
        let found = try JSONValue(parsing: answer.body)
        guard case .array(let all) = found["keys"] else { throw AccountsError.providerUnavailable }
        var ids: Set<String> = []
        let collection = JWTKeyCollection()
        for key in all {
            // Only what tokens may be signed with: RS256.
            guard case .string("RSA") = key["kty"], case .string(let id) = key["kid"],
                key["use"] ?? .string("sig") == .string("sig"), key["alg"] ?? .string("RS256") == .string("RS256")
            else { continue }
            let text = String(decoding: try JSONBytes.encode(JSONValue.object(["keys": .array([key])])), as: UTF8.self)
            guard (try? await collection.add(jwksJSON: text)) != nil else { continue }
            ids.insert(id)
        }
        let fresh = now + Self.lifetime(answer.header("Cache-Control"))
        let taken = ids
        kept.withLock { $0 = CachedKeys(keys: collection, ids: taken, fetchedAt: now, freshUntil: fresh) }
        return ids.contains(id) ? collection : nil
    }

    /// Returns the `max-age` of an answer, between a minute and a day; an hour where it says none.
    private static func lifetime(_ header: String?) -> TimeSpan {
        let parts = (header ?? "").lowercased().cut { $0 == "," || $0 == " " }
        let seconds = parts.compactMap { $0.after("max-age=") }.compactMap { Int64($0) }.first
        guard let seconds else { return .hours(1) }
        return .seconds(min(max(seconds, 60), 86_400))
    }
}

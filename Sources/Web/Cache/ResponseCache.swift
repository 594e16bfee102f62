import Primitives
import Synchronization

/// Answers of one revision of the catalog, cached until the revision changes.
///
/// The revision is taken before an answer's data is read, and compared on each hit: an answer that is served is exactly
/// what the database would say at that revision. The store is bounded; when it is full, those that nobody asked for
/// since the last look go first.
final class ResponseCache: Sendable {
    struct Key: Hashable, Sendable {
        /// Scheme and host: links in the answer begin with them.
        let base: String
        /// The path with its final slash and the query in order of names.
        let target: String
    }

    private struct State {
        var revision = Int.min
        var answers: [Key: CachedResponse] = [:]
        var order: [Key] = []
        var next = 0
        var weight = 0

        mutating func clear() {
            answers.removeAll(keepingCapacity: true)
            order.removeAll(keepingCapacity: true)
            next = 0
            weight = 0
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A store of at most `limit` bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Returns the answer cached for `key` at `revision`; a new revision empties the cache.
    func answer(_ key: Key, at revision: Int) -> CachedResponse? {
        let answer = state.withLock { state in
            if state.revision != revision {
                state.clear()
                state.revision = revision
            }
            return state.answers[key]
        }
        answer?.use()
        return answer
    }

    /// Caches `answer`, made of data read after `revision` was taken; does nothing where the revision has changed.
    func keep(_ answer: CachedResponse, _ key: Key, at revision: Int) {
        guard answer.weight <= limit / 8 else { return }
        state.withLock { state in
            guard state.revision == revision, state.answers[key] == nil else { return }
            state.answers[key] = answer
            state.order.append(key)
            state.weight += answer.weight
            while state.weight > limit { Self.evictOne(&state) }
        }
    }

    /// Bytes in use.
    var weight: Int { state.withLock { $0.weight } }

    private static func evictOne(_ state: inout State) {
        while state.next < state.order.count {
            let key = state.order[state.next]
            state.next += 1
            guard let answer = state.answers[key] else { continue }
            if answer.wasUsed() {
                state.order.append(key)
            } else {
                state.answers[key] = nil
                state.weight -= answer.weight
                break
            }
        }
        if state.next > 1_024, state.next > state.order.count / 2 {
            state.order.removeFirst(state.next)
            state.next = 0
        }
    }

    /// Returns the query with its pairs in order of names, so that one page is cached once; as it is where a name
    /// repeats.
    static func canonical(_ query: Substring) -> Substring {
        guard query.utf8.contains(UInt8(ascii: "&")) else { return query }
        let pairs = query.cut(at: "&", keepsEmpty: false).map { pair in (name: pair.halves(at: "=").0, pair: pair) }
        guard Set(pairs.map(\.name)).count == pairs.count else { return query }
        return Substring(pairs.sorted { $0.name < $1.name }.map(\.pair).joined(separator: "&"))
    }
}

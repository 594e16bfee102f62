import Messages
import SQL
import Synchronization

/// The topics that somebody listens to, known without a statement for two seconds at a time.
///
/// A receiver that this process has set up is heard from its commit on, one of another process within that time.
final class WebhookListeners: Sendable {
    private struct Known {
        let topics: Set<EventTopic>
        let readAt: ContinuousClock.Instant
    }

    private struct State {
        var known: Known?
        /// Counts what has changed, so that what was read before a change is not kept after it.
        var generation = 0
    }

    private let lifetime: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    init(
        lifetime: Duration = .seconds(2),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.lifetime = lifetime
        self.now = now
    }

    /// Tells whether a receiver wants a topic.
    ///
    /// - Throws: `SQLError`.
    func want(_ topic: EventTopic, _ tx: Transaction) throws -> Bool {
        let moment = now()
        let (known, generation) = state.withLock { ($0.known, $0.generation) }
        if let known, moment - known.readAt < lifetime { return known.topics.contains(topic) }
        let patterns = Set(try WebhookQueries.wanted(tx).flatMap(TopicList.read))
        let topics = Set(EventTopic.allCases.filter { topic in patterns.contains { $0.matches(topic) } })
        state.withLock {
            if $0.generation == generation { $0.known = Known(topics: topics, readAt: moment) }
        }
        return topics.contains(topic)
    }

    /// Has the next event ask the database again, once `tx` is committed.
    func change(in tx: Transaction) {
        tx.afterCommit {
            self.state.withLock {
                $0.known = nil
                $0.generation += 1
            }
        }
    }
}
